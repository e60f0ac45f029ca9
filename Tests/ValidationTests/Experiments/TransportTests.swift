import Calculations
import Files
import Testing

@testable import Calculations
@testable import Validation

struct TransportTests {
    @Test func independentIonsHaveAHavenRatioOfOne() throws {
        let study = Walks.study([Walks.plan(["transport"], .ordered, .expanded, temperatures: [666, 800, 1000])])
        let outcomes = try Walks.outcomes(study, Transport()) { _, record in
            var row = [Float](repeating: 0, count: SiteStatistics.Column.count)
            row[SiteStatistics.Column.ions(.li1)] = 80
            row[SiteStatistics.Column.jumps(.li1, .li3)] = 4
            row[SiteStatistics.Column.returns] = 1
            row[SiteStatistics.Column.squareInPlane] = 8
            row[SiteStatistics.Column.squareAlongC] = 8
            record.sites = SiteStatistics(
                sites: [128, 32, 64, 32], ions: 160, interval: 0.1, blocks: PackedArray(row + row + row))
        }
        let findings = try Walks.findings(study, Transport(), outcomes)
        let haven = [666, 800, 1000].compactMap { findings["haven/Si/CP2K-PBE/ordered/expanded/\($0)K"]?.estimate }
        #expect(!haven.isEmpty && haven.allSatisfy { abs($0.value - 1) < 4 * $0.standardError })
        #expect(findings["sites/Si/CP2K-PBE/ordered/expanded/666K/Li1"]?.estimate?.value == 0.625)
        let returning = findings["jumps/Si/CP2K-PBE/ordered/expanded/666K/returning"]?.estimate?.value
        #expect(abs((returning ?? 0) - 0.25) < 1e-9)
        #expect(findings["jumps/Si/CP2K-PBE/ordered/expanded/666K/correlation-c"]?.estimate != nil)
    }
}
