import Files
import Statistics
import Structures

/// Numbers that findings are compared with, from the files of `reference-data`, by name: `paper/...` for what the paper
/// computed, `measured/...` for experiment.
public struct ReferenceValues: Equatable, Sendable {
    public struct Value: Equatable, Sendable {
        public var estimate: Estimate
        public var unit: String
    }

    private var values: [String: Value]

    public init(_ values: [String: Value] = [:]) { self.values = values }

    public subscript(name: String) -> Value? { values[name] }

    /// Sorted.
    public var names: [String] { values.keys.sorted() }

    /// Whether `name` is one of these, and not the id of a finding.
    public static func isReference(_ name: String) -> Bool { name.hasPrefix("paper/") || isMeasured(name) }

    public static func isMeasured(_ name: String) -> Bool { name.hasPrefix("measured/") }
}

extension ReferenceData {
    /// What claims may be compared with, besides the numbers of the paper's sentences, which `claims.json` has:
    ///
    /// | name | from |
    /// | --- | --- |
    /// | `paper/accuracy/{M}/VASP-{functional}/energy`, `/force` (meV/atom, meV/Å) | Table V |
    /// | `paper/diffusion/{M}/{T}K` (m²/s) | Fig. 13, the paper's models |
    /// | `paper/speed/hours-per-ns` (h, 900 atoms, V100) | Fig. 6 |
    /// | `measured/diffusion/{M}/{T}K` (m²/s) | Fig. 13, NMR |
    /// | `measured/expansion/{M}` (1/K, linear) | Fig. 9 |
    ///
    /// - Throws: `InputError` for a file that is missing or damaged.
    public func values() throws -> ReferenceValues {
        var values: [String: ReferenceValues.Value] = [:]
        for row in try accuracy().rows {
            let name = "paper/accuracy/\(row.material)/VASP-\(row.functional)"
            values["\(name)/energy"] = .init(estimate: Estimate(row.energy, error: row.energyError), unit: "meV/atom")
            values["\(name)/force"] = .init(estimate: Estimate(row.force, error: row.forceError), unit: "meV/Å")
        }
        for (whose, table) in [("paper", try paperDiffusion()), ("measured", try measuredDiffusion())] {
            for row in table.rows {
                values["\(whose)/diffusion/\(row.material)/\(Int(row.temperature))K"] = .init(
                    estimate: Estimate(row.diffusion, error: row.error), unit: "m²/s")
            }
        }
        if let row = try speed().rows.first(where: { $0.atoms == 900 }) {
            // The paper's steps are of 2 fs.
            values["paper/speed/hours-per-ns"] = .init(
                estimate: Estimate(row.millisecondsPerStep * 500_000 / 3.6e6), unit: "h")
        }
        for row in try measuredExpansion().rows {
            // The row without an error is what simulations assume.
            guard let error = row.error else { continue }
            values["measured/expansion/\(row.material)"] = .init(
                estimate: Estimate(row.coefficient, error: error), unit: "1/K")
        }
        return ReferenceValues(values)
    }
}
