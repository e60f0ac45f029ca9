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

    /// Steps between lines of `thermo.txt` and `thermo.csv`.
    public var thermoInterval = 100
    public var trajectory: Trajectory?

    public init() {}

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case thermoInterval = "thermo_interval"
        case trajectory
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
        thermoInterval = try values.decode(.thermoInterval, default: thermoInterval)
        trajectory = try values.decodeIfPresent(Trajectory.self, forKey: .trajectory)
    }

    func validate() throws {
        guard thermoInterval >= 1 else {
            throw InputError(
                place: "output.thermo_interval", problem: "\(thermoInterval) is out of range",
                mend: "give at least one step")
        }
        if let trajectory {
            guard trajectory.interval >= 1 else {
                throw InputError(
                    place: "output.trajectory.interval", problem: "\(trajectory.interval) is out of range",
                    mend: "give at least one step")
            }
            for symbol in trajectory.species ?? [] {
                _ = try Species(symbol: symbol, place: "output.trajectory.species")
            }
        }
    }
}
