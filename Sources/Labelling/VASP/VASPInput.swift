import Files
import Foundation
import Structures

/// INCAR, KPOINTS and POSCAR of one single-point calculation with forces and stress. POTCAR is the user's.
public struct VASPInput: Sendable {
    public var structure: Structure
    public var functional: Functional
    public var settings: VASPSettings

    public init(structure: Structure, functional: Functional, settings: VASPSettings = VASPSettings()) {
        self.structure = structure
        self.functional = functional
        self.settings = settings
    }

    /// Elements in the order of POSCAR's groups, which POTCAR has to follow.
    public var potcarOrder: [Species] {
        structure.species.reduce(into: []) { groups, species in
            if groups.last != species { groups.append(species) }
        }
    }

    public var incar: String {
        let lines = [
            "SYSTEM = lgps-bench \(functional.rawValue)", "PREC = Accurate", "ENCUT = \(settings.cutoff)",
            "EDIFF = \(settings.selfConsistency)", "NELM = \(settings.maximumSteps)", "ISMEAR = 0", "SIGMA = 0.05",
            "IBRION = -1", "NSW = 0", "ISIF = 2", "LREAL = .FALSE.", "LWAVE = .FALSE.", "LCHARG = .FALSE.",
        ]
        let further = (settings.tags ?? [:]).sorted { $0.key < $1.key }
        // A tag that is given goes before our own.
        let own = (lines + Self.lines(of: functional)).filter { line in
            !further.contains { line.hasPrefix("\($0.key) =") }
        }
        return (own + further.map { "\($0.key) = \($0.value)" }).joined(separator: "\n") + "\n"
    }

    /// LDA is the functional of LDA POTCARs; the tags of optB88-vdW are those of VASP's manual.
    private static func lines(of functional: Functional) -> [String] {
        switch functional {
        case .pbe: ["GGA = PE"]
        case .pbesol: ["GGA = PS"]
        case .lda: []
        case .scan: ["METAGGA = SCAN", "LASPH = .TRUE."]
        case .pbe0: ["GGA = PE", "LHFCALC = .TRUE.", "AEXX = 0.25", "HFSCREEN = 0.0", "ALGO = Damped", "TIME = 0.4"]
        case .pbeVdW:
            [
                "GGA = BO", "PARAM1 = 0.1833333333", "PARAM2 = 0.22", "LUSE_VDW = .TRUE.", "AGGAC = 0.0",
                "LASPH = .TRUE.",
            ]
        }
    }

    /// Points along each reciprocal vector: max(1, ⌈|b_i|/spacing⌉), as VASP derives them from KSPACING.
    public var mesh: SIMD3<Int> {
        let columns = structure.cell.inverse.transpose
        let counts = (0..<3).map { max(1, Int((2 * Double.pi * columns[$0].norm / settings.kSpacing).rounded(.up))) }
        return SIMD3(counts[0], counts[1], counts[2])
    }

    /// A mesh with Γ, unless it is to be Monkhorst and Pack's.
    public var kPoints: String {
        let scheme = settings.isMonkhorstPack == true ? "Monkhorst-Pack" : "Gamma"
        return "k-points at most \(settings.kSpacing) per Å apart\n0\n\(scheme)\n\(mesh.x) \(mesh.y) \(mesh.z)\n0 0 0\n"
    }

    /// Writes the three files, and POTCAR where `potcarFolder` has ELEMENT/POTCAR for every element.
    ///
    /// - Throws: `LabelFailure` for an element without POTCAR; `InputError` for files that cannot be written.
    public func write(to folder: String, potcarFolder: String?) throws {
        try AtomicFile.write(incar, to: "\(folder)/INCAR")
        try AtomicFile.write(kPoints, to: "\(folder)/KPOINTS")
        try POSCAR(comment: functional.rawValue, structure: structure).write(to: "\(folder)/POSCAR")
        guard let potcarFolder else { return }
        var potcar = Data()
        for element in potcarOrder {
            guard let part = FileManager.default.contents(atPath: "\(potcarFolder)/\(element)/POTCAR") else {
                throw LabelFailure(
                    .missingElement, "\(element) has no POTCAR: there is no \(potcarFolder)/\(element)/POTCAR")
            }
            potcar += part
        }
        try AtomicFile.write(potcar, to: "\(folder)/POTCAR")
    }
}
