import Reporting
import Structures

/// Li10MP2S12 by its M.
public enum Material: String, Codable, CaseIterable, Sendable {
    case germanium = "Ge"
    case silicon = "Si"
    case tin = "Sn"

    /// - Throws: `InputError` when `name` is none of the three.
    public init(name: String) throws {
        guard let material = Material(rawValue: name) else {
            throw InputError(
                place: "--material", problem: "there is no material '\(name)'",
                mend: "choose one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self = material
    }

    public var species: Species {
        switch self {
        case .germanium: .germanium
        case .silicon: .silicon
        case .tin: .tin
        }
    }

    /// `Li₁₀GeP₂S₁₂`.
    public var formula: String { NumberText.formula("Li10\(rawValue)P2S12") }
}
