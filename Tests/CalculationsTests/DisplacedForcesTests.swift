import Calculations
import DeepPotential
import Execution
import Files
import Parallel
import Structures
import Testing

struct DisplacedForcesTests {
    /// Against the forces of another displacement: what a site's neighbours feel when it moves.
    @Test func constantsOfAModelPredictForces() throws {
        let bench = try Bench()
        let crystal = Bench.crystal()
        let sites = [0, 20, 25]
        let content = try bench.run(DisplacedForces(of: sites, in: crystal, by: .model(bench.models[0])))
        #expect(content.code.contains(bench.models[0]))
        let structure = try crystal.structure()
        let blocks = try sites.indices.map { try content.blocks(site: $0, sites: 3, atoms: 50) }
        let evaluator = CompressedEvaluator(CompressedModel(try DPModel(contentsOf: Bench.models + "/model-000.dp")))
        let step = SIMD3(0.004, -0.003, 0.005)
        var (plus, minus) = (structure, structure)
        plus.positions[20] += step
        minus.positions[20] -= step
        let (after, before) = (try evaluator.evaluate(plus).forces, try evaluator.evaluate(minus).forces)
        for atom in 0..<50 {
            // Rows are the site's axes.
            let expected = -1 * (step * blocks[1][atom])
            let found = 0.5 * (after[atom] - before[atom])
            #expect((expected - found).norm < 0.02 * found.norm + 2e-4, "atom \(atom)")
        }
        for (first, second) in [(0, 1), (0, 2), (1, 2)] {
            let (there, back) = (blocks[first][sites[second]], blocks[second][sites[first]].transpose)
            #expect(zip(there.rowMajor, back.rowMajor).allSatisfy { abs($0 - $1) < 2e-3 })
        }
        // Nothing changes when all atoms move together.
        for row in blocks { #expect(row.reduce(Matrix3.zero, +).rowMajor.allSatisfy { abs($0) < 1e-3 }) }
        #expect(throws: InputError.self) { try content.blocks(site: 0, sites: 2, atoms: 50) }
    }

    @Test func onlyAtomsBeyondTheRadiusMove() throws {
        let bench = try Bench()
        func perturbed(_ radius: Double) -> PerturbedForces {
            PerturbedForces(
                of: 0, in: Bench.crystal(), by: .model(bench.models[0]), beyond: radius, amplitude: 0.01, draws: 4,
                seed: 1)
        }
        let near = try bench.run(perturbed(0))
        let far = try bench.run(perturbed(5))
        #expect(near.moved == 49 && far.moved > 5 && far.moved < 45)
        func square(_ content: PerturbedForces.Content) -> Double { content.changes.reduce(0) { $0 + $1 * $1 } }
        #expect(far.changes.count == 12 && square(far) > 0 && square(far) < 0.1 * square(near))
        #expect(throws: InputError.self) {
            try bench.run(
                PerturbedForces(
                    of: 99, in: Bench.crystal(), by: .model(bench.models[0]), beyond: 6, amplitude: 0.01, draws: 1,
                    seed: 1))
        }
    }

    /// Stopped and started again, it asks for no label twice.
    @Test func labelsAreKept() async throws {
        try await FakeCP2K.with { fake in
            let crystal = Crystal(
                material: .silicon, cell: CellLengths(a: 8.7, b: 8.7, c: 12.6), supercell: .init(1, 1, 1))
            let calculation = DisplacedForces(of: [3], in: crystal, by: FakeCP2K.code(), machine: fake.machine)
            var other = calculation
            other.machine.cp2k.ranks = 4
            #expect(other.key == calculation.key && other.cores.count == 4)
            let workplace = Workplace(try Store(fake.store), program: "test")
            let stop = StopFlag()
            let first = await onAThread {
                workplace.attempt(calculation, stop: stop) { if $0 > 0.4 { stop.raise() } }
            }
            #expect(first.status == .interrupted && fake.calls.count == 3)
            let second = await onAThread { workplace.attempt(calculation, stop: StopFlag()) }
            #expect(second.status == .done && fake.calls.count == 6)
            let content = try #require(try workplace.store.outcomes.outcome(of: calculation)).content
            // Its forces never change.
            #expect(content.constants.values == [Float](repeating: 0, count: 450))
        }
    }

    private func onAThread<R: Sendable>(_ body: @escaping @Sendable () -> R) async -> R {
        await (try? onOwnThread { body() })!
    }
}
