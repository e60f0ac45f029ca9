import Files

extension MDConfiguration {
    /// The Nosé-Hoover chain on the atoms.
    public struct Thermostat: Codable, Equatable, Sendable {
        /// τ (ps); the paper takes 100 timesteps.
        public var relaxationTime = 0.2
        public var chainLength = 3

        public init() {}

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case relaxationTime = "relaxation_time"
            case chainLength = "chain_length"
        }

        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
            relaxationTime = try values.decode(.relaxationTime, default: relaxationTime)
            chainLength = try values.decode(.chainLength, default: chainLength)
        }
    }

    /// The Martyna-Tobias-Klein barostat and its chain, which is as long as the thermostat's.
    public struct Barostat: Codable, Equatable, Sendable {
        /// τ_b (ps).
        public var relaxationTime = 0.5
        public var coupling = CellCoupling.isotropic

        public init() {}

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case relaxationTime = "relaxation_time"
            case coupling
        }

        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
            relaxationTime = try values.decode(.relaxationTime, default: relaxationTime)
            coupling = try values.decode(.coupling, default: coupling)
        }
    }

    /// Where a run is taken to have exploded.
    public struct Limits: Codable, Equatable, Sendable {
        /// K; ten times the target, but at least 3000 K, when nil.
        public var temperature: Double?

        public init() {}

        private enum CodingKeys: String, CodingKey, CaseIterable { case temperature }

        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
            temperature = try values.decodeIfPresent(Double.self, forKey: .temperature)
        }
    }
}
