import Testing

@testable import ConcurrentLearning

@Suite struct StopRuleTests {
    private let rule = StopRule(convergedShare: 0.99)

    private func seen(
        _ share: Double, candidates: Int = 10, quantiles: [Double] = [0.1, 0.2, 0.3], error: Double? = nil
    ) -> StopRule.Seen {
        StopRule.Seen(
            accurateShare: share, candidates: candidates, failed: 5, quantiles: quantiles, holdOutError: error)
    }

    @Test func enoughAccurateFramesHaveConverged() {
        #expect(rule.verdict(on: [seen(0.5), seen(0.99)]) == .converged)
        #expect(rule.verdict(on: [seen(0.99, candidates: 0)]) == .converged)
        #expect(rule.verdict(on: [seen(0.5), seen(0.9)]) == .goesOn)
    }

    /// Twice in a row by less than a twentieth: once may be chance.
    @Test func aDistributionThatDoesNotMoveEndsTheStage() {
        let still = seen(0.9, quantiles: [0.1, 0.2, 0.31])
        #expect(rule.verdict(on: [seen(0.9), still]) == .goesOn)
        #expect(rule.verdict(on: [seen(0.9), still, seen(0.9)]) == .unmoved)
        #expect(rule.verdict(on: [seen(0.9), still, seen(0.9, quantiles: [0.1, 0.2, 0.2])]) == .goesOn)
        #expect(rule.verdict(on: [seen(0.9, quantiles: [0.2, 0.2, 0.3]), still, seen(0.9)]) == .goesOn)
    }

    @Test func withoutCandidatesNothingIsLearnt() {
        #expect(rule.verdict(on: [seen(0.9), seen(0.9, candidates: 0)]) == .stuck)
    }

    @Test func gettingWorseIsTold() {
        #expect(rule.warnings(on: [seen(0.9), seen(0.85)]).isEmpty)
        #expect(rule.warnings(on: [seen(0.9), seen(0.7)]).contains { $0.contains("getting worse") })
        #expect(rule.warnings(on: [seen(0.9, error: 0.05), seen(0.9, error: 0.054)]).isEmpty)
        #expect(
            rule.warnings(on: [seen(0.9, error: 0.05), seen(0.9, error: 0.06)]).contains { $0.contains("hold-out") })
    }
}
