import Files
import Foundation
import Statistics
import Structures
import Testing

@testable import MolecularDynamics

@Suite struct DisplacementRecorderTests {
    private func configuration(steps: Int) -> MDConfiguration {
        var configuration = MDConfiguration(ensemble: .npt, temperature: 60, steps: steps)
        configuration.timestep = 0.01
        configuration.barostat.coupling = .anisotropic
        configuration.checkpointInterval = 50
        return configuration
    }

    private func simulation(
        _ recorder: DisplacementRecorder, steps: Int, folder: String? = nil, extra: [any Observer] = []
    ) throws -> Simulation {
        var structure = try Samples.argon()
        for atom in stride(from: 0, to: 108, by: 5) { structure.species[atom] = .lithium }
        return try Simulation(
            configuration: configuration(steps: steps), structure: structure, potential: LennardJones(),
            observers: [recorder] + extra, folder: folder)
    }

    private func recorder(milestones: [Double] = []) -> DisplacementRecorder {
        DisplacementRecorder(interval: 5, timestep: 0.01, firstStep: 42, milestones: milestones)
    }

    /// Against the transform of the whole trajectory, which is another program path. Frames from the first after
    /// equilibration, step 45, on.
    @Test func agreesWithTheStoredTrajectory() throws {
        let recorder = recorder()
        let frames = FrameRecorder(interval: 5)
        let run = try simulation(recorder, steps: 300, extra: [frames])
        try run.run()
        var stored = try UnwrappedTrajectory(frameInterval: 0.05, species: run.state.structure.species)
        for sample in frames.samples where sample.state.step >= 42 {
            try stored.append(cell: sample.state.structure.cell, positions: sample.state.structure.positions)
        }
        #expect(recorder.frameCount == 52 && stored.frameCount == 52)
        let curve = try #require(recorder.samples).curve
        let expected = try stored.meanSquaredDisplacement()
        #expect(curve.frameInterval == 0.05)
        // All origins are kept at lags up to 16 frames; the stored path is single precision.
        for lag in 1...16 {
            let row = try #require(curve.lags.firstIndex(of: lag))
            #expect((curve.axes[row] - expected.axes[lag - 1]).norm < 1e-5 * expected.axes[lag - 1].norm)
        }
    }

    @Test func milestonesSeeAPartOfTheRun() throws {
        let long = recorder(milestones: [1, 2])
        try simulation(long, steps: 300).run()
        #expect(long.milestones.map(\.time) == [1, 2])
        #expect(long.milestones.map(\.curve.frameCount) == [21, 41])
        let short = recorder()
        try simulation(short, steps: 145).run()
        #expect(long.milestones[0].curve == short.samples?.curve)
        #expect(long.milestones[0].statistics == short.statistics)
        // A crystal at 60 K has nothing to diffuse.
        #expect(long.milestones[1].diffusion.estimate == nil)
        #expect(try long.diffusion().reason != nil)
    }

    @Test func resumesExactly() throws {
        try withTemporaryFolder { folder in
            let (whole, torn) = ("\(folder)/whole", "\(folder)/torn")
            try FileManager.default.createDirectory(atPath: torn, withIntermediateDirectories: true)
            let first = recorder(milestones: [0.5, 1.5])
            try simulation(
                first, steps: 250, folder: whole, extra: [CopyFolder(from: whole, to: torn, atStep: 163)]
            ).run()
            let second = recorder(milestones: [0.5, 1.5])
            try simulation(second, steps: 250, folder: torn).run(from: .resume)
            #expect(second.frameCount == first.frameCount)
            #expect(second.samples == first.samples)
            #expect(second.statistics == first.statistics)
            #expect(second.milestones == first.milestones)
            #expect(second.milestones.count == 2)
        }
    }

    @Test func noLithiumIsAClearError() throws {
        let run = try Simulation(
            configuration: configuration(steps: 1), structure: Samples.argon(), potential: LennardJones(),
            observers: [recorder()])
        let error = #expect(throws: InputError.self) { try run.run() }
        #expect(error?.description.contains("Li") ?? false)
    }
}
