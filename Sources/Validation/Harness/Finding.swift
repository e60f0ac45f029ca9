import Foundation
import Reporting
import Statistics

/// A number that the report prints, or why there is none.
///
/// In `findings.json`: `{"id", "unit", "value", "error", "keys", "origin", "distrust", "remarks"}`, with `"obstacle"` in the
/// place of value and error where there is no number.
public struct Finding: Codable, Equatable, Sendable {
    public enum Result: Equatable, Sendable {
        /// In the finding's unit.
        case value(Estimate)
        /// Why there is no number: "not diffusive yet: 0.4 jumps per ion".
        case obstacle(String)
    }

    /// `diffusion/Ge/VASP-PBE/disordered/expanded/666K`; `FindingFamily` lists the forms.
    public var id: String
    /// `m²/s`; "" for a plain number.
    public var unit: String
    public var result: Result
    /// Keys (SHA-256) of the outcomes that it was made from.
    public var keys: [String]
    public var origin: Origin
    /// Why nothing may be decided by it ("model deviation above the level in 3 % of samples"); nil where it is trusted.
    public var distrust: String?
    /// What a reader must know before using it.
    public var remarks: [String]

    public init(
        _ id: String, _ result: Result, unit: String, keys: [String], origin: Origin = .here, distrust: String? = nil,
        remarks: [String] = []
    ) {
        self.id = id
        self.unit = unit
        self.result = result
        self.keys = keys
        self.origin = origin
        self.distrust = distrust
        self.remarks = remarks
    }

    /// A finding with a number.
    public init(
        _ id: String, _ estimate: Estimate, unit: String, keys: [String], origin: Origin = .here,
        distrust: String? = nil, remarks: [String] = []
    ) {
        self.init(
            id, .value(estimate), unit: unit, keys: keys, origin: origin, distrust: distrust, remarks: remarks)
    }

    /// The number, trusted or not.
    public var estimate: Estimate? { if case .value(let estimate) = result { estimate } else { nil } }

    /// Why there is no number.
    public var obstacle: String? { if case .obstacle(let text) = result { text } else { nil } }

    private enum CodingKeys: String, CodingKey {
        case id, unit, value, error, obstacle, keys, origin, distrust, remarks
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let result: Result =
            if let obstacle = try container.decodeIfPresent(String.self, forKey: .obstacle) {
                .obstacle(obstacle)
            } else {
                .value(
                    Estimate(
                        try container.decode(Double.self, forKey: .value),
                        error: try container.decode(Double.self, forKey: .error)))
            }
        self.init(
            try container.decode(String.self, forKey: .id), result,
            unit: try container.decode(String.self, forKey: .unit),
            keys: try container.decode([String].self, forKey: .keys),
            origin: try container.decode(Origin.self, forKey: .origin),
            distrust: try container.decodeIfPresent(String.self, forKey: .distrust),
            remarks: try container.decode([String].self, forKey: .remarks))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(unit, forKey: .unit)
        switch result {
        case .value(let estimate):
            try container.encode(estimate.value, forKey: .value)
            try container.encode(estimate.standardError, forKey: .error)
        case .obstacle(let text): try container.encode(text, forKey: .obstacle)
        }
        try container.encode(keys, forKey: .keys)
        try container.encode(origin, forKey: .origin)
        try container.encodeIfPresent(distrust, forKey: .distrust)
        try container.encode(remarks, forKey: .remarks)
    }
}
