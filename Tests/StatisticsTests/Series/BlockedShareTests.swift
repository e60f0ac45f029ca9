import Testing

@testable import Statistics

struct BlockedShareTests {
    private static func blocks(
        _ count: Int, frames: Int, share: Double, isWhole: Bool, _ random: inout RandomStream
    ) -> [BlockedShare.Block] {
        (0..<count).map { _ in
            let whole = random.uniform() < share
            let hits = (0..<frames).count { _ in isWhole ? whole : random.uniform() < share }
            return .init(hits: hits, frames: frames)
        }
    }

    @Test func independentFramesCountAsSuch() throws {
        var random = RandomStream(seed: 1, name: "shares")
        let found = try #require(
            BlockedShare(Self.blocks(400, frames: 25, share: 0.3, isWhole: false, &random)))
        #expect(found.effectiveFrames > 8000)
        #expect(abs(found.estimate.standardError - Self.binomial(found.estimate.value, found.effectiveFrames)) < 1e-6)
    }

    @Test func framesThatAreAllAlikeCountOnce() throws {
        var random = RandomStream(seed: 2, name: "shares")
        let found = try #require(BlockedShare(Self.blocks(400, frames: 25, share: 0.3, isWhole: true, &random)))
        #expect(abs(found.effectiveFrames - 400) < 5)
        // The formula of independent frames would state a fifth of it.
        let binomial = Self.binomial(found.estimate.value, 400)
        #expect(abs(found.estimate.standardError - binomial) < 0.01 * binomial)
    }

    private static func binomial(_ share: Double, _ frames: Double) -> Double {
        (share * (1 - share) / frames).squareRoot()
    }

    /// 2000 repetitions, correlated or not: 65 to 72 % within one error. The share is drawn as well, as the steps of a count make
    /// the coverage of any one share larger or smaller.
    @Test(arguments: [false, true]) func errorsCover(isWhole: Bool) throws {
        var random = RandomStream(seed: 3, name: "shares \(isWhole)")
        let covered = try (0..<2000).count { _ in
            let share = random.uniform(in: 0.3..<0.5)
            let blocks = Self.blocks(60, frames: 10, share: share, isWhole: isWhole, &random)
            let found = try #require(BlockedShare(blocks)).estimate
            return abs(found.value - share) < found.standardError
        }
        #expect((0.65...0.72).contains(Double(covered) / 2000), "\(covered) of 2000")
    }

    @Test func nothingFailedIsNotCertainty() throws {
        let all = try #require(BlockedShare(Array(repeating: .init(hits: 50, frames: 50), count: 300)))
        #expect(all.estimate.value == 1 && all.effectiveFrames == 300)
        #expect(all.estimate.standardError > 0.5 / 300 && all.estimate.standardError < 3.0 / 300)
        #expect(BlockedShare([]) == nil && BlockedShare([.init(hits: 0, frames: 0)]) == nil)
        #expect(BlockedShare([.init(hits: 5, frames: 10)])?.effectiveFrames == 1)
    }
}
