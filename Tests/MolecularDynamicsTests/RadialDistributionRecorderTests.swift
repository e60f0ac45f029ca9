import Files
import Foundation
import Statistics
import Structures
import Testing

@testable import MolecularDynamics

@Suite struct RadialDistributionRecorderTests {
    private func simulation(_ recorder: RadialDistributionRecorder, folder: String? = nil, extra: [any Observer] = [])
        throws -> Simulation
    {
        var configuration = MDConfiguration(temperature: 40, steps: 100)
        configuration.timestep = 0.01
        configuration.checkpointInterval = 30
        return try Simulation(
            configuration: configuration, structure: Samples.argon(), potential: LennardJones(),
            observers: [recorder] + extra, folder: folder)
    }

    private func recorder() -> RadialDistributionRecorder {
        RadialDistributionRecorder(interval: 10, maximumRadius: 6, binCount: 60, firstStep: 35)
    }

    @Test func countsTheFramesAfterEquilibration() throws {
        let recorder = recorder()
        let frames = FrameRecorder(interval: 10)
        try simulation(recorder, extra: [frames]).run()
        var expected = try RadialDistribution(
            species: frames.samples[0].state.structure.species, maximumRadius: 6, binCount: 60)
        for sample in frames.samples where sample.state.step >= 35 { try expected.add(sample.state.structure) }
        let argon = Species(symbol: "Ar")!
        let pair = try #require(recorder.distribution?.pair(argon, argon))
        #expect(recorder.distribution?.frameCount == 7)
        #expect(pair.g.map(\.value) == expected.pair(argon, argon)?.g.map(\.value))
        // Twelve nearest neighbours in a face-centred cubic crystal, between its first and second shell.
        #expect(abs(pair.coordination[45] - 12) < 0.1)
    }

    @Test func resumesExactly() throws {
        try withTemporaryFolder { folder in
            let (whole, torn) = ("\(folder)/whole", "\(folder)/torn")
            try FileManager.default.createDirectory(atPath: torn, withIntermediateDirectories: true)
            let (first, second) = (recorder(), recorder())
            try simulation(first, folder: whole, extra: [CopyFolder(from: whole, to: torn, atStep: 77)]).run()
            try simulation(second, folder: torn).run(from: .resume)
            let argon = Species(symbol: "Ar")!
            #expect(second.distribution?.frameCount == 7)
            #expect(second.distribution?.pair(argon, argon) == first.distribution?.pair(argon, argon))
            let other = RadialDistributionRecorder(interval: 10, maximumRadius: 5, binCount: 60, firstStep: 35)
            #expect(throws: InputError.self) { try simulation(other, folder: torn).run(from: .resume) }
        }
    }
}
