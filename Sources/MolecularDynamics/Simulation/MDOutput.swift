import Files
import Structures

/// What a simulation writes into its folder.
public struct MDOutput: Codable, Equatable, Sendable {
    /// Steps between lines of `thermo.txt` and `thermo.csv`.
    public var thermoInterval = 100
    public var trajectory: Trajectory?
    public var modelDeviation: Deviation?
    public var displacements: Displacements?
    public var radialDistribution: Radial?

    public init() {}

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case thermoInterval = "thermo_interval"
        case trajectory
        case modelDeviation = "model_deviation"
        case displacements
        case radialDistribution = "radial_distribution"
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
        thermoInterval = try values.decode(.thermoInterval, default: thermoInterval)
        trajectory = try values.decodeIfPresent(Trajectory.self, forKey: .trajectory)
        modelDeviation = try values.decodeIfPresent(Deviation.self, forKey: .modelDeviation)
        displacements = try values.decodeIfPresent(Displacements.self, forKey: .displacements)
        radialDistribution = try values.decodeIfPresent(Radial.self, forKey: .radialDistribution)
    }

    /// Distances are counted over images: beyond this (Å) they are very many.
    private static let largestRadius = 100.0
    private static let mostBins = 100_000

    func validate() throws {
        for (key, interval) in [
            ("thermo_interval", thermoInterval), ("trajectory.interval", trajectory?.interval ?? 1),
            ("model_deviation.interval", modelDeviation?.interval ?? 1),
            ("displacements.interval", displacements?.interval ?? 1),
            ("radial_distribution.interval", radialDistribution?.interval ?? 1),
            ("radial_distribution.bins", radialDistribution?.bins ?? 1),
        ] where !(1...Count.largest).contains(interval) {
            throw InputError(place: "output.\(key)", problem: "\(interval) is out of range", mend: "give at least one")
        }
        for (key, step) in [
            ("displacements.first_step", displacements?.firstStep ?? 0),
            ("radial_distribution.first_step", radialDistribution?.firstStep ?? 0),
        ] where !(0...Count.largest).contains(step) {
            throw InputError(place: "output.\(key)", problem: "\(step) is out of range", mend: "give a step of the run")
        }
        if let radial = radialDistribution {
            guard radial.bins <= Self.mostBins, !(radial.maximumRadius > Self.largestRadius) else {
                throw InputError(
                    place: "output.radial_distribution",
                    problem: "\(radial.bins) bins up to \(radial.maximumRadius) Å are out of range",
                    mend: "give at most \(Self.mostBins) bins and \(Self.largestRadius) Å")
            }
        }
        for (key, symbols) in [("trajectory", trajectory?.species), ("displacements", displacements?.species)] {
            for symbol in symbols ?? [] { _ = try Species(symbol: symbol, place: "output.\(key).species") }
        }
        for (key, value, unit) in [
            ("model_deviation.force_limit", modelDeviation?.forceLimit, "eV/Å"),
            ("radial_distribution.maximum_radius", radialDistribution?.maximumRadius, "Å"),
        ] {
            if let value, !(value > 0 && value.isFinite) {
                throw InputError(
                    place: "output.\(key)", problem: "\(value) is out of range",
                    mend: "give a positive number of \(unit)")
            }
        }
    }
}
