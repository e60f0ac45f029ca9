import DeepPotential
import MolecularDynamics
import Parallel
import Structures
import Testing

@testable import Validation

@Suite struct SpeedTests {
    @Test func medianAndItsErrorWithstandAnOutlier() {
        let result = StepTimer.Result(atoms: 50, threads: 1, timings: [2.0, 2.1, 9.0, 1.9, 2.05])
        #expect(result.median == 2.05)
        // MAD 0.05 or 0.1; an outlier of 7 does not enter.
        #expect(result.error > 0.03 && result.error < 0.15)
        #expect(StepTimer.Result(atoms: 50, threads: 1, timings: [1, 3]).median == 2)
        #expect(StepTimer.Result(atoms: 50, threads: 1, timings: [4]).error == 0)
    }

    @Test func timerStopsWhenAsked() throws {
        let model = try DPModel(contentsOf: try ReferenceDataTests.reference.models(for: .germanium)[0])
        let structure = try Crystal.ordered(.germanium, supercell: .init(1, 1, 1))
        let stop = StopFlag()
        stop.raise()
        #expect(throws: Interrupted.self) {
            try StepTimer(temperature: 300, repeats: 1, secondsPerTiming: 0).time(
                structure, model: model, threads: 1, seed: 1, stop: stop)
        }
    }
}
