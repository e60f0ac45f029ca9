import Execution
import MolecularDynamics
import Structures

/// One molecular dynamics run of a crystal: equilibration, then production, of which everything is recorded that any
/// experiment may ask of it (`DynamicsRecord`).
///
/// A longer run goes on from a shorter one: the length is left out of the work folder's key.
public struct Dynamics: Calculation, Hashable {
    public static let kind = "dynamics/1"

    /// What comes before production and is not looked at.
    public struct Equilibration: Codable, Hashable, Sendable {
        /// At the temperature of the run (ps).
        public var picoseconds: Double
        /// Before that, at a temperature (K) at which the ions find their places sooner.
        public var annealing: Annealing?

        public struct Annealing: Codable, Hashable, Sendable {
            public var temperature: Double
            public var picoseconds: Double

            public init(temperature: Double, picoseconds: Double) {
                self.temperature = temperature
                self.picoseconds = picoseconds
            }
        }

        public init(picoseconds: Double, annealing: Annealing? = nil) {
            self.picoseconds = picoseconds
            self.annealing = annealing
        }
    }

    public enum Ensemble: Codable, Hashable, Sendable {
        case nvt
        /// Zero pressure; how the cell may change.
        case npt(CellCoupling)
    }

    public var crystal: Crystal
    /// SHA-256 of the model that drives the run.
    public var model: String
    /// SHA-256 of the ensemble's other models, whose deviation is recorded; may be empty.
    public var deviationModels: [String]
    public var ensemble: Ensemble
    /// K.
    public var temperature: Double
    /// ps.
    public var timestep: Double
    public var equilibration: Equilibration
    /// Production (ps).
    public var picoseconds: Double
    /// Between positions that the displacements are made of (ps).
    public var sampleInterval: Double
    /// Between samples of radial distributions and model deviation (ps).
    public var structureInterval: Double
    public var seed: UInt64

    public init(
        crystal: Crystal, model: String, deviationModels: [String] = [], ensemble: Ensemble = .nvt, temperature: Double,
        timestep: Double = 0.002, equilibration: Equilibration, picoseconds: Double, sampleInterval: Double = 0.1,
        structureInterval: Double = 0.5, seed: UInt64
    ) {
        self.crystal = crystal
        self.model = model
        self.deviationModels = deviationModels
        self.ensemble = ensemble
        self.temperature = temperature
        self.timestep = timestep
        self.equilibration = equilibration
        self.picoseconds = picoseconds
        self.sampleInterval = sampleInterval
        self.structureInterval = structureInterval
        self.seed = seed
    }

    public var title: String {
        let arrangement =
            switch crystal.arrangement {
            case .ordered: "ordered"
            case .disordered(_, let index): "disordered \(index)"
            }
        let name = ensemble == .nvt ? "NVT" : "NPT"
        return "\(crystal.material.name) \(arrangement), \(crystal.supercell.atoms) atoms, \(name) "
            + "\(temperature.formatted(.number.grouping(.never))) K, \(picoseconds.formatted(.number.grouping(.never))) ps"
    }

    /// Per atom and step with a production net on one core of an AVX2 machine (s), three other models every half a picosecond.
    private static let secondsPerAtomStep = 1.4e-5

    public var cost: Double {
        let before = equilibration.picoseconds + (equilibration.annealing?.picoseconds ?? 0)
        return (before + picoseconds) / timestep * Double(crystal.supercell.atoms) * Self.secondsPerAtomStep
    }

    public var folderKey: String { withoutLength.key }

    /// What this run shares with those that go on from it.
    public var withoutLength: Dynamics {
        var shared = self
        shared.picoseconds = 0
        return shared
    }

    /// The production's state with the history of the displacements, some MB.
    public var stateFiles: [String] { ["production/checkpoint.bin"] }

    /// Steps of a time (ps).
    func steps(_ picoseconds: Double) -> Int { Int((picoseconds / timestep).rounded()) }
}
