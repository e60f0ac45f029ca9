import DeepPotential
import Execution
import Files
import MolecularDynamics
import Parallel
import Structures

/// Dynamics by the first model of an ensemble, with the deviation of all from each other, and the frames that may be worth
/// a label.
///
/// A trajectory that explodes is a result: its frames before that count, and those that it would have given are missing.
public struct Exploration: Calculation {
    public static let kind = "exploration/1"

    public enum Ensemble: Codable, Hashable, Sendable {
        case nve
        case nvt
        case npt(CellCoupling)

        public var hasPressure: Bool { if case .npt = self { true } else { false } }

        /// "nvt", "npt", "npt-aniso", "npt-tri", as DP-GEN has them.
        public var name: String {
            switch self {
            case .nve: "nve"
            case .nvt: "nvt"
            case .npt(.isotropic): "npt"
            case .npt(.flexible): "npt-tri"
            case .npt: "npt-aniso"
            }
        }
    }

    /// Which frames are kept with their atoms.
    public enum Keeping: Codable, Hashable, Sendable {
        case all
        /// Where max_devi_f (eV/Å) or max_devi_v (eV) is in its window, the upper ends excluded.
        case between(forces: [Double], virial: [Double])
    }

    /// Where it begins.
    public var structure: Structure
    /// SHA-256 of each model; the first drives.
    public var models: [String]
    public var ensemble: Ensemble
    /// K.
    public var temperature: Double
    /// GPa, compression positive.
    public var pressure: Double
    /// ps.
    public var timestep: Double
    public var thermostatTime: Double
    public var barostatTime: Double
    public var steps: Int
    /// Steps between frames; the first is the beginning.
    public var interval: Int
    public var keeping: Keeping
    /// It ends when so many frames in a row have a max_devi_f (eV/Å) of `failureLevel` or more.
    public var failedInARow: Int
    public var failureLevel: Double
    /// amu, by element; standard atomic weights for those that are not named.
    public var masses: [String: Double]
    public var seed: UInt64

    public init(
        _ structure: Structure, models: [String], ensemble: Ensemble, temperature: Double, pressure: Double = 0,
        timestep: Double, thermostatTime: Double = 0.1, barostatTime: Double = 0.5, steps: Int, interval: Int,
        keeping: Keeping, failedInARow: Int, failureLevel: Double, masses: [String: Double] = [:], seed: UInt64
    ) {
        var structure = structure
        structure.velocities = nil
        self.structure = structure
        self.models = models
        self.ensemble = ensemble
        self.temperature = temperature
        self.pressure = pressure
        self.timestep = timestep
        self.thermostatTime = thermostatTime
        self.barostatTime = barostatTime
        self.steps = steps
        self.interval = interval
        self.keeping = keeping
        self.failedInARow = failedInARow
        self.failureLevel = failureLevel
        self.masses = masses
        self.seed = seed
    }

    public var title: String {
        let conditions = ensemble.hasPressure ? ", \(pressure * 1e4) bar" : ""
        return "exploring \(structure.count) atoms, \(ensemble.name) \(temperature) K\(conditions), \(steps) steps"
    }

    /// With a production net on one core of an AVX2 machine.
    public var cost: Double {
        let evaluations = Double(steps) * (1 + Double(models.count - 1) / Double(interval))
        return evaluations * Double(structure.count) * 1e-5 + 1
    }

    public func run(in folder: WorkFolder, control: RunControl) throws -> ExplorationRecord {
        let evaluators = try models.map { CompressedEvaluator(try LoadedModels.model($0, control.inputs)) }
        let recorder = ExplorationRecorder(self, others: Array(evaluators.dropFirst()))
        let simulation = try Simulation(
            configuration: configuration, structure: structure, potential: evaluators[0], observers: [recorder],
            folder: folder.file("dynamics"), potentialIdentity: models.joined(separator: " "),
            masses: structure.species.map { masses[$0.symbol] ?? $0.mass })
        simulation.onProgress = { control.report(Double($0.step) / Double(steps)) }
        do {
            guard try simulation.run(from: .resumeIfPossible, stop: control.stop) == .completed else {
                throw Interrupted()
            }
        } catch let failure as SimulationFailure {
            folder.log("ended at step \(failure.step): \(failure.reason)")
            recorder.record.end = ExplorationRecord.End(step: failure.step, reason: failure.reason)
        }
        return recorder.record
    }

    private var configuration: MDConfiguration {
        var configuration = MDConfiguration(temperature: temperature, steps: steps)
        switch ensemble {
        case .nve: configuration.ensemble = .nve
        case .nvt: configuration.ensemble = .nvt
        case .npt(let coupling):
            configuration.ensemble = .npt
            configuration.barostat.coupling = coupling
            configuration.barostat.relaxationTime = barostatTime
            configuration.pressure = pressure
        }
        configuration.timestep = timestep
        configuration.thermostat.relaxationTime = thermostatTime
        configuration.checkpointInterval = max(2500, steps / 20)
        configuration.seed = seed
        return configuration
    }

    /// Whether a frame of this deviation is kept.
    func keeps(force: Double, virial: Double) -> Bool {
        switch keeping {
        case .all: true
        case .between(let forces, let virials):
            (forces[0] <= force && force < forces[1]) || (virials[0] <= virial && virial < virials[1])
        }
    }
}
