import DeepPotential
import Files
import Structures
import Testing

/// Frame 1 of `TestReportTests.system`: two atoms, energy 2, forces (1, 0, 0) and (1, 1, 0).
@Suite struct FrameComparisonTests {
    private let system = TestReportTests.system(virial: true)
    private let potentials = [
        ConstantPotential(energy: 2, force: SIMD3(1, 0, 0)), ConstantPotential(energy: 6, force: SIMD3(3, 0, 0)),
    ]

    @Test("Each potential's errors go to its report, those of the mean where they are wanted")
    func reports() throws {
        let comparison = try FrameComparison(potentials, system: system, frame: 1)
        #expect(comparison.species == [.sulfur, .lithium])
        var (reports, mean) = ([TestReport(), TestReport()], TestReport())
        comparison.add(to: &reports)
        comparison.add(comparison.mean, to: &mean)
        #expect((reports + [mean]).map(\.frames) == [1, 1, 1])
        #expect(reports.map(\.energy.largest) == [0, 4] && mean.energy.largest == 2)
        // Differences: (0,0,0), (0,-1,0); (2,0,0), (2,-1,0); (1,0,0), (1,-1,0).
        #expect(reports.map(\.forces.mae) == [1.0 / 6, 5.0 / 6] && mean.forces.mae == 3.0 / 6)
    }

    @Test("The deviation has the frame as its step; that of one potential is zero")
    func deviation() throws {
        let both = try FrameComparison(potentials, system: system, frame: 1).deviation
        #expect(both.step == 1 && both.largestForce == 1 && both.smallestForce == 1 && both.energy == 1)
        let one = try FrameComparison([potentials[0]], system: system, frame: 0)
        #expect(one.deviation.largestForce == 0 && one.deviation.energy == 0)
        #expect(one.mean.forces == one.predictions[0].forces)
    }

    @Test("The frame and the system at fault are named")
    func fault() throws {
        let evaluator = ReferenceEvaluator(.random(seed: 1, typeMap: ["Li", "P"]))
        let error = #expect(throws: InputError.self) {
            try FrameComparison([potentials[0], evaluator], system: system, frame: 1)
        }
        #expect(error?.file == "sys" && error?.place == "frame 1, atom 1")
    }
}
