import Files
import Foundation
import Labelling
import Structures

/// `user_fp_params` of CP2K: sections as nested objects, "_" a section's own parameter, KIND as parallel lists.
///
/// What our labeller can set is taken; what cannot change a converged result has no effect; the rest is refused by name.
struct CP2KParameters {
    let labelling: (Functional, CP2KSettings)

    /// Paths below FORCE_EVAL whose content changes no converged result, or is the structure's.
    private static let withoutEffect = [
        "METHOD", "STRESS_TENSOR", "PRINT", "DFT/BASIS_SET_FILE_NAME", "DFT/POTENTIAL_FILE_NAME", "DFT/PRINT",
        "DFT/SCF/SCF_GUESS", "DFT/SCF/OT", "DFT/SCF/OUTER_SCF", "DFT/SCF/ADDED_MOS", "DFT/SCF/CHOLESKY",
        "DFT/SCF/DIAGONALIZATION", "DFT/SCF/MIXING", "DFT/SCF/PRINT", "DFT/SCF/MAX_SCF_HISTORY", "DFT/QS/METHOD",
        "DFT/QS/EXTRAPOLATION", "DFT/QS/EXTRAPOLATION_ORDER", "DFT/MGRID/NGRIDS", "DFT/POISSON", "SUBSYS/CELL",
        "SUBSYS/COORD",
    ]

    /// Without parameters, the settings of `lgps-bench label`; with them, DP-GEN's defaults for what is not said.
    init(_ node: InputNode?, remarks: inout [String]) throws {
        guard let node else {
            labelling = (.pbe, .economical)
            return
        }
        var settings = CP2KSettings(
            basis: [:], fallbackBasis: "DZVP-MOLOPT-SR-GTH", cutoff: 400, relativeCutoff: 50, screening: 1e-12,
            selfConsistency: 1e-6, maximumSteps: 50, kPoints: .gamma)
        var functional = Functional.pbe
        var ignored: [String] = []
        for (path, leaf) in try Self.leaves(node) {
            if path.hasPrefix("GLOBAL/") { continue }
            guard path.hasPrefix("FORCE_EVAL/") else {
                throw leaf.failure("unknown section of CP2K", mend: "give FORCE_EVAL and GLOBAL")
            }
            let name = String(path.dropFirst("FORCE_EVAL/".count))
            switch name {
            case "DFT/MGRID/CUTOFF": settings.cutoff = try Self.number(leaf)
            case "DFT/MGRID/REL_CUTOFF": settings.relativeCutoff = try Self.number(leaf)
            case "DFT/QS/EPS_DEFAULT": settings.screening = try Self.number(leaf)
            case "DFT/SCF/EPS_SCF": settings.selfConsistency = try Self.number(leaf)
            case "DFT/SCF/MAX_SCF": settings.maximumSteps = try Self.count(leaf)
            case "DFT/SCF/MIXING/ALPHA": settings.mixing = try Self.number(leaf)
            case "DFT/SCF/MIXING/NBROYDEN": settings.mixingHistory = try Self.count(leaf)
            case "DFT/KPOINTS/SCHEME": settings.kPoints = try Self.kPoints(leaf, settings.kPoints)
            case "DFT/KPOINTS/KPOINT": settings.kPoints = try Self.point(leaf)
            case "DFT/XC/XC_FUNCTIONAL/_", "DFT/XC/XC_FUNCTIONAL": functional = try Self.functional(leaf, functional)
            case "DFT/XC/XC_FUNCTIONAL/PBE/PARAMETRIZATION":
                functional = leaf.printed.uppercased() == "PBESOL" ? .pbesol : functional
            case "SUBSYS/KIND/_", "SUBSYS/KIND/POTENTIAL", "SUBSYS/KIND/BASIS_SET": break
            case "DFT/CHARGE": try Self.require(leaf, "0", "cells are neutral")
            case "DFT/UKS", "DFT/LSD": try Self.require(leaf, "FALSE", "an odd electron is unpaired by itself")
            case _ where Self.withoutEffect.contains { name == $0 || name.hasPrefix($0 + "/") }:
                ignored.append(name)
            default:
                throw leaf.failure(
                    "this setting of CP2K is not supported",
                    mend: "supported are functional, KIND, CUTOFF, REL_CUTOFF, EPS_DEFAULT, EPS_SCF, MAX_SCF, KPOINTS")
            }
        }
        settings.basis = try Self.basis(node)
        if !ignored.isEmpty {
            remarks.append(
                "\(node.path): no effect here, as no converged label depends on it: "
                    + ignored.sorted().joined(separator: ", "))
        }
        labelling = (functional, settings)
    }

    /// Every value with its path in capitals.
    private static func leaves(_ node: InputNode, below path: String = "") throws -> [(String, InputNode)] {
        guard let object = node.uncommentedSections else { return [(path, node)] }
        return try object.sorted { $0.key < $1.key }.flatMap { key, value in
            let child = InputNode(file: node.file, path: "\(node.path)/\(key)", value: value)
            return try leaves(child, below: path.isEmpty ? key.uppercased() : "\(path)/\(key.uppercased())")
        }
    }

    /// A number, also as text, also with Fortran's exponent and a unit before it ("[eV] 500" is refused).
    private static func number(_ node: InputNode) throws -> Double {
        if let value = try? node.positive() { return value }
        let text = node.printed.lowercased().replacingOccurrences(of: "d", with: "e")
        guard let value = Double(text), value > 0, value.isFinite else {
            throw node.failure("'\(node.printed)' is no positive number", mend: "give it in CP2K's own unit")
        }
        return value
    }

    private static func count(_ node: InputNode) throws -> Int {
        guard let value = Count.exactly(try number(node), in: 1...1_000_000) else {
            throw node.failure("'\(node.printed)' is no whole number from 1 to a million")
        }
        return value
    }

    private static func require(_ node: InputNode, _ value: String, _ reason: String) throws {
        let found = node.printed.uppercased().trimmingCharacters(in: ["."])
        guard found == value || (value == "FALSE" && ["F", "0"].contains(found)) else {
            throw node.failure("'\(node.printed)' is not supported: \(reason)", mend: "leave it out")
        }
    }

    private static func functional(_ node: InputNode, _ before: Functional) throws -> Functional {
        switch node.printed.uppercased() {
        case "PBE": before == .pbesol ? .pbesol : .pbe
        case "PADE", "LDA": .lda
        default:
            throw node.failure("the functional '\(node.printed)' is not supported", mend: "use PBE, PBEsol or PADE")
        }
    }

    private static func kPoints(_ node: InputNode, _ before: CP2KSettings.KPoints) throws -> CP2KSettings.KPoints {
        let words = node.printed.uppercased().split(separator: " ")
        let mesh = words.dropFirst().compactMap { Int($0) }
        if words == ["GAMMA"] { return .gamma }
        if words == ["GENERAL"] { return before }
        guard words.first == "MONKHORST-PACK", mesh.count == 3, mesh.allSatisfy({ $0 > 0 }) else {
            throw node.failure(
                "'\(node.printed)' is not supported", mend: "use GAMMA, MONKHORST-PACK 2 2 2 or GENERAL with one KPOINT"
            )
        }
        return .monkhorstPack(mesh[0], mesh[1], mesh[2])
    }

    private static func point(_ node: InputNode) throws -> CP2KSettings.KPoints {
        let numbers = node.printed.split(separator: " ").compactMap { Double($0) }
        guard numbers.count >= 3 else {
            throw node.failure("'\(node.printed)' is no k-point", mend: "write \"0.25 0.25 0.25 1\"")
        }
        return .point(SIMD3(numbers[0], numbers[1], numbers[2]))
    }

    /// KIND's parallel lists.
    private static func basis(_ node: InputNode) throws -> [String: String] {
        var kind = node
        for key in ["FORCE_EVAL", "SUBSYS", "KIND"] {
            guard let value = (kind.value as? [String: Any])?[key] else {
                throw node.failure("FORCE_EVAL/SUBSYS/KIND is missing", mend: "give \"_\" and \"BASIS_SET\" as lists")
            }
            kind = InputNode(file: node.file, path: "\(kind.path)/\(key)", value: value)
        }
        let lists = kind.value as? [String: Any] ?? [:]
        func list(_ key: String) throws -> [String] {
            guard let value = lists[key] else { throw kind.failure("'\(key)' is missing") }
            return try InputNode(file: node.file, path: "\(kind.path)/\(key)", value: value).strings()
        }
        let (elements, sets) = (try list("_"), try list("BASIS_SET"))
        guard elements.count == sets.count else {
            throw kind.failure(
                "\(sets.count) basis sets for \(elements.count) elements", mend: "the lists are parallel")
        }
        for element in elements { _ = try Species(symbol: element, file: node.file, place: kind.path) }
        return Dictionary(zip(elements, sets)) { first, _ in first }
    }
}

extension InputNode {
    /// An object's entries; of the keys that begin with "_" only "_" itself, CP2K's section parameter, stays.
    fileprivate var uncommentedSections: [String: Any]? {
        (value as? [String: Any])?.filter { $0.key == "_" || !$0.key.hasPrefix("_") }
    }
}
