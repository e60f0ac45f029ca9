import Files
import Foundation
import Structures
import Testing

@testable import MolecularDynamics

@Suite struct ConfigurationTests {
    private func decode(_ text: String) throws -> MDConfiguration {
        try MDConfiguration.decode(Data(text.utf8), file: "md.json")
    }

    @Test func readsAllKeys() throws {
        let configuration = try decode(
            """
            {"ensemble": "npt", "temperature": 300, "pressure": 0.1, "timestep": 0.001, "steps": 50, "seed": 9,
             "initial_velocities": "structure", "constants": "lammps",
             "thermostat": {"relaxation_time": 0.1, "chain_length": 4},
             "barostat": {"relaxation_time": 1, "coupling": "tetragonal"}, "limits": {"temperature": 900},
             "checkpoint_interval": 10,
             "output": {"thermo_interval": 5, "trajectory": {"format": "extxyz", "interval": 2, "species": ["Li"]},
              "displacements": {"interval": 4, "first_step": 8}, "model_deviation": {"interval": 3, "force_limit": 0.5},
              "radial_distribution": {"interval": 6, "maximum_radius": 8, "bins": 80}}}
            """)
        #expect(configuration.ensemble == .npt)
        #expect(configuration.pressure == 0.1)
        #expect(configuration.thermostat.chainLength == 4)
        #expect(configuration.barostat.coupling == .tetragonal)
        #expect(configuration.temperatureLimit == 900)
        #expect(configuration.constants.values == .lammpsMetal)
        #expect(configuration.output.trajectory?.species == ["Li"])
        #expect(configuration.output.displacements?.firstStep == 8)
        #expect(configuration.output.displacements?.species == ["Li"])
        #expect(configuration.output.modelDeviation?.forceLimit == 0.5)
        #expect(configuration.output.radialDistribution?.maximumRadius == 8)
        let again = try MDConfiguration.decode(try JSONEncoder().encode(configuration))
        #expect(again == configuration)
    }

    @Test func defaultsAreThePapers() throws {
        let configuration = try decode(#"{"temperature": 600, "steps": 1}"#)
        #expect(configuration == MDConfiguration(ensemble: .nvt, temperature: 600, steps: 1))
        #expect(configuration.timestep == 0.002)
        #expect(configuration.thermostat.relaxationTime == 0.2)
        #expect(configuration.temperatureLimit == 6000)
    }

    @Test(arguments: [
        (#"{"temperature": 600, "steps": 1, "temprature": 5}"#, "unknown key 'temprature'"),
        (#"{"temperature": 600, "steps": 1, "thermostat": {"tau": 5}}"#, "thermostat: unknown key 'tau'"),
        (#"{"temperature": 600, "steps": 1, "output": {"trajectory": {"interval": 1, "evry": 5}}}"#, "'evry'"),
        (#"{"temperature": 600}"#, "steps: this key is missing"),
        (#"{"temperature": "hot", "steps": 1}"#, "temperature"),
        (#"{"temperature": 600, "steps": 1, "ensemble": "nph"}"#, "ensemble"),
        (#"{"temperature": 600, "steps": 1,"#, "md.json"),
        (#"{"temperature": 0, "steps": 1}"#, "temperature"),
        (#"{"temperature": 600, "steps": -1}"#, "steps"),
        (#"{"temperature": 600, "steps": 1, "timestep": 2}"#, "2 fs are 0.002"),
        (#"{"temperature": 600, "steps": 1, "timestep": 0}"#, "timestep"),
        (#"{"temperature": 600, "steps": 1, "pressure": 1}"#, "no meaning with the ensemble nvt"),
        (#"{"temperature": 600, "steps": 1, "ensemble": "nve", "thermostat": {}}"#, "no meaning with the ensemble nve"),
        (#"{"temperature": 600, "steps": 1, "thermostat": {"relaxation_time": 0.002}}"#, "five timesteps"),
        (#"{"temperature": 600, "steps": 1, "thermostat": {"chain_length": 0}}"#, "chain_length"),
        (#"{"temperature": 600, "steps": 1, "checkpoint_interval": 0}"#, "checkpoint_interval"),
        (#"{"temperature": 600, "steps": 1, "output": {"thermo_interval": 0}}"#, "thermo_interval"),
        (#"{"temperature": 600, "steps": 1, "output": {"trajectory": {"interval": 1, "species": ["Xx"]}}}"#, "'Xx'"),
        (#"{"temperature": 600, "steps": 1, "output": {"displacements": {"interval": 0}}}"#, "displacements.interval"),
        (#"{"temperature": 9, "steps": 1, "output": {"radial_distribution": {"interval": 1, "bins": 0}}}"#, "bins"),
        (
            #"{"temperature": 9, "steps": 1, "output": {"model_deviation": {"interval": 1, "force_limit": -1}}}"#,
            "force_limit"
        ),
    ])
    func namesTheKeyAtFault(text: String, word: String) {
        let error = #expect(throws: InputError.self) { try decode(text) }
        #expect(error?.description.contains(word) ?? false, "\(error!)")
        #expect(error?.file == "md.json")
    }
}
