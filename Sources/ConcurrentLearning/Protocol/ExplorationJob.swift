import Calculations
import Files
import MolecularDynamics

/// The exploration of one iteration: an element of `model_devi_jobs`.
public struct ExplorationJob: Codable, Hashable, Sendable {
    /// Indices into `sys_configs`.
    public var systems: [Int]
    /// K.
    public var temperatures: [Double]
    /// bar; empty where the ensemble has none.
    public var pressures: [Double]
    public var ensemble: Exploration.Ensemble
    public var steps: Int
    /// Steps between frames.
    public var interval: Int
    /// ps.
    public var timestep: Double
    public var thermostatTime: Double
    public var barostatTime: Double
    /// Fewer candidates of a system than this are not labelled; −1 labels any.
    public var taskMinimum: Int
    /// The models of the iteration before are taken.
    public var skipsTraining: Bool
    /// By system.
    public var trust: [Int: TrustLevels]

    /// What jobs take from the keys beside them.
    struct Shared {
        var timestep: Double
        var thermostatTime: Double
        var barostatTime: Double
        var trust: TrustLevelInput
        /// How many there are.
        var systems: Int
        var isAdaptive: Bool
    }

    private static let keys = KeyClasses(
        used: Set(
            [
                "sys_idx", "temps", "press", "trj_freq", "nsteps", "ensemble", "taut", "taup", "dt", "task_min",
                "skip_training",
            ] + TrustLevelInput.keys),
        renamed: [
            "Ts": "temps", "Ps": "press", "ens": "ensemble", "t_freq": "trj_freq", "traj_freq": "trj_freq",
            "sk_tr": "skip_training", "skip_train": "skip_training",
        ],
        withoutEffect: [
            "neidelay": "the neighbour list is rebuilt when atoms have moved",
            "s_t": "DP-GEN has removed it", "model_devi_e_trust_lo": "DP-GEN has removed it",
            "model_devi_e_trust_hi": "DP-GEN has removed it",
        ],
        unsupported: [
            "nbeads": .init(alternative: "leave it out: nuclei are classical"),
            "pka_e": .init(alternative: "explore at higher temperatures"),
            "template": .init(alternative: "say it by temps, press, nsteps, trj_freq and ensemble"),
            "rev_mat": .init(alternative: "say it by temps, press, nsteps, trj_freq and ensemble"),
            "sys_rev_mat": .init(alternative: "say it by temps, press, nsteps, trj_freq and ensemble"),
            "use_clusters": .init(off: ["false"], alternative: "leave it out: frames are labelled whole"),
        ])

    init(_ node: InputNode, _ shared: Shared, remarks: inout [String]) throws {
        let keys = try node.entries(Self.keys, remarks: &remarks)
        func needed(_ name: String) throws -> InputNode {
            guard let found = keys[name] else { throw node.failure("the key '\(name)' is missing") }
            return found
        }
        systems = try Self.systems(needed("sys_idx"), count: shared.systems)
        ensemble = try Self.ensemble(needed("ensemble"))
        temperatures = try needed("temps").list.map { try $0.positive() }
        guard !temperatures.isEmpty else { throw try needed("temps").failure("there is no temperature") }
        pressures = try ensemble.hasPressure ? needed("press").numbers() : []
        if ensemble.hasPressure, pressures.isEmpty { throw try needed("press").failure("there is no pressure") }
        steps = try needed("nsteps").atLeast(1)
        interval = try needed("trj_freq").atLeast(1)
        guard interval <= steps else {
            throw try needed("trj_freq").failure(
                "a run of \(steps) steps has no frame every \(interval)", mend: "lower trj_freq or raise nsteps")
        }
        timestep = try keys["dt"]?.positive() ?? shared.timestep
        thermostatTime = try keys["taut"]?.positive() ?? shared.thermostatTime
        barostatTime = try keys["taup"]?.positive() ?? shared.barostatTime
        taskMinimum = try keys["task_min"]?.atLeast(-1) ?? -1
        skipsTraining = try keys["skip_training"]?.bool ?? false
        let input = try TrustLevelInput(keys).over(shared.trust)
        trust = [:]
        for system in systems { trust[system] = try Self.trust(input, system, shared, at: node) }
        for key in ["taut", "taup", "dt"] where keys[key] != nil {
            remarks.append("\(node.path)/\(key): obeyed here; DP-GEN's own LAMMPS input ignores it (issue 1904)")
        }
    }

    /// With an adaptive lower level the given one is not needed.
    private static func trust(
        _ input: TrustLevelInput, _ system: Int, _ shared: Shared, at node: InputNode
    ) throws -> TrustLevels {
        var input = input
        if shared.isAdaptive {
            input.forceLow = input.forceLow ?? .all(0)
            if input.virialHigh != nil { input.virialLow = input.virialLow ?? .all(0) }
        }
        return try input.levels(ofSystem: system, at: node)
    }

    /// Indices, and ranges "a-b" or "a-b:step" whose end is excluded.
    private static func systems(_ node: InputNode, count: Int) throws -> [Int] {
        let indices = try node.list.flatMap { entry -> [Int] in
            guard let text = try? entry.string else { return [try entry.atLeast(0)] }
            if let index = Int(text), index >= 0 { return [index] }
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
            let step = parts.count == 2 ? Int(parts[1]) ?? 0 : 1
            guard parts.count <= 2, ends.count == 2, ends[0] >= 0, ends[1] > ends[0], step > 0 else {
                throw entry.failure(
                    "'\(text)' is no range of systems", mend: "write \"0-4\" for 0, 1, 2, 3 or \"0-4:2\" for 0, 2")
            }
            return Array(stride(from: ends[0], to: ends[1], by: step))
        }
        guard !indices.isEmpty else { throw node.failure("no system is named") }
        guard Set(indices).count == indices.count else { throw node.failure("a system is named twice") }
        if let unknown = indices.first(where: { $0 >= count }) {
            throw node.failure(
                "there is no system \(unknown): sys_configs has \(count)", mend: "indices begin with 0")
        }
        return indices
    }

    private static func ensemble(_ node: InputNode) throws -> Exploration.Ensemble {
        switch try node.string.lowercased() {
        case "nve": .nve
        case "nvt": .nvt
        case "npt", "npt-i", "npt-iso": .npt(.isotropic)
        case "npt-a", "npt-aniso": .npt(.anisotropic)
        case "npt-t", "npt-tri": .npt(.flexible)
        default:
            throw node.failure(
                "the ensemble '\(try node.string)' is not supported", mend: "use nve, nvt, npt, npt-aniso or npt-tri")
        }
    }

    /// Whether `other` explores the same conditions, for however long and with whatever levels: jobs in a row that do are a
    /// stage, which ends when it has converged.
    public func isOfSameStage(as other: ExplorationJob) -> Bool {
        systems == other.systems && temperatures == other.temperatures && pressures == other.pressures
            && ensemble == other.ensemble
    }
}
