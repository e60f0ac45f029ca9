import Files
import Statistics

extension ClaimTest: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case kind, of, over, minus, with, from, than, within, tolerance, expected, descending, unit, precision, plain
        case significance
    }

    private enum Kind: String, Decodable {
        case agrees, differs, exceeds, below, atLeast, atMost, ratio, exponent, ranking

        /// The keys that say what is compared with.
        var keys: Set<CodingKeys> {
            switch self {
            case .agrees: [.with, .within, .tolerance]
            case .differs: [.from, .tolerance]
            case .exceeds, .below, .atLeast, .atMost: [.than]
            case .ratio: [.within]
            case .exponent: [.expected, .tolerance]
            case .ranking: [.descending]
            }
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(strictlyKeyedBy: CodingKeys.self)
        let kind = try container.decode(Kind.self, forKey: .kind)
        // A key that this kind does not look at would be a condition that silently never holds.
        let common: Set<CodingKeys> = [.kind, .unit, .precision, .plain, .significance]
        let known = common.union(kind.keys).union(kind == .ranking ? [] : [.of, .over, .minus])
        if let stray = container.allKeys.filter({ !known.contains($0) }).map(\.rawValue).min() {
            throw InputError(
                place: decoder.codingPath.map(\.stringValue).joined(separator: "."),
                problem: "a test of kind '\(kind.rawValue)' has no key '\(stray)'",
                mend: "known here: \(known.map(\.rawValue).sorted().joined(separator: ", "))")
        }
        func operand(_ key: CodingKeys) throws -> Operand { try container.decode(Operand.self, forKey: key) }
        comparison =
            switch kind {
            case .agrees where container.contains(.within):
                .lies(within: try container.decode(Range.self, forKey: .within))
            case .agrees:
                .agrees(
                    with: try operand(.with), tolerance: try container.decodeIfPresent(Double.self, forKey: .tolerance))
            case .differs:
                .differs(from: try operand(.from), tolerance: try container.decode(Double.self, forKey: .tolerance))
            case .exceeds: .exceeds(try operand(.than))
            case .below: .below(try operand(.than))
            case .atLeast: .atLeast(try operand(.than))
            case .atMost: .atMost(try operand(.than))
            case .ratio: .ratio(within: try container.decode(Range.self, forKey: .within))
            case .exponent:
                .exponent(
                    try container.decode(Double.self, forKey: .expected),
                    tolerance: try container.decode(Double.self, forKey: .tolerance))
            case .ranking: .ranking(try container.decode([[String]].self, forKey: .descending))
            }
        quantity =
            kind == .ranking
            ? nil
            : Quantity(
                try container.decode(String.self, forKey: .of),
                over: try container.decodeIfPresent(Operand.self, forKey: .over),
                minus: try container.decodeIfPresent(Operand.self, forKey: .minus))
        unit = try container.decodeIfPresent(String.self, forKey: .unit)
        precision = try container.decodeIfPresent(Precision.self, forKey: .precision)
        isPlain = try container.decode(.plain, default: false)
        significance = try container.decode(.significance, default: 2)
    }
}

extension ClaimTest.Operand: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable { case value, error }

    /// A name, a number, or `{"value": 3.5e-5, "error": 1e-6}`.
    public init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self), Double(name) == nil {
            self = .named(name)
        } else if let value = try? decoder.singleValueContainer().decode(Double.self) {
            self = .value(Estimate(value))
        } else {
            let container = try decoder.container(strictlyKeyedBy: CodingKeys.self)
            self = .value(
                Estimate(
                    try container.decode(Double.self, forKey: .value),
                    error: try container.decode(Double.self, forKey: .error)))
        }
    }
}

extension ClaimTest.Range: Decodable {
    /// `[2, 4]`, `[1, null]`.
    public init(from decoder: any Decoder) throws {
        let ends = try decoder.singleValueContainer().decode([Double?].self)
        guard ends.count == 2 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a range has two ends, [lower, upper]"))
        }
        self.init(ends[0], ends[1])
    }
}

extension ClaimTest.Precision: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable { case relative, absolute }

    /// `{"relative": 0.15}` or `{"absolute": 1e-12}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(strictlyKeyedBy: CodingKeys.self)
        if let limit = try container.decodeIfPresent(Double.self, forKey: .relative) {
            self = .relative(limit)
        } else {
            self = .absolute(try container.decode(Double.self, forKey: .absolute))
        }
    }
}
