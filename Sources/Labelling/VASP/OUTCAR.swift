import Files
import Structures

/// Reads VASP's OUTCAR (5.4 and 6.x): the last ionic step.
public enum OUTCAR {
    /// - Parameter atoms: how many forces there must be.
    /// - Throws: `LabelFailure` quoting the lines that tell what went wrong.
    public static func read(_ text: String, atoms: Int) throws -> VASPOutput {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        func incomplete(_ what: String) -> LabelFailure {
            LabelFailure(.incompleteOutput, what, quotedLines: CP2KOutput.tail(of: lines))
        }
        if let line = lines.first(where: { $0.contains("EDIFF was not reached") }) {
            throw LabelFailure(
                .notConverged, "the electronic steps did not converge", quotedLines: [trimmed(line)])
        }
        let errors = lines.filter {
            $0.contains("VERY BAD NEWS") || $0.contains("internal error") || $0.contains("ERROR")
        }
        guard lines.contains(where: { $0.contains("General timing and accounting informations") }) else {
            if !errors.isEmpty {
                throw LabelFailure(.crashed, "VASP stopped", quotedLines: errors.prefix(4).map(trimmed))
            }
            throw incomplete("the OUTCAR stops before its end")
        }
        guard lines.contains(where: { $0.contains("EDIFF is reached") }) else {
            throw incomplete("the OUTCAR does not say that the electronic steps converged")
        }
        guard let energyLine = lines.last(where: { $0.contains("free  energy   TOTEN") }),
            let energy = energyLine.split(separator: " ").lazy.compactMap({ Double($0) }).first
        else { throw incomplete("the OUTCAR has no free energy TOTEN") }
        let cell = try matrix(in: lines, after: "direct lattice vectors").orThrow(incomplete("the OUTCAR has no cell"))
        let table = table(in: lines)
        guard table.count == atoms else {
            throw incomplete("the OUTCAR has \(table.count) forces for \(atoms) atoms")
        }
        return VASPOutput(
            energy: energy, forces: table.map(\.force), positions: table.map(\.position), species: species(in: lines),
            cell: cell, virial: try pressures(in: lines).map { VASPOutput.virial(kilobars: $0, cell: cell) },
            selfConsistencySteps: lines.count { $0.contains("- Iteration") },
            version: lines.first { $0.contains("vasp.") }?.split(separator: " ").first.map(String.init) ?? "VASP")
    }

    private static func trimmed(_ line: Substring) -> String {
        line.split(separator: " ").joined(separator: " ")
    }

    /// The table "POSITION TOTAL-FORCE (eV/Angst)": six numbers a line between two rules.
    private static func table(in lines: [Substring]) -> [(position: SIMD3<Double>, force: SIMD3<Double>)] {
        guard let title = lines.lastIndex(where: { $0.contains("TOTAL-FORCE (eV/Angst)") }) else { return [] }
        return lines[(title + 1)...].dropFirst().prefix { !$0.contains("-----") }.compactMap { line in
            // Numbers of a large cell may touch, as those of the lattice vectors.
            let values = line.replacing("-", with: " -").split(separator: " ").compactMap { Double($0) }
            guard values.count == 6 else { return nil }
            return (SIMD3(values[0], values[1], values[2]), SIMD3(values[3], values[4], values[5]))
        }
    }

    /// The elements of POTCAR's parts ("VRHFIN =Li: s") and the numbers of their atoms; nil where they are not told.
    private static func species(in lines: [Substring]) -> [Species]? {
        let elements = lines.filter { $0.contains("VRHFIN =") }.compactMap { line -> Species? in
            let name = line.split(separator: "=").last?.prefix { $0 != ":" }.filter { !$0.isWhitespace } ?? ""
            return Species(symbol: name)
        }
        guard let line = lines.first(where: { $0.contains("ions per type =") }) else { return nil }
        let words = line.split(separator: "=").last?.split(separator: " ") ?? []
        let counts = words.compactMap { Count.exactly($0, in: 0...lines.count) }
        guard counts.count == words.count, counts.count == elements.count, !counts.isEmpty else { return nil }
        return zip(elements, counts).flatMap { Array(repeating: $0, count: $1) }
    }

    /// Three rows of direct (and reciprocal) lattice vectors. Numbers may touch: "-0.123-4.567".
    private static func matrix(in lines: [Substring], after title: String) -> Matrix3? {
        guard let start = lines.lastIndex(where: { $0.contains(title) }), start + 3 < lines.count else { return nil }
        let rows = lines[start + 1...start + 3].compactMap { line -> SIMD3<Double>? in
            let values = line.replacing("-", with: " -").split(separator: " ").compactMap { Double($0) }
            return values.count >= 3 ? SIMD3(values[0], values[1], values[2]) : nil
        }
        return rows.count == 3 ? Matrix3(rows[0], rows[1], rows[2]) : nil
    }

    /// "in kB XX YY ZZ XY YZ ZX"; nil where no stress was computed.
    ///
    /// - Throws: `LabelFailure` for what is no number: Fortran writes `****` where one does not fit.
    private static func pressures(in lines: [Substring]) throws -> Matrix3? {
        guard let line = lines.last(where: { $0.contains("in kB") && !$0.contains("external pressure") }) else {
            return nil
        }
        let v = line.replacing("-", with: " -").split(separator: " ").compactMap { Double($0) }
        guard v.count == 6, v.allSatisfy(\.isFinite) else {
            throw LabelFailure(.incompleteOutput, "the OUTCAR's stress is no six numbers", quotedLines: [trimmed(line)])
        }
        return Matrix3(SIMD3(v[0], v[3], v[5]), SIMD3(v[3], v[1], v[4]), SIMD3(v[5], v[4], v[2]))
    }
}

extension Optional {
    /// The value, or `failure` thrown.
    func orThrow(_ failure: @autoclosure () -> LabelFailure) throws -> Wrapped {
        guard let self else { throw failure() }
        return self
    }
}
