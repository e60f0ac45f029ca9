import Calculations
import Execution
import Files
import Reporting
import Structures
import Testing

@testable import Validation

/// What experiments use where it is there, and do not ask for.
struct WishesTests {
    /// Says in its introduction what it has found.
    private struct Wishing: Experiment {
        let name = "wishing"
        let title = "Wishes"
        let families: [FindingFamily] = []
        var isNeeded = false

        private func calculation(_ study: Study) throws -> DisplacedForces {
            let crystal = Crystal(
                material: .germanium, cell: try study.measuredCell(.germanium), supercell: .init(1, 1, 1))
            return DisplacedForces(of: [0], in: crystal, by: .model(study.ensembles[0].models[0]))
        }

        func needs(of study: Study) throws -> [any Calculation] { isNeeded ? [try calculation(study)] : [] }
        func wishes(of study: Study) throws -> [any Calculation] { [try calculation(study)] }
        func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] { [] }
        func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
            let found = Found(outcomes, try calculation(study))
            return Section(
                name: name, title: title, introduction: found.obstacle(study.labelling) ?? "found \(found.key.count)")
        }
    }

    @Test func theyAreTakenWhereTheyAre() async throws {
        let folder = try TemporaryFolder()
        func page(_ isNeeded: Bool) async throws -> String {
            let report = try await TinyStudy.runner(in: folder, experiments: [Wishing(isNeeded: isNeeded)]).run()
            #expect(report.failures.isEmpty)
            return report.page.markdown
        }
        #expect(try await page(false).contains("which --cp2k or the profile standard asks for"))
        #expect(try TinyStudy.runner(in: folder, experiments: [Wishing()]).plan().rows.isEmpty)
        #expect(try await page(true).contains("found 64"))
        #expect(try await page(false).contains("found 64"), "it is in the store now")
        #expect(try TinyStudy.runner(in: folder, experiments: [Wishing()]).plan().rows.map(\.presence) == [.here])
    }

    /// Asked for, they are computed where CP2K is, and the plan says so.
    @Test func theyAreComputedWhenAskedFor() throws {
        let folder = try TemporaryFolder()
        var runner = try TinyStudy.runner(in: folder, experiments: [Wishing()])
        runner.options.computesLabels = true
        let isPossible = LabellingPolicy(isAskedFor: true) == .computed
        #expect(try runner.plan().rows.map(\.presence) == (isPossible ? [.missing] : []))
        #expect(LabellingPolicy(isAskedFor: false).reason?.contains("--cp2k") == true)
    }
}
