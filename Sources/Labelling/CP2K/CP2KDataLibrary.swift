import Files
import Foundation
import Structures

/// The basis sets and potentials that an installed CP2K brings: names by element.
public struct CP2KDataLibrary: Sendable {
    /// Files searched for basis sets, in this order.
    public static let basisFiles = ["BASIS_MOLOPT", "BASIS_MOLOPT_UCL", "BASIS_MOLOPT_UZH"]
    /// Files searched for potentials, in this order.
    public static let potentialFiles = ["GTH_POTENTIALS", "POTENTIAL_UZH"]

    /// The folder of the data files.
    public let folder: String
    private let bases: [String: Entry]
    private let potentials: [String: Entry]

    /// What one file has for each element: every name, aliases too.
    private struct Entry { var names: [String: [[String]]] }

    /// Reads the names in the data files of `folder`; files that are not there are left out.
    ///
    /// - Throws: `InputError` when there is none of them.
    public init(folder: String) throws {
        self.folder = folder
        bases = Self.entries(of: Self.basisFiles, in: folder)
        potentials = Self.entries(of: Self.potentialFiles, in: folder)
        guard !bases.isEmpty, !potentials.isEmpty else {
            throw InputError(
                file: folder, problem: "CP2K's basis sets and potentials are not here",
                mend: "install them (apt-get install cp2k-data) or set CP2K_DATA_DIR")
        }
    }

    /// The file that has `basis` for `element`, or nil.
    public func basisFile(_ basis: String, for element: Species) -> String? {
        Self.basisFiles.first { bases[$0]?.names[element.symbol]?.contains { $0.contains(basis) } ?? false }
    }

    /// Every basis set for `element`.
    public func basisNames(for element: Species) -> [String] {
        Self.basisFiles.flatMap { bases[$0]?.names[element.symbol]?.compactMap(\.first) ?? [] }
    }

    /// A potential: its file, its full name and the number of its valence electrons.
    public struct Potential: Equatable, Sendable {
        public var file: String
        public var name: String
        public var valenceElectrons: Int
    }

    /// The potential of a family ("GTH-PBE", "GTH-SCAN") for `element`, made for `basis`: that with the number of
    /// electrons in the basis set's name (…-q3), otherwise the one that bears the family's bare name.
    public func potential(family: String, for element: Species, basis: String) -> Potential? {
        for file in Self.potentialFiles {
            let found = (potentials[file]?.names[element.symbol] ?? []).compactMap { names -> (Potential, Bool)? in
                guard let name = names.first(where: { Self.family(of: $0) == family }),
                    let electrons = Self.electrons(in: name)
                else { return nil }
                return (Potential(file: file, name: name, valenceElectrons: electrons), names.contains(family))
            }
            let wanted = basisElectrons(basis, element)
            if let wanted, let match = found.first(where: { $0.0.valenceElectrons == wanted }) { return match.0 }
            if wanted == nil, let bare = found.first(where: \.1) ?? found.first { return bare.0 }
        }
        return nil
    }

    /// The electrons that a basis set is made for, from any of its names.
    private func basisElectrons(_ basis: String, _ element: Species) -> Int? {
        for file in Self.basisFiles {
            guard let names = bases[file]?.names[element.symbol]?.first(where: { $0.contains(basis) }) else { continue }
            return names.lazy.compactMap(Self.electrons).first
        }
        return nil
    }

    private static func family(of name: String) -> String {
        guard let q = name.range(of: "-q", options: .backwards) else { return name }
        return String(name[..<q.lowerBound])
    }

    private static func electrons(in name: String) -> Int? {
        guard let q = name.range(of: "-q", options: .backwards) else { return nil }
        return Int(name[q.upperBound...])
    }

    private static func entries(of files: [String], in folder: String) -> [String: Entry] {
        var entries: [String: Entry] = [:]
        for file in files {
            guard let text = try? InputFile.text(at: "\(folder)/\(file)") else { continue }
            var names: [String: [[String]]] = [:]
            // An entry begins with the element and its names; other lines begin with numbers or '#'.
            for line in text.split(separator: "\n") {
                let words = line.split(whereSeparator: \.isWhitespace)
                guard words.count > 1, let first = words.first, Species(symbol: first) != nil else { continue }
                names[String(first), default: []].append(words.dropFirst().map(String.init))
            }
            entries[file] = Entry(names: names)
        }
        return entries
    }
}
