import Labelling
import Structures

/// What computes labels, with everything that they depend on besides the structure.
public enum LabelCode: Codable, Hashable, Sendable {
    /// Functionals in their order: each goes on from the converged state of the one before.
    case cp2k(functionals: [Functional], settings: CP2KSettings)
    case vasp(functional: Functional, settings: VASPSettings)
    /// A model as teacher, by the SHA-256 of its file.
    case model(String)

    /// "CP2K", "VASP", "model".
    public var name: String {
        switch self {
        case .cp2k: "CP2K"
        case .vasp: "VASP"
        case .model: "model"
        }
    }

    /// With its one level of theory, for titles: "CP2K PBE".
    var nameAndLevel: String { "\(name) \(levels.joined())" }

    /// The levels of theory, in the order in which a frame goes through them: "PBE", or "model".
    public var levels: [String] {
        switch self {
        case .cp2k(let functionals, _): functionals.map(\.rawValue)
        case .vasp(let functional, _): [functional.rawValue]
        case .model: ["model"]
        }
    }

    /// The same code for some of its levels.
    public func restricted(to levels: [String]) -> LabelCode {
        guard case .cp2k(let functionals, let settings) = self else { return self }
        return .cp2k(functionals: functionals.filter { levels.contains($0.rawValue) }, settings: settings)
    }

    /// The settings that the labels of `level` depend on, in words, for the manifest of a dataset.
    public func summary(of level: String) -> [String: String] {
        switch self {
        case .cp2k(_, let settings): settings.summary.merging(["functional": level]) { $1 }
        case .vasp(_, let settings): settings.summary.merging(["functional": level]) { $1 }
        case .model(let hash): ["teacher": Self.teacher(hash)]
        }
    }

    /// "model sha256:…": the code in a model's labels.
    static func teacher(_ hash: String) -> String { "model sha256:\(hash)" }

    /// Without basis sets of other elements, so that keys do not depend on them.
    func trimmed(to elements: Set<Species>) -> LabelCode {
        guard case .cp2k(let functionals, var settings) = self else { return self }
        let symbols = Set(elements.map(\.symbol))
        settings.basis = settings.basis.filter { symbols.contains($0.key) }
        return .cp2k(functionals: functionals, settings: settings)
    }

    /// Core seconds for one frame: of CP2K with the economical settings on cores of the machine of Benchmarks/labelling.
    func cost(of structure: Structure) -> Double {
        switch self {
        case .cp2k(let functionals, _):
            // The second functional starts near its end.
            let share = 1 + 0.5 * Double(max(0, functionals.count - 1))
            return 0.02 * Double(structure.count * structure.count) * share
        case .vasp: return 0.5 * Double(structure.count * structure.count)
        case .model: return 1e-4 * Double(structure.count)
        }
    }
}
