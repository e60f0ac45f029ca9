import Files

/// A number, or a word, that this program is known to give, and how far it may move.
///
/// In a file of `reference-data/baselines`: `{"id", "unit", "value", "tolerance", "reason", "counts"}`.
public struct Baseline: Codable, Equatable, Sendable {
    /// What was found: a number, or a word such as a verdict.
    public enum Value: Equatable, Sendable {
        case number(Double)
        case word(String)
    }

    /// Which movements count.
    public enum Direction: String, Codable, Sendable {
        case either
        /// More is better, such as of a speed.
        case fall
    }

    /// `accuracy/LiGePS-PBE/model-000/Ge/force`: its first component is the check that measures it.
    public var id: String
    /// `meV/Å`; "" for a plain number or a word.
    public var unit: String
    public var value: Value
    /// How far the number may move, in its unit; nil for a word, which may not change at all.
    public var tolerance: Double?
    /// Why so far: a key of the file's `reasons`.
    public var reason: String
    public var counts: Direction

    public init(
        _ id: String, _ value: Value, unit: String = "", tolerance: Double? = nil, reason: String,
        counts: Direction = .either
    ) {
        self.id = id
        self.unit = unit
        self.value = value
        self.tolerance = tolerance
        self.reason = reason
        self.counts = counts
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case id, unit, value, tolerance, reason, counts }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
        self.init(
            try values.decode(String.self, forKey: .id), try values.decode(Value.self, forKey: .value),
            unit: try values.decode(.unit, default: ""),
            tolerance: try values.decodeIfPresent(Double.self, forKey: .tolerance),
            reason: try values.decode(String.self, forKey: .reason),
            counts: try values.decode(.counts, default: .either))
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        if !unit.isEmpty { try values.encode(unit, forKey: .unit) }
        try values.encode(value, forKey: .value)
        try values.encodeIfPresent(tolerance, forKey: .tolerance)
        try values.encode(reason, forKey: .reason)
        if counts != .either { try values.encode(counts, forKey: .counts) }
    }
}

extension Baseline.Value: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let word = try? container.decode(String.self) {
            self = .word(word)
        } else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a baseline is a number or a word")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .word(let word): try container.encode(word)
        }
    }
}
