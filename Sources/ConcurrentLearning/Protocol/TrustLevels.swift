import Files

/// A level that may be the same for all systems or given for each: a number, a list, or an object with the indices as keys.
public enum SystemValue: Equatable, Sendable {
    case all(Double)
    case each([Int: Double])

    init(_ node: InputNode) throws {
        if let object = node.value as? [String: Any] {
            var values: [Int: Double] = [:]
            for (key, value) in object where !key.hasPrefix("_") {
                let entry = InputNode(file: node.file, path: "\(node.path)/\(key)", value: value)
                guard let system = Int(key) else {
                    throw entry.failure("'\(key)' is no index of a system", mend: "write \"0\", \"1\", ...")
                }
                values[system] = try entry.double
            }
            self = .each(values)
        } else if node.value is [Any] {
            let values = try node.numbers()
            self = .each(Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0, $1) }))
        } else {
            self = .all(try node.double)
        }
    }

    subscript(system: Int) -> Double? {
        switch self {
        case .all(let value): value
        case .each(let values): values[system]
        }
    }
}

/// Between which deviations a frame is worth a label.
public struct TrustLevels: Codable, Hashable, Sendable {
    /// Of max_devi_f (eV/Å).
    public var forces: Window
    /// Of max_devi_v (eV, per atom); never reached unless given.
    public var virial: Window

    public struct Window: Codable, Hashable, Sendable {
        public var low: Double
        public var high: Double

        public init(low: Double, high: Double) {
            self.low = low
            self.high = high
        }

        /// DP-GEN's "off".
        static let never = Window(low: 1e10, high: 1e10)
    }

    public init(forces: Window, virial: Window? = nil) {
        self.forces = forces
        self.virial = virial ?? .never
    }
}

/// The four trust levels as the file gives them, of everything or of one job.
struct TrustLevelInput: Equatable {
    var forceLow: SystemValue?
    var forceHigh: SystemValue?
    var virialLow: SystemValue?
    var virialHigh: SystemValue?

    static let keys = [
        "model_devi_f_trust_lo", "model_devi_f_trust_hi", "model_devi_v_trust_lo", "model_devi_v_trust_hi",
    ]

    init(_ keys: [String: InputNode]) throws {
        let values = try Self.keys.map { try keys[$0].map(SystemValue.init) }
        (forceLow, forceHigh, virialLow, virialHigh) = (values[0], values[1], values[2], values[3])
    }

    /// With `other` where this says nothing.
    func over(_ other: TrustLevelInput) -> TrustLevelInput {
        var result = self
        result.forceLow = forceLow ?? other.forceLow
        result.forceHigh = forceHigh ?? other.forceHigh
        result.virialLow = virialLow ?? other.virialLow
        result.virialHigh = virialHigh ?? other.virialHigh
        return result
    }

    /// - Throws: `InputError` for a level that is missing for the system, and for levels that are reversed.
    func levels(ofSystem system: Int, at place: InputNode) throws -> TrustLevels {
        func window(_ low: SystemValue?, _ high: SystemValue?, _ letter: String) throws -> TrustLevels.Window {
            guard let low = low?[system], let high = high?[system] else {
                throw place.failure(
                    "model_devi_\(letter)_trust_lo or _hi is missing for system \(system)",
                    mend: "give a number for all systems, or one for each")
            }
            // Equal levels are DP-GEN's way to switch a window off.
            guard low <= high, low >= 0 else {
                throw place.failure(
                    "the trust levels of system \(system) are reversed: model_devi_\(letter)_trust_lo is \(low), _hi \(high)",
                    mend: "the lower level comes first; it must not be negative")
            }
            return TrustLevels.Window(low: low, high: high)
        }
        return TrustLevels(
            forces: try window(forceLow, forceHigh, "f"),
            virial: virialLow == nil && virialHigh == nil ? nil : try window(virialLow, virialHigh, "v"))
    }
}
