import DeepPotential
import Files
import Foundation
import Parallel
import Statistics
import Structures
import Testing

@testable import MolecularDynamics

/// A run that was killed and resumed is the uninterrupted run, bit for bit, and so are its outputs.
@Suite struct RestartTests {
    private func configuration(_ ensemble: MDConfiguration.Ensemble, steps: Int = 90) -> MDConfiguration {
        var configuration = MDConfiguration(ensemble: ensemble, temperature: 60, steps: steps)
        configuration.timestep = 0.01
        configuration.pressure = 0.02
        configuration.barostat.coupling = .flexible
        configuration.checkpointInterval = 20
        return configuration
    }

    private func simulation(
        _ configuration: MDConfiguration, folder: String?, potential: LennardJones = LennardJones(),
        identity: String = "lj", extra: [any Observer] = []
    ) throws -> Simulation {
        var structure = try Samples.argon()
        structure.velocities = nil
        var observers: [any Observer] = [ThermoRecorder(interval: 3)]
        if let folder {
            observers += [
                ThermoLog(folder: folder, interval: 5),
                ExtendedXYZTrajectory(path: "\(folder)/trajectory.extxyz", interval: 7, withVelocities: true),
            ]
        }
        return try Simulation(
            configuration: configuration, structure: structure, potential: potential, observers: observers + extra,
            folder: folder, potentialIdentity: identity)
    }

    private let outputs = ["thermo.txt", "thermo.csv", "trajectory.extxyz", "checkpoint.bin"]

    @Test(arguments: [MDConfiguration.Ensemble.nve, .nvt, .npt])
    func repeatsBitForBit(ensemble: MDConfiguration.Ensemble) throws {
        let first = try simulation(configuration(ensemble), folder: nil)
        let second = try simulation(configuration(ensemble), folder: nil)
        try first.run()
        try second.run()
        #expect(first.state.structure == second.state.structure)
        #expect(first.state.velocities == second.state.velocities)
        var other = configuration(ensemble)
        other.seed = 2
        let third = try simulation(other, folder: nil)
        try third.run()
        #expect(first.state.structure != third.state.structure)
    }

    /// The folder is copied in the middle of the run, between two checkpoints: what `kill -9` leaves behind.
    @Test(arguments: [MDConfiguration.Ensemble.nve, .nvt, .npt])
    func resumesAKilledRunBitForBit(ensemble: MDConfiguration.Ensemble) throws {
        try withTemporaryFolder { folder in
            let (whole, torn) = ("\(folder)/whole", "\(folder)/torn")
            try FileManager.default.createDirectory(atPath: torn, withIntermediateDirectories: true)
            let killed = try simulation(
                configuration(ensemble), folder: whole, extra: [CopyFolder(from: whole, to: torn, atStep: 57)])
            try killed.run()
            let resumed = try simulation(configuration(ensemble), folder: torn)
            // Without the copying observer's part the checkpoint must still be accepted.
            try resumed.run(from: .resume)
            #expect(resumed.state.step == 90)
            #expect(resumed.state.structure == killed.state.structure)
            #expect(resumed.state.velocities == killed.state.velocities)
            #expect(resumed.state.evaluation.forces == killed.state.evaluation.forces)
            for file in outputs.dropLast() {
                #expect(try bytes("\(torn)/\(file)") == bytes("\(whole)/\(file)"), "\(file)")
            }
            let records = { (simulation: Simulation) in (simulation.observers[0] as! ThermoRecorder).records }
            #expect(records(resumed) == records(killed))
            #expect(try ThermoLog.read("\(torn)/thermo.csv").map(\.step) == Array(stride(from: 0, through: 90, by: 5)))
        }
    }

    @Test func stopsAtAFlagAndGoesOn() throws {
        try withTemporaryFolder { folder in
            let (whole, parts) = ("\(folder)/whole", "\(folder)/parts")
            let uninterrupted = try simulation(configuration(.nvt), folder: whole)
            try uninterrupted.run()
            let stop = StopFlag()
            let potential = RaisesFlag(after: 33, stop)
            let first = try simulation(configuration(.nvt), folder: parts, potential: potential)
            #expect(try first.run(from: .resumeIfPossible, stop: stop) == .interrupted)
            #expect(first.state.step == 32)
            let second = try simulation(configuration(.nvt), folder: parts)
            #expect(try second.run(from: .resumeIfPossible) == .completed)
            for file in outputs {
                #expect(try bytes("\(parts)/\(file)") == bytes("\(whole)/\(file)"), "\(file)")
            }
        }
    }

    /// A run can be made longer, and both runs forget their neighbours where a checkpoint lies.
    @Test func extendsAFinishedRun() throws {
        try withTemporaryFolder { folder in
            let short = try simulation(configuration(.nvt, steps: 40), folder: folder)
            try short.run()
            let potential = LennardJones()
            let longer = try simulation(configuration(.nvt), folder: folder, potential: potential)
            try longer.run(from: .resume)
            let direct = try simulation(configuration(.nvt), folder: nil)
            try direct.run()
            #expect(longer.state.structure == direct.state.structure)
            // Reading at 40; writing at 60, 80 and 90.
            #expect(potential.invalidations == 4)
        }
    }

    // MARK: Checkpoints that must be refused

    private func expectRefusal(
        naming words: String..., configuration: MDConfiguration? = nil, identity: String = "lj",
        spoil: (String) throws -> Void = { _ in }
    ) throws {
        try withTemporaryFolder { folder in
            try simulation(self.configuration(.nvt, steps: 40), folder: folder).run()
            try spoil("\(folder)/checkpoint.bin")
            let resumed = try simulation(
                configuration ?? self.configuration(.nvt), folder: folder, identity: identity)
            let error = #expect(throws: InputError.self) { try resumed.run(from: .resume) }
            for word in words { #expect(error?.description.contains(word) ?? false, "\(word): \(error!)") }
        }
    }

    @Test func refusesATruncatedCheckpoint() throws {
        try expectRefusal(naming: "truncated", "checkpoint.bin.previous") { path in
            try bytes(path).dropLast(100).write(to: URL(fileURLWithPath: path))
        }
        try expectRefusal(naming: "not a checkpoint") { try bytes($0).prefix(20).write(to: URL(fileURLWithPath: $0)) }
        try expectRefusal(naming: "not a checkpoint") { try Data().write(to: URL(fileURLWithPath: $0)) }
    }

    @Test func refusesADamagedCheckpoint() throws {
        try expectRefusal(naming: "damaged") { path in
            var data = try bytes(path)
            data[data.count / 2] ^= 1
            try data.write(to: URL(fileURLWithPath: path))
        }
    }

    @Test func refusesANewerVersion() throws {
        try expectRefusal(naming: "version 9") { path in
            let text = try bytes(path)
            let head = Data("lgps-bench MD checkpoint, version 9".utf8)
            try (head + text.dropFirst(head.count)).write(to: URL(fileURLWithPath: path))
        }
    }

    @Test func refusesACheckpointOfAnotherRun() throws {
        var other = configuration(.nvt)
        other.temperature = 70
        try expectRefusal(naming: "temperature", "60.0", "70.0", configuration: other)
        try expectRefusal(naming: "ensemble", configuration: configuration(.npt))
        try expectRefusal(naming: "potential", identity: "another model")
        try expectRefusal(naming: "steps", configuration: configuration(.nvt, steps: 10))
    }

    @Test func refusesToResumeFromNothing() throws {
        try withTemporaryFolder { folder in
            let run = try simulation(configuration(.nvt), folder: folder)
            #expect(throws: InputError.self) { try run.run(from: .resume) }
        }
    }

    @Test func theCheckpointBeforeIsKeptAndWorks() throws {
        try withTemporaryFolder { folder in
            try simulation(configuration(.nvt), folder: folder).run()
            let path = "\(folder)/checkpoint.bin"
            try Data("garbage".utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: "\(path).previous", toPath: path)
            let resumed = try simulation(configuration(.nvt), folder: folder)
            try resumed.run(from: .resume)
            let direct = try simulation(configuration(.nvt), folder: nil)
            try direct.run()
            #expect(resumed.state.structure == direct.state.structure)
        }
    }
}

/// Lennard-Jones that raises a flag at one of its evaluations.
private final class RaisesFlag: LennardJones {
    private let limit: Int
    private let flag: StopFlag

    init(after limit: Int, _ flag: StopFlag) {
        (self.limit, self.flag) = (limit, flag)
        super.init()
    }

    override func evaluate(_ structure: Structure, into evaluation: inout Evaluation) throws {
        try super.evaluate(structure, into: &evaluation)
        if evaluations == limit { flag.raise() }
    }
}
