import DeepPotential
import Structures

/// What a simulation writes into its folder.
public struct MDOutput: Codable, Equatable, Sendable {
    public enum Format: String, Codable, Sendable { case h5md, extxyz }

    /// `trajectory.h5` or `trajectory.extxyz`.
    public struct Trajectory: Codable, Equatable, Sendable {
        public var format = Format.h5md
        /// Steps between frames.
        public var interval: Int
        /// Elements to write; all when nil.
        public var species: [String]?
        /// Whether positions are brought into the cell.
        public var wrapped = false
        public var velocities = false

        public init(interval: Int) { self.interval = interval }

        private enum CodingKeys: String, CodingKey, CaseIterable { case format, interval, species, wrapped, velocities }

        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
            self.init(interval: try values.decode(Int.self, forKey: .interval))
            format = try values.decode(.format, default: format)
            species = try values.decodeIfPresent([String].self, forKey: .species)
            wrapped = try values.decode(.wrapped, default: wrapped)
            velocities = try values.decode(.velocities, default: velocities)
        }
    }

    /// `model_devi.out`, when there are several models.
    public struct Deviation: Codable, Equatable, Sendable {
        /// Steps between lines.
        public var interval: Int
        /// The run stops when max_devi_f passes this (eV/Å); never when nil.
        public var forceLimit: Double?

        public init(interval: Int) { self.interval = interval }

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case interval
            case forceLimit = "force_limit"
        }

        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
            self.init(interval: try values.decode(Int.self, forKey: .interval))
            forceLimit = try values.decodeIfPresent(Double.self, forKey: .forceLimit)
        }
    }

    /// Steps between lines of `thermo.txt` and `thermo.csv`.
    public var thermoInterval = 100
    public var trajectory: Trajectory?
    public var modelDeviation: Deviation?

    public init() {}

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case thermoInterval = "thermo_interval"
        case trajectory
        case modelDeviation = "model_deviation"
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
        thermoInterval = try values.decode(.thermoInterval, default: thermoInterval)
        trajectory = try values.decodeIfPresent(Trajectory.self, forKey: .trajectory)
        modelDeviation = try values.decodeIfPresent(Deviation.self, forKey: .modelDeviation)
    }

    func validate() throws {
        for (key, interval) in [
            ("thermo_interval", thermoInterval), ("trajectory.interval", trajectory?.interval ?? 1),
            ("model_deviation.interval", modelDeviation?.interval ?? 1),
        ] where interval < 1 {
            throw InputError(
                place: "output.\(key)", problem: "\(interval) is out of range", mend: "give at least one step")
        }
        for symbol in trajectory?.species ?? [] {
            _ = try Species(symbol: symbol, place: "output.trajectory.species")
        }
        if let limit = modelDeviation?.forceLimit, !(limit > 0) {
            throw InputError(
                place: "output.model_deviation.force_limit", problem: "\(limit) is out of range",
                mend: "give a positive number of eV/Å")
        }
    }

    /// The observers that write these outputs into `folder`.
    ///
    /// - Parameter others: models 1, 2, ... for the model deviation.
    /// - Throws: `InputError` when a deviation is asked for and there is only one model.
    public func observers(folder: String, others: [any Potential] = []) throws -> [any Observer] {
        var observers: [any Observer] = [ThermoLog(folder: folder, interval: thermoInterval)]
        if let trajectory {
            let selection: AtomSelection =
                try trajectory.species.map { .species(Set(try $0.map { try Species(symbol: $0) })) } ?? .all
            switch trajectory.format {
            case .h5md:
                observers.append(
                    H5MDTrajectory(
                        path: "\(folder)/trajectory.h5", interval: trajectory.interval, selection: selection,
                        isWrapped: trajectory.wrapped, withVelocities: trajectory.velocities))
            case .extxyz:
                observers.append(
                    ExtendedXYZTrajectory(
                        path: "\(folder)/trajectory.extxyz", interval: trajectory.interval, selection: selection,
                        isWrapped: trajectory.wrapped, withVelocities: trajectory.velocities))
            }
        }
        if let modelDeviation {
            guard !others.isEmpty else {
                throw InputError(
                    place: "output.model_deviation", problem: "there is only one model",
                    mend: "give several models, or remove this key")
            }
            observers.append(
                ModelDeviationObserver(
                    path: "\(folder)/model_devi.out", interval: modelDeviation.interval, others: others,
                    forceLimit: modelDeviation.forceLimit))
        }
        return observers
    }
}
