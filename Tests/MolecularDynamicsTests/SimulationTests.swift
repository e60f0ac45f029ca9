import DeepPotential
import Files
import Foundation
import Statistics
import Structures
import Testing

@testable import MolecularDynamics

/// What the driver does around the integrator: limits, faults, progress.
@Suite struct SimulationTests {
    private func configuration(steps: Int = 200) -> MDConfiguration {
        var configuration = MDConfiguration(ensemble: .nve, temperature: 40, steps: steps)
        configuration.timestep = 0.01
        configuration.checkpointInterval = 10
        return configuration
    }

    /// Atoms pushed into each other heat the sample beyond the limit.
    @Test func anExplodingRunStopsAndSavesTheFrame() throws {
        try withTemporaryFolder { folder in
            var structure = try Samples.argon()
            structure.positions[0] = structure.positions[1] + SIMD3(1.6, 0, 0)
            var configuration = configuration()
            configuration.limits.temperature = 500
            let simulation = try Simulation(
                configuration: configuration, structure: structure, potential: LennardJones(), folder: folder)
            let failure = try #require(throws: SimulationFailure.self) { try simulation.run() }
            #expect(failure.reason.contains("temperature") && failure.reason.contains("500"))
            let frame = try #require(try ExtendedXYZ.read("\(folder)/stopped.extxyz").first)
            #expect(frame.information["step"] == "\(failure.step)")
            #expect(frame.structure == simulation.state.structureWithVelocities)
            #expect(failure.description.contains("stopped.extxyz"))
            #expect(failure.checkpoint == simulation.checkpointPath)
        }
    }

    @Test func aFaultOfThePotentialNamesTheStep() throws {
        try withTemporaryFolder { folder in
            let simulation = try Simulation(
                configuration: configuration(), structure: Samples.argon(),
                potential: Faulty { _, _ in throw InputError(place: "atoms 3 and 4", problem: "too close: 0.1 Å") },
                folder: folder)
            let failure = try #require(throws: SimulationFailure.self) { try simulation.run() }
            #expect(failure.step == 24)
            #expect(failure.reason.contains("atoms 3 and 4"))
            // The checkpoint before the fault works.
            let resumed = try Simulation(
                configuration: configuration(), structure: Samples.argon(), potential: LennardJones(), folder: folder)
            #expect(try resumed.run(from: .resume) == .completed)
        }
    }

    /// The degrees of freedom leave out the motion of the whole: in the structure's velocities it is no heat either.
    @Test func theDriftOfAStructureIsRemoved() throws {
        var structure = try Samples.argon()
        var state = MDState(structure: structure)
        var random = RandomStream(seed: 4, name: "test")
        state.drawVelocities(temperature: 40, from: &random)
        structure.velocities = state.velocities.map { $0 + SIMD3(3, 0, -2) }
        var configuration = configuration(steps: 1)
        configuration.initialVelocities = .structure
        let simulation = try Simulation(
            configuration: configuration, structure: structure, potential: LennardJones())
        try simulation.run()
        #expect(simulation.state.momentum.norm < 1e-9)
        #expect(simulation.remarks.count == 1 && simulation.remarks[0].contains("total momentum"))
        // Without drift nothing is touched, and nothing said.
        structure.velocities = state.velocities
        let still = try Simulation(configuration: configuration, structure: structure, potential: LennardJones())
        try still.run()
        #expect(still.remarks.isEmpty)
        #expect(abs(still.state.temperature - simulation.state.temperature) < 1e-6)
    }

    @Test func aNonFiniteEnergyStopsTheRun() throws {
        let simulation = try Simulation(
            configuration: configuration(), structure: Samples.argon(),
            potential: Faulty { _, evaluation in evaluation.energy = .nan })
        let failure = try #require(throws: SimulationFailure.self) { try simulation.run() }
        #expect(failure.step == 24 && failure.reason.contains("nan"))
        #expect(failure.frameFile == nil)
    }

    /// NaN forces make the temperature NaN one half kick later.
    @Test func nonFiniteForcesStopTheRun() throws {
        let simulation = try Simulation(
            configuration: configuration(), structure: Samples.argon(),
            potential: Faulty { _, evaluation in evaluation.forces[3].x = .nan })
        let failure = try #require(throws: SimulationFailure.self) { try simulation.run() }
        #expect(failure.step == 24 && failure.reason.contains("temperature"))
    }

    @Test func impossibleInputIsRefused() throws {
        let potential = LennardJones()
        func refuse(_ structure: Structure, _ configuration: MDConfiguration, _ word: String) {
            let error = #expect(throws: InputError.self) {
                try Simulation(configuration: configuration, structure: structure, potential: potential).run()
            }
            #expect(error?.description.contains(word) ?? false, "\(error!)")
        }
        let argon = try Samples.argon()
        var structure = argon
        structure.positions[4].y = .nan
        refuse(structure, configuration(), "atom 5")
        structure = argon
        structure.velocities = nil
        var wanting = configuration()
        wanting.initialVelocities = .structure
        refuse(structure, wanting, "velocities")
        refuse(Structure(cell: argon.cell, species: [], positions: []), configuration(), "no atoms")
        structure = argon
        structure.isPeriodic = false
        var npt = configuration()
        npt.ensemble = .npt
        refuse(structure, npt, "cluster")
        refuse(try Samples.argon(cells: 1), configuration(), "too small")
    }

    @Test func aFolderThatCannotBeMadeIsAnError() throws {
        try withTemporaryFolder { folder in
            try Data().write(to: URL(fileURLWithPath: "\(folder)/file"))
            #expect(throws: InputError.self) {
                try Simulation(
                    configuration: configuration(), structure: Samples.argon(), potential: LennardJones(),
                    folder: "\(folder)/file/run")
            }
        }
    }

    /// /dev/full refuses every byte, as a full disk does.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
    func aFullDiskIsAClearErrorAndTheCheckpointSurvives() throws {
        try withTemporaryFolder { folder in
            let log = { ThermoLog(folder: folder, interval: 50) }
            let first = try Simulation(
                configuration: configuration(steps: 30), structure: Samples.argon(), potential: LennardJones(),
                observers: [log()], folder: folder)
            try first.run()
            let checkpoint = try bytes("\(folder)/checkpoint.bin")
            try FileManager.default.removeItem(atPath: "\(folder)/thermo.csv")
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/thermo.csv", withDestinationPath: "/dev/full")
            let second = try Simulation(
                configuration: configuration(steps: 100), structure: Samples.argon(), potential: LennardJones(),
                observers: [log()], folder: folder)
            let error = try #require(throws: InputError.self) { try second.run() }
            #expect(error.description.contains("No space left"))
            #expect(error.file == "\(folder)/thermo.csv")
            #expect(try bytes("\(folder)/checkpoint.bin") == checkpoint)
        }
    }

    @Test func progressReachesTheEnd() throws {
        let simulation = try Simulation(
            configuration: configuration(steps: 20), structure: Samples.argon(), potential: LennardJones())
        var reports: [SimulationProgress] = []
        simulation.onProgress = { reports.append($0) }
        try simulation.run()
        #expect(reports.last?.step == 20)
        #expect(reports.last?.steps == 20)
        #expect(reports.last?.secondsLeft == 0)
    }

    @Test func velocitiesOfTheStructureAreTakenOver() throws {
        let structure = try Samples.argon(temperature: 55)
        var configuration = configuration(steps: 0)
        configuration.initialVelocities = .structure
        let simulation = try Simulation(
            configuration: configuration, structure: structure, potential: LennardJones())
        try simulation.run()
        #expect(simulation.state.velocities == structure.velocities)
        #expect(abs(simulation.state.temperature - 55) < 1e-9)
    }
}

/// Lennard-Jones that goes wrong at step 24, its 25th evaluation.
private final class Faulty: LennardJones {
    private let fault: (Structure, inout Evaluation) throws -> Void

    init(_ fault: @escaping (Structure, inout Evaluation) throws -> Void) {
        self.fault = fault
        super.init()
    }

    override func evaluate(_ structure: Structure, into evaluation: inout Evaluation) throws {
        try super.evaluate(structure, into: &evaluation)
        if evaluations == 25 { try fault(structure, &evaluation) }
    }
}
