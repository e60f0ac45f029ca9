import Files
import Structures

/// The kinds of findings, by the first component of their ids.
public enum FindingFamily: String, CaseIterable, Codable, Sendable {
    case accuracy, speed, diffusion
    case diffusionAB = "diffusion-ab"
    case diffusionC = "diffusion-c"
    case activation, extrapolated, curvature, convergence
    case convergenceError = "convergence-error"
    case size, lattice, expansion, volume, disorder, rdf, locality, iterations, haven, conductivity, sites, jumps
    case timestep, models, calibration, elastic, arrangements

    /// The forms of ids in this family.
    ///
    /// `{M}` is a material (Ge), `{LEVEL}` a level of theory (CP2K-PBEsol), `{X}` an element, `{n}` a number; `a|b` is one of
    /// several words, and `...` whatever follows.
    public var forms: [String] {
        switch self {
        case .accuracy:
            ["accuracy/{M}/{LEVEL}/energy|force|virial", "accuracy/{M}/{LEVEL}/heldout/energy|force|virial"]
        case .speed: ["speed/{n}-threads/{n}-atoms", "speed/{n}-threads/hours-per-ns|exponent"]
        case .diffusion, .diffusionAB, .diffusionC, .haven, .conductivity:
            ["\(rawValue)/{M}/{LEVEL}/ordered|disordered/fixed|expanded|npt/{n}K"]
        case .activation, .curvature: ["\(rawValue)/{M}/{LEVEL}/ordered|disordered/fixed|expanded|npt"]
        case .extrapolated: ["extrapolated/{M}/{LEVEL}/ordered|disordered/fixed|expanded|npt/{n}K"]
        case .convergence, .convergenceError:
            ["\(rawValue)/{M}/{LEVEL}/ordered|disordered/fixed|expanded|npt/{n}K/{n}ps"]
        case .size: ["size/{M}/{LEVEL}/ordered|disordered/{n}K/{n}"]
        case .lattice: ["lattice/{M}/{LEVEL}/a|c|volume|volume-excess"]
        case .expansion: ["expansion/{M}/{LEVEL}/alpha|alpha-a|alpha-c|anisotropy-above-700K"]
        case .volume: ["volume/{M}/{LEVEL}/{n}K"]
        case .disorder: ["disorder/{M}/{LEVEL}/fixed|expanded|npt/{n}K/ratio|spread"]
        case .rdf: ["rdf/{M}/{LEVEL}/Li-{X}", "rdf/{M}/{LEVEL}/overlap"]
        case .sites:
            ["sites/{M}/{LEVEL}/ordered|disordered/fixed|expanded|npt/{n}K/Li1|Li2|Li3|Li4"]
        case .jumps:
            ["jumps/{M}/{LEVEL}/ordered|disordered/fixed|expanded|npt/{n}K/rate|returning|correlation-ab|correlation-c"]
        case .timestep: ["timestep/{M}/{LEVEL}/{n}K/{n}fs/diffusion|drift|rdf"]
        case .models: ["models/{M}/{LEVEL}/ordered|disordered/{n}K/spread"]
        // DFT's own, and that of models.
        case .locality:
            ["locality/{M}", "locality/{M}/{LEVEL}"].flatMap {
                ["\($0)/{X}/{n}A", "\($0)/{X}/{n}A/direct", "\($0)/{X}/sum-rule"]
            }
        case .iterations:
            [
                "iterations/{M}/{LEVEL}/accurate",
                "iterations/{M}/{LEVEL}/accurate|candidate|failed|labels|below-error/{n}",
            ]
        case .elastic:
            ["elastic/{M}/{LEVEL}/relaxed|clamped|labelled/bulk|shear|C11|C33|C12|C13|C44|C66"]
        case .arrangements: ["arrangements/{M}/{LEVEL}/spread|error|rank|disagreement"]
        case .calibration: ["calibration/{M}/{LEVEL}/..."]
        }
    }

    /// - Throws: `InputError` when no family has ids like `pattern`.
    public static func family(of pattern: FindingPattern) throws -> FindingFamily {
        guard let family = FindingFamily(rawValue: pattern.family) else {
            throw InputError(
                problem: "'\(pattern)': there is no family of findings '\(pattern.family)'",
                mend: "known: \(allCases.map(\.rawValue).sorted().joined(separator: ", "))")
        }
        guard
            family.forms.contains(where: { fits(pattern.components, form: $0.split(separator: "/").map(String.init)) })
        else {
            throw InputError(
                problem: "'\(pattern)' is no id of this family",
                mend: "its ids are like \(family.forms.joined(separator: ", "))")
        }
        return family
    }

    private static func fits(_ components: [String], form: [String]) -> Bool {
        if form.last == "..." {
            return components.count >= form.count
                && fits(Array(components.prefix(form.count - 1)), form: form.dropLast())
        }
        return components.count == form.count && zip(components, form).allSatisfy { $0 == "*" || fits($0, part: $1) }
    }

    private static func fits(_ component: String, part: String) -> Bool {
        switch part {
        case "{M}": return Material(rawValue: component) != nil
        case "{LEVEL}": return isLevel(component)
        default: break
        }
        if part.hasPrefix("{n}") {
            guard component.hasSuffix(part.dropFirst(3)) else { return false }
            return Double(component.dropLast(part.count - 3)) != nil
        }
        if part.hasSuffix("{X}") {
            let head = part.dropLast(3)
            return component.hasPrefix(head)
                && ["Li", "Ge", "Si", "Sn", "P", "S"].contains(component.dropFirst(head.count))
        }
        return part.split(separator: "|").contains { $0 == component }
    }

    private static func isLevel(_ name: String) -> Bool {
        guard let dash = name.firstIndex(of: "-"), dash != name.startIndex else { return false }
        return Functional(rawValue: String(name[name.index(after: dash)...])) != nil
    }
}
