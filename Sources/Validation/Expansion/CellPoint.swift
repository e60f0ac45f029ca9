import Calculations
import Execution
import Foundation
import Reporting
import Statistics

/// The mean unit cell of one crystal and model at one temperature and zero pressure.
struct CellPoint {
    var planned: PlannedRun
    var found: [Found<Dynamics>]
    /// Of the unit cell (Å); nil where a run has failed.
    var a: Estimate?
    var c: Estimate?
    /// Å³.
    var volume: Estimate?

    var temperature: Double { planned.temperature }
    var keys: [String] { found.map(\.key) }
    var origin: Origin { Origin(of: found.compactMap(\.origin)) }
    var obstacle: String? { found.compactMap(\.failure).first?.reason }
    var distrust: String? { found.compactMap(\.content).compactMap(RunTrust.objection).first }

    /// `Ge/VASP-PBE`.
    var series: String { "\(planned.material.rawValue)/\(planned.level.name)" }

    /// By crystal, model and temperature.
    ///
    /// - Throws: `InputError` for runs too short for two blocks.
    static func group(_ runs: [PlannedRun], _ outcomes: Outcomes) throws -> [CellPoint] {
        var points: [(run: PlannedRun, found: [Found<Dynamics>])] = []
        for run in runs {
            let found = Found(outcomes, run.calculation)
            if let place = points.firstIndex(where: { $0.run.label == run.label }) {
                points[place].found.append(found)
            } else {
                points.append((run, [found]))
            }
        }
        return try points.map { try CellPoint($0.run, $0.found) }
    }

    private init(_ planned: PlannedRun, _ found: [Found<Dynamics>]) throws {
        self.planned = planned
        self.found = found
        let records = found.compactMap(\.content)
        guard records.count == found.count, !records.isEmpty else { return }
        let supercell = planned.calculation.crystal.supercell
        func mean(_ value: (ThermodynamicBlocks.Block) -> Double) throws -> Estimate {
            .mean(of: try records.map { try $0.thermodynamics.average(value) })
        }
        a = try mean { 0.5 * ($0.lengths.x / Double(supercell.a) + $0.lengths.y / Double(supercell.b)) }
        c = try mean { $0.lengths.z / Double(supercell.c) }
        volume = try mean { $0.volume / Double(supercell.a * supercell.b * supercell.c) }
    }
}

/// The linear expansion of one crystal by one model, from its cells.
struct CellExpansion {
    var points: [CellPoint]
    /// From the cube root of the volume, below `Expansion.highestOfFit`; nil with fewer than two temperatures.
    var mean: ThermalExpansionFit?
    var a: ThermalExpansionFit?
    var c: ThermalExpansionFit?
    /// α_c − α_a at `Expansion.highestOfFit` and above (1/K); nil with fewer than two temperatures there.
    var anisotropyAbove: Estimate?

    /// - Throws: `InputError` when a fit cannot be made.
    init(_ points: [CellPoint]) throws {
        self.points = points.sorted { $0.temperature < $1.temperature }
        let low = self.points.filter { $0.temperature <= Expansion.highestOfFit }
        mean = try Self.fit(low) { point in
            point.volume.map { Estimate(cbrt($0.value), error: cbrt($0.value) * $0.relativeError / 3) }
        }
        a = try Self.fit(low, \.a)
        c = try Self.fit(low, \.c)
        let high = self.points.filter { $0.temperature >= Expansion.highestOfFit }
        if let a = try Self.fit(high, \.a)?.coefficient, let c = try Self.fit(high, \.c)?.coefficient {
            anisotropyAbove = Estimate(c.value - a.value, error: hypot(a.standardError, c.standardError))
        }
    }

    private static func fit(
        _ points: [CellPoint], _ length: (CellPoint) -> Estimate?
    ) throws -> ThermalExpansionFit? {
        let known = points.compactMap { point in length(point).map { (point.temperature, $0) } }
        guard known.count == points.count, known.count >= 2 else { return nil }
        return try ThermalExpansionFit(
            temperatures: known.map(\.0), lengths: known.map(\.1.value), errors: known.map(\.1.standardError))
    }
}
