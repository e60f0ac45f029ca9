import Files
import Foundation
import Structures

extension MDConfiguration: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case ensemble, temperature, pressure, timestep, steps, seed
        case initialVelocities = "initial_velocities"
        case constants, thermostat, barostat, limits
        case checkpointInterval = "checkpoint_interval"
        case output
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
        self.init(
            temperature: try values.decode(Double.self, forKey: .temperature),
            steps: try values.decode(Int.self, forKey: .steps))
        ensemble = try values.decode(.ensemble, default: ensemble)
        pressure = try values.decode(.pressure, default: pressure)
        timestep = try values.decode(.timestep, default: timestep)
        seed = try values.decode(.seed, default: seed)
        initialVelocities = try values.decode(.initialVelocities, default: initialVelocities)
        constants = try values.decode(.constants, default: constants)
        thermostat = try values.decode(.thermostat, default: thermostat)
        barostat = try values.decode(.barostat, default: barostat)
        limits = try values.decode(.limits, default: limits)
        checkpointInterval = try values.decode(.checkpointInterval, default: checkpointInterval)
        output = try values.decode(.output, default: output)
        if ensemble == .nve, values.contains(.thermostat) { throw Self.meaningless(.thermostat, ensemble) }
        if ensemble != .npt {
            for key in [CodingKeys.barostat, .pressure] where values.contains(key) {
                throw Self.meaningless(key, ensemble)
            }
        }
    }

    private static func meaningless(_ key: CodingKeys, _ ensemble: Ensemble) -> InputError {
        InputError(
            place: key.rawValue, problem: "this has no meaning with the ensemble \(ensemble.rawValue)",
            mend: "remove it, or choose another ensemble")
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(ensemble, forKey: .ensemble)
        try values.encode(temperature, forKey: .temperature)
        if ensemble == .npt { try values.encode(pressure, forKey: .pressure) }
        try values.encode(timestep, forKey: .timestep)
        try values.encode(steps, forKey: .steps)
        try values.encode(seed, forKey: .seed)
        try values.encode(initialVelocities, forKey: .initialVelocities)
        try values.encode(constants, forKey: .constants)
        if ensemble != .nve { try values.encode(thermostat, forKey: .thermostat) }
        if ensemble == .npt { try values.encode(barostat, forKey: .barostat) }
        try values.encode(limits, forKey: .limits)
        try values.encode(checkpointInterval, forKey: .checkpointInterval)
        try values.encode(output, forKey: .output)
    }

    /// The configuration in the file at `path`.
    ///
    /// - Throws: `InputError` that names an unknown, missing or ill-typed key, or a value out of range.
    public static func read(_ path: String) throws -> MDConfiguration {
        try decode(InputFile.data(at: path), file: path)
    }

    /// The configuration in JSON `data`; `file` is for messages.
    public static func decode(_ data: Data, file: String? = nil) throws -> MDConfiguration {
        do {
            let configuration = try JSONDecoder().decode(MDConfiguration.self, from: data)
            try configuration.validate()
            return configuration
        } catch let error as DecodingError {
            throw InputError(error, file: file)
        } catch var error as InputError {
            error.file = error.file ?? file
            throw error
        }
    }
}
