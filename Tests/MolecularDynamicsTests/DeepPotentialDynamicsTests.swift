import DeepPotential
import Foundation
import Structures
import Testing

@testable import MolecularDynamics

/// Dynamics with the fast evaluator: when its neighbour list is made must not show in the trajectory.
@Suite struct DeepPotentialDynamicsTests {
    private static let golden: String = {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { package.deleteLastPathComponent() }
        return package.appendingPathComponent("reference-data/golden").path
    }()

    private func run(
        checkpoints: Int, threads: Int, skin: Double, folder: String? = nil, extra: [any Observer] = [],
        from start: Simulation.Start = .fresh
    ) throws -> (state: MDState, listBuilds: Int) {
        let model = try DPModel(contentsOf: "\(Self.golden)/one-sided.yaml")
        let structure = try LabelledSystem.load(path: "\(Self.golden)/predictions/one-sided/crystal")
            .structure(frame: 0)
        var configuration = MDConfiguration(ensemble: .npt, temperature: 900, steps: 50)
        configuration.timestep = 0.001
        configuration.barostat.coupling = .flexible
        configuration.checkpointInterval = checkpoints
        let potential = CompressedEvaluator(model: model, threads: threads, skin: skin)
        let simulation = try Simulation(
            configuration: configuration, structure: structure, potential: potential, observers: extra, folder: folder)
        try simulation.run(from: start)
        return (simulation.state, potential.listBuilds)
    }

    @Test func neighbourListsAndThreadsDoNotShow() throws {
        try withTemporaryFolder { folder in
            let reference = try run(checkpoints: 1000, threads: 1, skin: 1.5)
            var builds: Set = [reference.listBuilds]
            for (checkpoints, threads, skin) in [(1000, 2, 1.5), (7, 1, 1.5), (1000, 1, 0.1)] {
                let other = try run(checkpoints: checkpoints, threads: threads, skin: skin, folder: folder)
                #expect(other.state.structure == reference.state.structure, "\(checkpoints) \(threads) \(skin)")
                #expect(other.state.velocities == reference.state.velocities)
                builds.insert(other.listBuilds)
            }
            // The comparison means something: the lists were made at other steps.
            #expect(builds.count >= 3)
        }
    }

    @Test func resumesBitForBit() throws {
        try withTemporaryFolder { folder in
            let (whole, torn) = ("\(folder)/whole", "\(folder)/torn")
            try FileManager.default.createDirectory(atPath: torn, withIntermediateDirectories: true)
            let copy = CopyFolder(from: whole, to: torn, atStep: 33)
            let reference = try run(checkpoints: 20, threads: 1, skin: 1.5, folder: whole, extra: [copy])
            let resumed = try run(checkpoints: 9, threads: 2, skin: 0.5, folder: torn, from: .resume)
            #expect(resumed.state.structure == reference.state.structure)
            #expect(resumed.state.evaluation.forces == reference.state.evaluation.forces)
        }
    }
}
