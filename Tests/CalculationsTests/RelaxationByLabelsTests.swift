import Calculations
import Execution
import Files
import Foundation
import Labelling
import Parallel
import Structures
import Testing

struct RelaxationByLabelsTests {
    private func relaxation(_ fake: FakeCP2K, evaluations: Int, force: Double = 0.01) -> RelaxationByLabels {
        RelaxationByLabels(
            from: .crystal(
                Crystal(material: .silicon, cell: CellLengths(a: 8.7, b: 8.7, c: 12.6), supercell: .init(1, 1, 1)),
                rattle: 0.05, seed: 1),
            by: FakeCP2K.code(), forceTolerance: force, maximumEvaluations: evaluations, machine: fake.machine)
    }

    private func run(_ calculation: RelaxationByLabels, _ fake: FakeCP2K) async throws -> Relaxation.Content {
        let scheduler = try Scheduler(
            Workplace(try Store(fake.store), program: "test"), engine: LocalEngine(cores: 1), stop: StopFlag())
        return try await scheduler.outcomes(of: [calculation], for: "test")[calculation].get().content
    }

    @Test func goesOnFromItsLabels() async throws {
        try await FakeCP2K.with { fake in
            let short = try await run(relaxation(fake, evaluations: 3), fake)
            #expect(short.evaluations == 3 && !short.isConverged)
            #expect(short.structure.count == 50)
            #expect(fake.calls.count == 3)
            let long = try await run(relaxation(fake, evaluations: 5), fake)
            #expect(long.evaluations == 5)
            #expect(fake.calls.count == 5)
            // A looser one needs no label at all, and is what it would be by itself: 0.01 a.u. is 0.51 eV/Å.
            var loose = relaxation(fake, evaluations: 5, force: 1)
            loose.stressTolerance = 2
            let content = try await run(loose, fake)
            #expect(content.isConverged && content.evaluations == 1)
            #expect(abs(content.largestForce - 0.514) < 0.001 && abs(content.largestStress - 1) < 1e-6)
            #expect(fake.calls.count == 5)
            let folder = try Store(existing: fake.store).workFolder(loose.folderKey)
            #expect(folder.lastLines().count { $0.contains("step ") } == 5)
        }
    }

    @Test func neitherMachineNorTolerancesNameTheFolder() async throws {
        try await FakeCP2K.with { fake in
            let first = relaxation(fake, evaluations: 3)
            var second = first
            second.machine.cp2k.ranks = 8
            #expect(second.key == first.key && second.cores.count == 8)
            second.maximumEvaluations = 4
            #expect(second.key != first.key && second.folderKey == first.folderKey)
        }
    }
}
