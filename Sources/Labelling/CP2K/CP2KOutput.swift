import Foundation
import Structures

/// What a finished CP2K calculation printed, in the project's units.
///
/// Reads the outputs of 2023.1 and, where the layout has changed since (`FORCES|`, `[hartree]`), of later versions.
public struct CP2KOutput: Sendable {
    /// eV
    public var energy: Double
    /// eV/Å
    public var forces: [SIMD3<Double>]
    /// The stress with the sign as printed: compression positive, i.e. +Ξ/V (GPa).
    public var printedStress: Matrix3?
    public var selfConsistencySteps: Int
    /// "CP2K version 2023.1"
    public var version: String

    /// CODATA 2018.
    static let hartree = 27.211386245988
    static let bohr = 0.529177210903

    /// Ξ (eV): CP2K prints +Ξ/V.
    public func virial(volume: Double) -> Matrix3? {
        printedStress.map { (volume / PhysicalConstants.pressureToGPa) * $0 }
    }

    /// - Parameter atoms: how many forces there must be.
    /// - Throws: `LabelFailure` quoting the lines that tell what went wrong.
    public init(text: String, atoms: Int) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        version =
            lines.first { $0.contains("CP2K| version string:") }?.split(separator: ":").last.map {
                $0.trimmingCharacters(in: .whitespaces)
            } ?? "CP2K"
        if let abort = Self.abortMessage(in: lines) {
            throw LabelFailure(.crashed, "CP2K aborted", quotedLines: abort)
        }
        if let line = lines.first(where: { $0.contains("SCF run NOT converged") }) {
            throw LabelFailure(
                .notConverged, "the self-consistency cycle did not converge",
                quotedLines: Self.lastSteps(in: lines) + [line.trimmingCharacters(in: .whitespaces)])
        }
        guard lines.contains(where: { $0.contains("PROGRAM ENDED AT") }) else {
            throw LabelFailure(
                .incompleteOutput, "the output stops before its end", quotedLines: Self.tail(of: lines))
        }
        guard let converged = lines.first(where: { $0.contains("SCF run converged in") }),
            let steps = converged.split(separator: " ").lazy.compactMap({ Int($0) }).first
        else {
            throw LabelFailure(
                .incompleteOutput, "the output does not say that the self-consistency cycle converged",
                quotedLines: Self.tail(of: lines))
        }
        selfConsistencySteps = steps
        try Self.checkUnits(in: lines)
        guard let energyLine = lines.last(where: { $0.contains("ENERGY| Total FORCE_EVAL") }),
            let energy = energyLine.split(separator: " ").last.flatMap({ Double($0) }), energy.isFinite
        else {
            throw LabelFailure(
                .incompleteOutput, "the output has no total energy", quotedLines: Self.tail(of: lines))
        }
        self.energy = energy * Self.hartree
        forces = try Self.forces(in: lines, atoms: atoms)
        printedStress = try Self.stress(in: lines)
    }

    private static func forces(in lines: [Substring], atoms: Int) throws -> [SIMD3<Double>] {
        let scale = hartree / bohr
        let forces: [SIMD3<Double>]
        if let start = lines.lastIndex(where: { $0.contains("ATOMIC FORCES in [a.u.]") }) {
            // "  atom kind element x y z" until the line with the sum.
            forces = lines[start...].prefix { !$0.contains("SUM OF ATOMIC FORCES") }.compactMap { line in
                let words = line.split(separator: " ")
                guard words.count == 6, Int(words[0]) != nil else { return nil }
                return vector(words[3...])
            }
        } else {
            // "FORCES| atom x y z |f|" in later versions.
            forces = lines.compactMap { line in
                let words = line.split(separator: " ")
                guard words.count == 6, words[0] == "FORCES|", Int(words[1]) != nil else { return nil }
                return vector(words[2...4])
            }
        }
        guard forces.count == atoms, forces.allSatisfy({ $0.x.isFinite && $0.y.isFinite && $0.z.isFinite }) else {
            throw LabelFailure(
                .incompleteOutput, "the output has \(forces.count) forces for \(atoms) atoms",
                quotedLines: tail(of: lines))
        }
        return forces.map { scale * $0 }
    }

    private static func stress(in lines: [Substring]) throws -> Matrix3? {
        guard let start = lines.lastIndex(where: { $0.contains("STRESS| Analytical stress tensor") }) else {
            return nil
        }
        guard let unit = unit(of: lines[start]), let gigapascals = pressureUnits[unit] else {
            throw LabelFailure(
                .incompleteOutput, "the unit of the stress tensor is not known", quotedLines: [String(lines[start])])
        }
        var rows: [SIMD3<Double>] = []
        for line in lines[start...].dropFirst().prefix(5) where rows.count < 3 {
            let words = line.split(separator: " ")
            guard words.count == 5, ["x", "y", "z"].contains(words[1]), let row = vector(words[2...]) else { continue }
            rows.append(row)
        }
        guard rows.count == 3 else {
            throw LabelFailure(
                .incompleteOutput, "the stress tensor is incomplete",
                quotedLines: lines[start...].prefix(6).map(String.init))
        }
        return gigapascals * Matrix3(rows[0], rows[1], rows[2])
    }

    /// In GPa. CP2K 2023 prints GPa, 2025 bar; which one, users can choose.
    private static let pressureUnits = [
        "GPa": 1, "MPa": 1e-3, "Pa": 1e-9, "kbar": 0.1, "bar": 1e-4, "atm": 1.01325e-4,
        "eV/Angstrom^3": PhysicalConstants.pressureToGPa,
    ]

    /// What stands in the last brackets of a title.
    private static func unit(of line: Substring) -> String? {
        guard let open = line.lastIndex(of: "["), let close = line[open...].firstIndex(of: "]") else { return nil }
        return String(line[line.index(after: open)..<close])
    }

    /// Energies and forces are read in atomic units alone.
    private static func checkUnits(in lines: [Substring]) throws {
        for (title, known) in [
            ("ENERGY| Total FORCE_EVAL", ["a.u.", "hartree"]), ("FORCES| Atomic forces", ["a.u.", "hartree/bohr"]),
        ] {
            guard let line = lines.last(where: { $0.contains(title) }), let unit = unit(of: line) else { continue }
            guard known.contains(unit) else {
                throw LabelFailure(
                    .incompleteOutput, "the unit \(unit) is not read here", quotedLines: [String(line)])
            }
        }
    }

    private static func vector(_ words: some Collection<Substring>) -> SIMD3<Double>? {
        let values = words.compactMap { Double($0) }
        return values.count == 3 ? SIMD3(values[0], values[1], values[2]) : nil
    }

    /// The text in the box that CP2K draws around the reason of an abort.
    private static func abortMessage(in lines: [Substring]) -> [String]? {
        guard let start = lines.firstIndex(where: { $0.contains("[ABORT]") }) else { return nil }
        let art = Set("/\\_|O*[] ")
        let message = lines[start...].dropFirst().prefix { !$0.contains("****") }.compactMap { line -> String? in
            let text = line.trimmingCharacters(in: CharacterSet(charactersIn: " *"))
            let words = text.drop { art.contains($0) }
            return words.isEmpty ? nil : words.trimmingCharacters(in: .whitespaces)
        }
        return message.isEmpty ? [String(lines[start])] : message
    }

    /// The last steps of the self-consistency cycle.
    private static func lastSteps(in lines: [Substring]) -> [String] {
        lines.filter { $0.contains("Diag.") || $0.contains(" OT ") }.suffix(3)
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }

    static func tail(of lines: [Substring]) -> [String] {
        lines.lazy.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }.suffix(4).map { $0 }
    }
}
