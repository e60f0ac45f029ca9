import Reporting
import Statistics
import Testing

@testable import Validation

@Suite struct ForestPlotTests {
    static let references = ReferenceValues([
        "paper/x": .init(estimate: Estimate(10, error: 1), unit: "eV"),
        "measured/x": .init(estimate: Estimate(5, error: 1), unit: "eV"),
    ])

    static func verdict(_ value: Double, distrust: String? = nil) throws -> Verdict {
        let id = JudgementTests.id
        let claim = try Made.claim(
            """
            {"kind": "agrees", "of": "\(id)", "with": "paper/x", "precision": {"relative": 0.2}},
            {"kind": "exceeds", "of": "\(id)", "than": "measured/x", "precision": {"relative": 0.2}}
            """, id: "energy")
        return try Made.verdict(
            claim, [Made.finding(id, value, 0.5, unit: "eV", distrust: distrust)], references: references)
    }

    @Test func oneRowHoldsOursThePapersAndTheMeasuredValue() throws {
        let figure = try #require(ForestPlot.figure(of: [Self.verdict(11)]))
        let panel = figure.panels[0]
        #expect(panel.x.scale == .logarithmic && panel.y.ticks?.map(\.label) == ["energy (Fig. 1)"])
        let series = Dictionary(uniqueKeysWithValues: panel.series.map { ($0.title, $0.points) })
        #expect(series["paper"] == [.init(x: 1, y: 1, xError: 0.1)])
        #expect(series["experiment"] == [.init(x: 0.5, y: 1, xError: 0.1)])
        #expect(series["ours, passes"] == [.init(x: 1.1, y: 1, xError: 0.05)])
        #expect(series["ours, fails"] == nil)
    }

    /// What is not trusted is told in words, never drawn.
    @Test func undecidedClaimsAreOpenCircles() throws {
        let claim = try Made.claim(
            """
            {"kind": "exceeds", "of": "\(JudgementTests.id)", "than": "paper/x", "precision": {"relative": 0.2}}
            """, id: "energy")
        let verdict = try Made.verdict(
            claim, [Made.finding(JudgementTests.id, 10.5, 0.5, unit: "eV")], references: Self.references)
        #expect(verdict.decision == .undecided)
        let figure = try #require(ForestPlot.figure(of: [verdict]))
        let ours = figure.panels[0].series.first { $0.title == "ours, undecided" }
        #expect(ours?.points == [.init(x: 1.05, y: 1, xError: 0.05)])
        #expect(ForestPlot.figure(of: [try Self.verdict(11, distrust: "unsure")]) == nil)
        #expect(ForestPlot.figure(of: []) == nil)
    }

    @Test func decidedClaimsPassOrFail() throws {
        let both = try #require(ForestPlot.figure(of: [Self.verdict(11), Self.verdict(20)]))
        #expect(both.panels[0].series.contains { $0.title == "ours, fails" })
    }

    @Test func rowsOfThePageTellWhy() throws {
        let row = try Self.verdict(11).row
        #expect(row.word == "reproduced" && row.sign == "✔" && row.origin == .here)
        #expect(row.reason.contains("11.0 ± 0.5 eV against 10.0 ± 1.0 eV"), "\(row.reason)")
        #expect(try Self.verdict(20).row.reason.contains("standard errors above"))
    }
}
