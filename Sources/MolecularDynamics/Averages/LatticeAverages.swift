import Foundation
import Statistics
import Structures

/// Mean lattice parameters of an NPT run, each with its error from blocks.
public struct LatticeAverages: Equatable, Sendable {
    /// |a|, |b|, |c| (Å).
    public let lengths: [BlockAverage]
    /// The mean of |a| and |b| (Å): a of a tetragonal crystal.
    public let basal: BlockAverage
    /// alpha, beta, gamma (degrees).
    public let angles: [BlockAverage]
    /// Å³.
    public let volume: BlockAverage
    /// GPa.
    public let pressure: BlockAverage
    /// K.
    public let temperature: BlockAverage

    /// - Parameters:
    ///   - records: at equal intervals.
    ///   - firstStep: earlier records are equilibration.
    /// - Throws: `InputError` when fewer than two records are left.
    public init(_ records: [ThermoRecord], firstStep: Int = 0) throws {
        let records = records.filter { $0.step >= firstStep }
        func average(_ value: (ThermoRecord) -> Double) throws -> BlockAverage {
            try BlockAverage(records.map(value))
        }
        lengths = try (0..<3).map { axis in try average { $0.cell.lengths[axis] } }
        basal = try average { 0.5 * ($0.cell.lengths.x + $0.cell.lengths.y) }
        angles = try [(1, 2), (0, 2), (0, 1)].map { p, q in try average { $0.cell.angle(between: p, and: q) } }
        volume = try average { $0.cell.volume }
        pressure = try average(\.pressure)
        temperature = try average(\.temperature)
    }
}

extension Cell {
    /// The angle between two lattice vectors (degrees).
    func angle(between p: Int, and q: Int) -> Double {
        let (u, v) = (vectors[p], vectors[q])
        // atan2 is exact at right angles and stable near 0 and 180 degrees.
        return atan2(u.cross(v).norm, u.dot(v)) * 180 / .pi
    }
}
