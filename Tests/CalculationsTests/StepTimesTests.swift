import Parallel
import Testing

@testable import Calculations

@Suite struct StepTimesTests {
    @Test func medianAndItsErrorWithstandAnOutlier() {
        let estimate = StepTimes.Content(atoms: 50, timings: [2.0, 2.1, 9.0, 1.9, 2.05]).estimate
        #expect(estimate.value == 2.05)
        // MAD 0.05 or 0.1; an outlier of 7 does not enter.
        #expect(estimate.standardError > 0.03 && estimate.standardError < 0.15)
        #expect(StepTimes.Content(atoms: 50, timings: [1, 3]).estimate.value == 2)
        #expect(StepTimes.Content(atoms: 50, timings: [4]).estimate.standardError == 0)
    }

    @Test func stopsWhenAskedAndRunsAlone() throws {
        let bench = try Bench()
        let stop = StopFlag()
        stop.raise()
        let times = StepTimes(
            crystal: Bench.crystal(), model: bench.models[0], threads: 2, repeats: 1, secondsPerTiming: 0, seed: 1)
        #expect(times.cores == .alone(2))
        #expect(throws: Interrupted.self) { try bench.run(times, stop: stop) }
    }

    /// Times of one machine say nothing of another.
    @Test func machineBelongsToTheKey() throws {
        let bench = try Bench()
        func times(_ machine: Machine) -> StepTimes {
            StepTimes(
                crystal: Bench.crystal(), model: bench.models[0], threads: 1, repeats: 1, secondsPerTiming: 0,
                machine: machine, seed: 1)
        }
        var other = Machine.current
        other.processor += " II"
        #expect(times(.current).key != times(other).key)
    }
}
