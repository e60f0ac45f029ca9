import Files
import Statistics
import Structures

/// Where the lithium ions are and how they move between their sites, in blocks of the production.
///
/// An ion is *at* the site that is nearest; it has *jumped* when it comes within `coreRadius` of another site than the one
/// it belonged to, so that a swing over the border between two sites is none.
public struct SiteStatistics: Codable, Equatable, Sendable {
    /// Å; somewhat less than half of the shortest distance between sites (two Li1, 1.47).
    public static let coreRadius = 0.7

    /// Sites of each kind in the crystal, by `LithiumSites.Kind`.
    public var sites: [Int]
    public var ions: Int
    /// Between samples (ps).
    public var interval: Double
    /// [blocks, `Column.count`]: means per sample.
    public var blocks: PackedArray<Float>

    /// What a row of `blocks` holds.
    enum Column {
        private static let kinds = LithiumSites.Kind.allCases.count
        /// Ions at sites of a kind.
        static func ions(_ kind: LithiumSites.Kind) -> Int { kind.rawValue }
        /// Jumps from a kind to a kind.
        static func jumps(_ from: LithiumSites.Kind, _ to: LithiumSites.Kind) -> Int {
            kinds + kinds * from.rawValue + to.rawValue
        }
        /// Jumps back to the site that the ion came from.
        static let returns = kinds + kinds * kinds
        /// Sums of the squares of the jumps' lengths (Å²) in the ab plane, and along c.
        static let squareInPlane = returns + 1
        static let squareAlongC = returns + 2
        static let count = returns + 3
    }

    /// Ions per site of a kind, with the error of the run.
    ///
    /// - Throws: `InputError` with fewer than two blocks.
    public func occupation(_ kind: LithiumSites.Kind) throws -> Estimate {
        try mean { $0[Column.ions(kind)] }.scaled(by: 1 / Double(sites[kind.rawValue]))
    }

    /// Jumps per ion (of all ions) and ps from sites of one kind to sites of another.
    ///
    /// - Throws: `InputError` with fewer than two blocks.
    public func jumpRate(_ from: LithiumSites.Kind, _ to: LithiumSites.Kind) throws -> Estimate {
        try rate { $0[Column.jumps(from, to)] }
    }

    /// Jumps of every kind, per ion and ps.
    ///
    /// - Throws: `InputError` with fewer than two blocks.
    public func jumpRate() throws -> Estimate {
        try rate { row in (Column.jumps(.li1, .li1)..<Column.returns).reduce(0) { $0 + row[$1] } }
    }

    /// Those that take an ion back to where it came from.
    ///
    /// - Throws: `InputError` with fewer than two blocks.
    public func returnRate() throws -> Estimate { try rate { $0[Column.returns] } }

    /// Σ ℓ²/(2d t) of all jumps (m²/s) in the ab plane (d = 2) and along c (d = 1): what D would be if no jump knew of another.
    ///
    /// - Throws: `InputError` with fewer than two blocks.
    public func uncorrelatedDiffusion() throws -> (inPlane: Estimate, alongC: Estimate) {
        (
            try rate { $0[Column.squareInPlane] }.scaled(by: PhysicalConstants.diffusionToSI / 4),
            try rate { $0[Column.squareAlongC] }.scaled(by: PhysicalConstants.diffusionToSI / 2)
        )
    }

    private func rate(_ value: ([Double]) -> Double) throws -> Estimate {
        try mean(value).scaled(by: 1 / (Double(ions) * interval))
    }

    private func mean(_ value: ([Double]) -> Double) throws -> Estimate {
        let rows = stride(from: 0, to: blocks.values.count, by: Column.count).map { start in
            value(blocks.values[start..<start + Column.count].map(Double.init))
        }
        return try BlockAverage(rows).estimate
    }
}
