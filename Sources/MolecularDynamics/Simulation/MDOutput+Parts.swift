import Files

extension MDOutput {
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

    /// `msd.csv` and `diffusion.json`, accumulated during the run.
    public struct Displacements: Codable, Equatable, Sendable {
        /// Steps between frames.
        public var interval: Int
        /// The elements that diffuse; the others are the framework.
        public var species = ["Li"]
        /// Where equilibration ends.
        public var firstStep = 0

        public init(interval: Int) { self.interval = interval }

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case interval, species
            case firstStep = "first_step"
        }

        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
            self.init(interval: try values.decode(Int.self, forKey: .interval))
            species = try values.decode(.species, default: species)
            firstStep = try values.decode(.firstStep, default: firstStep)
        }
    }

    /// `rdf.csv`: radial distribution functions of all pairs of elements, accumulated during the run.
    public struct Radial: Codable, Equatable, Sendable {
        /// Steps between frames.
        public var interval: Int
        /// Å.
        public var maximumRadius = 10.0
        public var bins = 500
        /// Where equilibration ends.
        public var firstStep = 0

        public init(interval: Int) { self.interval = interval }

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case interval, bins
            case maximumRadius = "maximum_radius"
            case firstStep = "first_step"
        }

        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
            self.init(interval: try values.decode(Int.self, forKey: .interval))
            maximumRadius = try values.decode(.maximumRadius, default: maximumRadius)
            bins = try values.decode(.bins, default: bins)
            firstStep = try values.decode(.firstStep, default: firstStep)
        }
    }
}
