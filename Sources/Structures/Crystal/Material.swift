import Files

/// Li10MP2S12 by its M.
public enum Material: String, Codable, CaseIterable, Comparable, Sendable {
    case germanium = "Ge"
    case silicon = "Si"
    case tin = "Sn"

    /// - Parameter place: where the name was given, for the error.
    /// - Throws: `InputError` when `name` is none of the three.
    public init(name: some StringProtocol, place: String = "--material") throws {
        guard let material = Material(rawValue: String(name)) else {
            throw InputError(
                place: place, problem: "there is no material '\(name)'",
                mend: "choose from \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self = material
    }

    /// The materials of a list such as `Ge,Si,Sn`, in its order.
    ///
    /// - Throws: `InputError` as `init(name:place:)`, and for a list without names.
    public static func list(_ names: String, place: String = "--material") throws -> [Material] {
        let materials = try names.split(separator: ",").map { try Material(name: $0, place: place) }
        guard !materials.isEmpty else { throw InputError(place: place, problem: "no material is named") }
        return materials
    }

    /// M.
    public var species: Species {
        switch self {
        case .germanium: .germanium
        case .silicon: .silicon
        case .tin: .tin
        }
    }

    /// `Li10GeP2S12`, for names of files and data sets.
    public var name: String { "Li10\(rawValue)P2S12" }

    /// `Li₁₀GeP₂S₁₂`, for pages.
    public var formula: String { "Li₁₀\(rawValue)P₂S₁₂" }

    public static func < (a: Material, b: Material) -> Bool {
        allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
    }
}
