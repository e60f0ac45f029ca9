import Foundation
import Structures
import Testing

@testable import MolecularDynamics

/// A run whose outputs come from its configuration.
@Suite struct OutputTests {
    @Test func writesWhatTheConfigurationNames() throws {
        try withTemporaryFolder { folder in
            var configuration = MDConfiguration(temperature: 60, steps: 200)
            configuration.timestep = 0.01
            configuration.output.thermoInterval = 20
            configuration.output.trajectory = MDOutput.Trajectory(interval: 10)
            configuration.output.trajectory?.species = ["Li"]
            configuration.output.displacements = MDOutput.Displacements(interval: 5)
            configuration.output.radialDistribution = MDOutput.Radial(interval: 20)
            configuration.output.radialDistribution?.maximumRadius = 6
            configuration.output.radialDistribution?.bins = 30
            configuration.output.modelDeviation = MDOutput.Deviation(interval: 50)
            var structure = try Samples.argon()
            for atom in stride(from: 0, to: 108, by: 5) { structure.species[atom] = .lithium }
            let observers = try configuration.observers(folder: folder, others: [LennardJones(epsilon: 0.011)])
            try Simulation(
                configuration: configuration, structure: structure, potential: LennardJones(), observers: observers,
                folder: folder
            ).run()
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(
                names == [
                    "checkpoint.bin", "checkpoint.bin.previous", "diffusion.json", "model_devi.out", "msd.csv",
                    "rdf.csv",
                    "thermo.csv", "thermo.txt", "trajectory.h5",
                ])
            let msd = try String(contentsOfFile: "\(folder)/msd.csv", encoding: .utf8).split(separator: "\n")
            #expect(msd[0] == "time_ps,msd_x_A2,msd_y_A2,msd_z_A2,msd_A2,origins")
            #expect(msd[1].hasPrefix("0.05,") && msd[1].hasSuffix(",40"))
            let rdf = try String(contentsOfFile: "\(folder)/rdf.csv", encoding: .utf8).split(separator: "\n")
            #expect(rdf.count == 31)
            #expect(rdf[0].hasPrefix("r_A,Li-Li_g,Li-Li_g_error,Li-Li_n,Li-Ar_g"))
            #expect(rdf[0].split(separator: ",").count == rdf[30].split(separator: ",").count)
            #expect(try bytes("\(folder)/diffusion.json").count > 20)
            #expect(
                try H5MDReader("\(folder)/trajectory.h5").frame(0).structure.species
                    == Array(repeating: Species.lithium, count: 22))
        }
    }
}
