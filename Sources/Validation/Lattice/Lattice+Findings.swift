import Calculations
import Execution
import Statistics
import Structures

extension Lattice {
    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try rows(of: study).flatMap { row in
            let cells = row.relaxations.map { Found(outcomes, $0) }
            let measured = try MeasuredVolume(row.material, study.lattice)
            let excess = EnsembleMean.of(cells) { 100 * ($0.volume / measured.mean.value - 1) }.map {
                Estimate(
                    $0.value,
                    error: ($0.standardError * $0.standardError + measured.percent * measured.percent).squareRoot())
            }
            let quantities: [(String, String, EnsembleMean)] = [
                ("a", "Å", .of(cells) { 0.5 * ($0.cell.a + $0.cell.b) }), ("c", "Å", .of(cells) { $0.cell.c }),
                ("volume", "Å³", .of(cells) { $0.volume }), ("volume-excess", "%", excess),
            ]
            return quantities.map { name, unit, mean in
                mean.finding("\(row.id)/\(name)", unit: unit, distrust: Self.distrust(cells))
            }
        }
    }

    private static func distrust(_ cells: [Found<Relaxation>]) -> String? {
        let open = cells.count { $0.content.map { !$0.isConverged } ?? false }
        return open == 0 ? nil : "\(open) of \(cells.count) relaxations did not reach their tolerances"
    }
}

/// The measured volume of a unit cell (Å³), with the scatter between measurements.
struct MeasuredVolume {
    var mean: Estimate
    /// Standard deviation between samples, per cent; that of Ge's two rows where there is one row only (0.4 %).
    var percent: Double { 100 * mean.relativeError }

    /// - Throws: `InputError` when the table lacks the material.
    init(_ material: Material, _ table: LatticeTable) throws {
        let volumes = table.rows.filter { $0.material == material && $0.functional == nil }.map(\.volume)
        guard let first = volumes.first else {
            _ = try table.row(material, nil)
            mean = Estimate(.nan)
            return
        }
        let centre = volumes.reduce(0, +) / Double(volumes.count)
        // Samples of LGPS scatter by more than any one measurement's error: 949.7 to 960.8 Å³ (OBELiX).
        let spread = volumes.count > 1 ? abs(volumes[1] - first) / 2.0.squareRoot() : 0.004 * first
        mean = Estimate(centre, error: spread)
    }
}
