/// The share of frames that have a property, where frames of one block (a trajectory) resemble each other.
///
/// The scatter between blocks gives the variance of the share as of a ratio of sums (Cochran, Sampling Techniques, 3rd ed.,
/// 1977, section 6.3); over that of as many independent frames it is the design effect D ≥ 1 (Kish 1965), and n/D is the
/// effective number of frames. The error is the standard deviation of Jeffreys's posterior of a binomial share with that
/// number, which a share of 0 or 1 has, too: then every block counts as one frame.
public struct BlockedShare: Equatable, Sendable {
    /// Frames that have the property, and all, of one block.
    public struct Block: Equatable, Sendable {
        public var hits: Int
        public var frames: Int

        public init(hits: Int, frames: Int) {
            self.hits = hits
            self.frames = frames
        }
    }

    /// Of all frames, with its error.
    public let estimate: Estimate
    /// Independent frames that would tell as much.
    public let effectiveFrames: Double

    /// nil without any frame.
    public init?(_ blocks: [Block]) {
        let blocks = blocks.filter { $0.frames > 0 }
        let frames = Double(blocks.reduce(0) { $0 + $1.frames })
        guard frames > 0 else { return nil }
        let share = Double(blocks.reduce(0) { $0 + $1.hits }) / frames
        let independent = share * (1 - share) / frames
        var effective = Double(blocks.count)
        if independent > 0 {
            let scatter = blocks.reduce(0) { sum, block in
                let excess = Double(block.hits) - share * Double(block.frames)
                return sum + excess * excess
            }
            let count = Double(blocks.count)
            // One block says nothing of the scatter: it counts as one frame.
            let variance = blocks.count > 1 ? count / (count - 1) * scatter / (frames * frames) : frames * independent
            effective = frames / max(1, variance / independent)
        }
        effectiveFrames = effective
        estimate = Self.estimate(share, frames: effective)
    }

    /// A share that so many independent frames have given.
    public static func estimate(_ share: Double, frames: Double) -> Estimate {
        let (a, b) = (share * frames + 0.5, (1 - share) * frames + 0.5)
        return Estimate(share, error: (a * b / ((a + b) * (a + b) * (a + b + 1))).squareRoot())
    }
}
