import Files
import Foundation

/// One deepmd/npy folder while it is read: its frames are sorted into systems of the same atoms in the same order.
///
/// A folder of mixed type has `set.*/real_atom_types.npy`, [frames, atoms]: the types of each frame, −1 for the atoms that
/// only fill up the rows. There `type.raw` tells nothing but the number of atoms.
struct DeepmdFolder {
    let path: String
    let typeMap: [String]
    /// Of `type.raw`.
    private let types: [Int]
    private let isPeriodic: Bool
    private let sets: [String]
    /// One for each order of atoms, as they first appear.
    private(set) var systems: [LabelledSystem] = []
    private var places: [[Int]: Int] = [:]

    /// Reads what describes the atoms.
    ///
    /// - Parameter types: the elements of the types, for a folder without `type_map.raw`.
    init(_ path: String, types: [Species]?) throws {
        self.path = path
        let names = try InputFile.names(in: path)
        typeMap = try Self.typeMap("\(path)/type_map.raw", isThere: names.contains("type_map.raw"), types)
        self.types = try Self.types("\(path)/type.raw", typeMap: typeMap)
        isPeriodic = !names.contains("nopbc")
        sets = names.filter { $0.hasPrefix("set.") && InputFile.isFolder("\(path)/\($0)") }
        guard !sets.isEmpty else {
            throw InputError(file: path, problem: "there is no set.* folder", mend: "a system has at least set.000")
        }
    }

    /// Reads all sets.
    mutating func read(_ needs: LabelledSystem.Needs) throws {
        for label in [DeepmdSet.Label.energy, .force, .virial] {
            let having = sets.filter { FileManager.default.fileExists(atPath: "\(path)/\($0)/\(label.file)") }
            guard having.isEmpty || having.count == sets.count else {
                throw InputError(
                    file: path,
                    problem: "only \(having.joined(separator: ", ")) of \(sets.count) sets have \(label.file)",
                    mend: "give every set its \(label.rawValue) or none")
            }
            guard !having.isEmpty || !needs.contains(label) else {
                throw InputError(
                    file: "\(path)/\(sets[0])/\(label.file)", problem: "there is no such file",
                    mend: "the labels (\(label.rawValue)) are needed here")
            }
        }
        for set in sets {
            append(try DeepmdSet("\(path)/\(set)", types: types, typeMap: typeMap, isPeriodic: isPeriodic))
        }
        guard systems.contains(where: { $0.frameCount > 0 }) else {
            throw InputError(file: path, problem: "the system has no frames")
        }
        let missing = [systems[0].energies.isEmpty, systems[0].forces.isEmpty]
        guard needs != .someLabels || missing.contains(false) else {
            throw InputError(
                file: path, problem: "the data carry neither energies nor forces", mend: "add energy.npy or force.npy")
        }
    }

    /// Gives the systems their names: the folder's for a single one, else with what the atoms are.
    mutating func name(_ name: String) {
        guard systems.count > 1 else {
            systems[0].name = name
            return
        }
        var taken: [String: Int] = [:]
        for index in systems.indices {
            let own = "\(name)-\(systems[index].formula)"
            taken[own, default: 0] += 1
            systems[index].name = taken[own]! == 1 ? own : "\(own)-\(taken[own]!)"
        }
    }

    private mutating func append(_ set: DeepmdSet) {
        for (types, frames) in set.groups {
            let place =
                places[types]
                ?? {
                    systems.append(
                        LabelledSystem(
                            name: path, typeMap: typeMap, types: types, isPeriodic: isPeriodic, coordinates: [],
                            boxes: [], energies: [], forces: []))
                    places[types] = systems.count - 1
                    return systems.count - 1
                }()
            set.copy(frames, to: &systems[place])
        }
    }

    private static func typeMap(_ path: String, isThere: Bool, _ types: [Species]?) throws -> [String] {
        if !isThere, let types { return types.map(\.symbol) }
        let names: [String]
        do {
            names = try InputFile.text(at: path).split(whereSeparator: \.isWhitespace).map(String.init)
        } catch var error as InputError {
            error.mend =
                "add it: the elements of types 0, 1, ..., one a line; or name them where there is an option --types"
            throw error
        }
        for (type, name) in names.enumerated() {
            _ = try Species(symbol: name, file: path, place: "type \(type)")
        }
        return names
    }

    private static func types(_ path: String, typeMap: [String]) throws -> [Int] {
        let words = try InputFile.text(at: path).split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { throw InputError(file: path, problem: "the file holds no atoms") }
        return try words.enumerated().map { atom, word in
            guard let type = Int(word), typeMap.indices.contains(type) else {
                throw InputError(
                    file: path, place: "atom \(atom)",
                    problem: "type '\(word)' is outside the type map \(typeMap.joined(separator: " ")), "
                        + "expected 0 to \(typeMap.count - 1)",
                    mend: "mend type.raw or add the element to type_map.raw")
            }
            return type
        }
    }
}

extension LabelledSystem {
    /// "Li20Ge2P4S24", elements in the order of the types.
    public var formula: String {
        typeMap.indices.compactMap { type in
            let count = types.count { $0 == type }
            return count == 0 ? nil : "\(typeMap[type])\(count)"
        }.joined()
    }
}
