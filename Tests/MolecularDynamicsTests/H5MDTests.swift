import DeepPotential
import Files
import Foundation
import Structures
import Testing

@testable import MolecularDynamics

@Suite struct H5MDTests {
    private func configuration(steps: Int) -> MDConfiguration {
        var configuration = MDConfiguration(ensemble: .npt, temperature: 60, steps: steps)
        configuration.timestep = 0.01
        configuration.barostat.coupling = .flexible
        configuration.checkpointInterval = 20
        return configuration
    }

    private func simulation(
        steps: Int, folder: String, trajectory: H5MDTrajectory? = nil, extra: [any Observer] = []
    ) throws -> Simulation {
        var structure = try Samples.argon()
        // A few lithium atoms among the argon, to be selected.
        for atom in [3, 50, 77] { structure.species[atom] = .lithium }
        let all =
            trajectory ?? H5MDTrajectory(path: "\(folder)/trajectory.h5", interval: 4, withVelocities: true)
        return try Simulation(
            configuration: configuration(steps: steps), structure: structure, potential: LennardJones(),
            observers: [all] + extra, folder: folder)
    }

    /// Half a unit in the last place of a Float of 32 Å or less.
    private let singlePrecision = 2e-6

    @Test func framesReadBack() throws {
        try withTemporaryFolder { folder in
            let states = FrameRecorder(interval: 4)
            try simulation(steps: 50, folder: folder, extra: [states]).run()
            let reader = try H5MDReader("\(folder)/trajectory.h5")
            #expect(reader.frameCount == 13)
            #expect(reader.atoms == Array(0..<108))
            for (index, sample) in states.samples.enumerated() {
                let frame = try reader.frame(index)
                #expect(frame.step == sample.state.step)
                #expect(frame.time == sample.thermo.time)
                #expect(frame.structure.cell == sample.state.structure.cell)
                #expect(frame.structure.species == sample.state.structure.species)
                let error = zip(frame.structure.positions, sample.state.structure.positions)
                    .map { ($0 - $1).norm }.max()!
                #expect(error < singlePrecision)
                #expect(frame.structure.velocities!.count == 108)
            }
        }
    }

    @Test func selectionAndWrapping() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/li.h5"
            let trajectory = H5MDTrajectory(path: path, interval: 10, selection: .lithium, isWrapped: true)
            let run = try simulation(steps: 20, folder: folder, trajectory: trajectory)
            try run.run()
            let reader = try H5MDReader(path)
            #expect(reader.atoms == [3, 50, 77])
            #expect(try reader.frame(0).structure.species == [.lithium, .lithium, .lithium])
            let last = try reader.frame(2).structure
            let cell = run.state.structure.cell
            #expect(last.velocities == nil)
            for (atom, position) in zip(reader.atoms, last.positions) {
                #expect((position - cell.wrap(run.state.structure.positions[atom])).norm < singlePrecision)
            }
        }
    }

    /// The copy is taken while the file is open and frames have been written since the last checkpoint: what
    /// `kill -9` leaves behind.
    @Test func aKilledTrajectoryIsContinuedWithoutDoubleFrames() throws {
        try withTemporaryFolder { folder in
            let (whole, torn) = ("\(folder)/whole", "\(folder)/torn")
            try FileManager.default.createDirectory(atPath: torn, withIntermediateDirectories: true)
            try simulation(steps: 90, folder: whole, extra: [CopyFolder(from: whole, to: torn, atStep: 57)]).run()
            try simulation(steps: 90, folder: torn).run(from: .resume)
            let expected = try H5MDReader("\(whole)/trajectory.h5")
            let resumed = try H5MDReader("\(torn)/trajectory.h5")
            #expect(resumed.frameCount == 23 && expected.frameCount == 23)
            for index in 0..<expected.frameCount {
                #expect(try resumed.frame(index) == expected.frame(index))
            }
        }
    }

    @Test func aFileThatIsNoTrajectoryIsRefused() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/trajectory.h5"
            #expect(throws: InputError.self) { try H5MDReader(path) }
            try Data("not HDF5 at all".utf8).write(to: URL(fileURLWithPath: path))
            #expect(throws: InputError.self) { try H5MDReader(path) }
            try simulation(steps: 40, folder: folder).run()
            try FileManager.default.removeItem(atPath: path)
            #expect(throws: InputError.self) { try simulation(steps: 60, folder: folder).run(from: .resume) }
            let other = H5MDTrajectory(path: path, interval: 4)
            try simulation(steps: 40, folder: "\(folder)/other", trajectory: other).run()
            let error = #expect(throws: InputError.self) {
                try simulation(steps: 60, folder: folder).run(from: .resume)
            }
            #expect(error?.description.contains("108 atoms") ?? false)
        }
    }

    @Test func aMissingFolderIsAClearError() throws {
        let trajectory = H5MDTrajectory(path: "/nonexistent/folder/trajectory.h5", interval: 1)
        try withTemporaryFolder { folder in
            let error = #expect(throws: InputError.self) {
                try simulation(steps: 1, folder: folder, trajectory: trajectory).run()
            }
            #expect(error?.file == "/nonexistent/folder/trajectory.h5")
        }
    }
}
