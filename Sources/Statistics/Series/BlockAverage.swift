import Structures

/// The mean of a correlated time series with its standard error by blocking.
///
/// Neighbours are averaged in pairs again and again (Flyvbjerg and Petersen, J. Chem. Phys. 91, 461 (1989)); the naive
/// error of the block means grows until blocks are longer than the correlation time and then stays: the plateau. The
/// block length is the smallest B with B³ > 2 n (σ_B/σ_1)⁴ (Wolff, Comput. Phys. Commun. 156, 143 (2004); Lee et al.,
/// Phys. Rev. E 83, 066706 (2011)), which balances the bias left by short blocks against the noise of few blocks.
public struct BlockAverage: Equatable, Sendable, Codable {
    /// One doubling of the block length.
    public struct Level: Equatable, Sendable, Codable {
        /// Values in a block.
        public let blockLength: Int
        public let blockCount: Int
        /// The naive standard error of the mean from blocks of this length.
        public let standardError: Double
        /// The standard error of `standardError` itself: that over √(2 (blocks − 1)).
        public var errorOfError: Double { standardError / (2 * Double(blockCount - 1)).squareRoot() }
    }

    public let mean: Double
    /// Every doubling that leaves at least two blocks, shortest blocks first.
    public let levels: [Level]
    /// The level whose error is reported.
    public let chosen: Level
    /// False when the error still grows at the longest blocks that can be judged: it is then a lower bound.
    public let plateauFound: Bool

    /// Blocks that a plateau must rest on; with fewer, the error is known to worse than 30 %.
    public static let minimumBlocks = 8

    /// - Parameter series: values at equal intervals of time, any unit.
    /// - Throws: `InputError` for fewer than two values or values that are not finite.
    public init(_ series: [Double]) throws {
        try FitInput.check("block average", [("the series", series)], minimum: 2)
        mean = series.reduce(0, +) / Double(series.count)
        let levels = Self.levels(series)
        self.levels = levels
        let usable = levels.filter { $0.blockCount >= Self.minimumBlocks }
        let noise = 2 * Double(series.count)
        let plateau = usable.first { level in
            let length = Double(level.blockLength)
            let growth = levels[0].standardError > 0 ? level.standardError / levels[0].standardError : 1
            return length * length * length > noise * growth * growth * growth * growth
        }
        if let plateau {
            chosen = plateau
            plateauFound = !usable.contains {
                $0.blockLength > plateau.blockLength
                    && $0.standardError - 2 * $0.errorOfError > plateau.standardError
            }
        } else {
            chosen = (usable.isEmpty ? levels : usable).max { $0.standardError < $1.standardError }!
            plateauFound = false
        }
    }

    /// The standard error of the mean, in the unit of the series.
    public var standardError: Double { chosen.standardError }
    /// The standard error of `standardError`.
    public var errorOfError: Double { chosen.errorOfError }
    /// Blocks that the error rests on.
    public var blockCount: Int { chosen.blockCount }
    public var estimate: Estimate { Estimate(value: mean, standardError: standardError) }

    private static func levels(_ series: [Double]) -> [Level] {
        var levels: [Level] = []
        var blocks = series
        var length = 1
        while blocks.count >= 2 {
            let count = Double(blocks.count)
            let mean = blocks.reduce(0, +) / count
            let squares = blocks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let error = (squares / (count * (count - 1))).squareRoot()
            levels.append(Level(blockLength: length, blockCount: blocks.count, standardError: error))
            for pair in 0..<blocks.count / 2 { blocks[pair] = 0.5 * (blocks[2 * pair] + blocks[2 * pair + 1]) }
            blocks.removeLast(blocks.count - blocks.count / 2)
            length *= 2
        }
        return levels
    }
}
