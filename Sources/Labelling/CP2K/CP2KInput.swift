import Foundation
import Structures

/// The input file of one CP2K energy, force and stress calculation.
public struct CP2KInput: Sendable {
    public var structure: Structure
    public var functional: Functional
    public var settings: CP2KSettings
    public var project: String
    /// The file with the density matrices or orbitals to start from; atomic densities when nil.
    public var restartFile: String?
    /// Whether the final state is written for another calculation to start from.
    public var writesRestart: Bool

    /// One element with the names that the installed CP2K has for it.
    struct Kind: Equatable {
        var element: Species
        var basis: String
        var basisFile: String
        var potential: CP2KDataLibrary.Potential
    }

    let kinds: [Kind]

    /// - Throws: `LabelFailure` for an element without basis set or potential, and for a combination that CP2K cannot
    ///   compute.
    public init(
        structure: Structure, functional: Functional, settings: CP2KSettings, library: CP2KDataLibrary,
        project: String, restartFile: String? = nil, writesRestart: Bool = false
    ) throws {
        self.structure = structure
        self.functional = functional
        self.settings = settings
        self.project = project
        self.restartFile = restartFile
        self.writesRestart = writesRestart
        guard functional != .pbe0 || settings.kPoints == .gamma else {
            throw LabelFailure(.badStructure, "CP2K computes PBE0 at the Γ point only; ask for k-points Gamma")
        }
        kinds = try Set(structure.species).sorted().map { element in
            let basis = settings.basisName(of: element)
            guard let basisFile = library.basisFile(basis, for: element) else {
                let known = library.basisNames(for: element)
                throw LabelFailure(
                    .missingElement,
                    "\(element) has no basis set \(basis); "
                        + (known.isEmpty ? "there is none for it" : "there are \(known.joined(separator: ", "))"))
            }
            let family = functional.potentialFamily
            guard let potential = library.potential(family: family, for: element, basis: basis) else {
                throw LabelFailure(
                    .missingElement, "\(element) has no \(family) potential that fits the basis \(basis)")
            }
            return Kind(element: element, basis: basis, basisFile: basisFile, potential: potential)
        }
    }

    /// Valence electrons of the whole structure.
    var electrons: Int {
        let valence = Dictionary(uniqueKeysWithValues: kinds.map { ($0.element, $0.potential.valenceElectrons) })
        return structure.species.reduce(0) { $0 + (valence[$1] ?? 0) }
    }

    /// The input file's text.
    public var text: String {
        """
        &GLOBAL
          PROJECT \(project)
          RUN_TYPE ENERGY_FORCE
          PRINT_LEVEL LOW
        &END GLOBAL
        &FORCE_EVAL
          METHOD QUICKSTEP
          STRESS_TENSOR ANALYTICAL
          &DFT
        \(unique(kinds.map { "    BASIS_SET_FILE_NAME \($0.basisFile)" }))
        \(unique(kinds.map { "    POTENTIAL_FILE_NAME \($0.potential.file)" }))
        \(startText)\(spinText)\(kPointsText)    &MGRID
              CUTOFF \(settings.cutoff)
              REL_CUTOFF \(settings.relativeCutoff)
              NGRIDS 5
            &END MGRID
            &QS
              METHOD GPW
              EPS_DEFAULT \(settings.screening)
            &END QS
            &SCF
              SCF_GUESS \(restartFile == nil ? "ATOMIC" : "RESTART")
              EPS_SCF \(settings.selfConsistency)
              MAX_SCF \(settings.maximumSteps)
              &DIAGONALIZATION ON
              &END DIAGONALIZATION
              &MIXING
                METHOD BROYDEN_MIXING
                ALPHA \(settings.mixing)
                NBROYDEN \(settings.mixingHistory)
              &END MIXING
              &PRINT
                &RESTART \(writesRestart ? "ON" : "OFF")
                  BACKUP_COPIES 0
                  &EACH
                    QS_SCF 0
                  &END EACH
                  ADD_LAST NUMERIC
                &END RESTART
              &END PRINT
            &END SCF
            &XC
        \(indented(functional.exchangeCorrelationSection(cell: structure.cell), by: 6))
            &END XC
          &END DFT
          &SUBSYS
            &CELL
        \(cellText)
              PERIODIC \(structure.isPeriodic ? "XYZ" : "NONE")
            &END CELL
            &COORD
        \(coordinatesText)
            &END COORD
        \(kindsText)
          &END SUBSYS
          &PRINT
            &FORCES ON
              NDIGITS 10
            &END FORCES
            &STRESS_TENSOR ON
            &END STRESS_TENSOR
          &END PRINT
        &END FORCE_EVAL

        """
    }

    private var startText: String { restartFile.map { "    WFN_RESTART_FILE_NAME \($0)\n" } ?? "" }

    /// An odd number of electrons leaves one spin unpaired.
    private var spinText: String { electrons.isMultiple(of: 2) ? "" : "    UKS TRUE\n    MULTIPLICITY 2\n" }

    private var kPointsText: String {
        switch settings.kPoints {
        case .gamma: ""
        case .point(let k):
            "    &KPOINTS\n      SCHEME GENERAL\n      KPOINT \(k.x) \(k.y) \(k.z) 1.0\n    &END KPOINTS\n"
        case .monkhorstPack(let a, let b, let c):
            "    &KPOINTS\n      SCHEME MONKHORST-PACK \(a) \(b) \(c)\n    &END KPOINTS\n"
        }
    }

    private var cellText: String {
        zip(["A", "B", "C"], [structure.cell.vectors[0], structure.cell.vectors[1], structure.cell.vectors[2]])
            .map { "      \($0) \(Self.numbers($1))" }.joined(separator: "\n")
    }

    private var coordinatesText: String {
        zip(structure.species, structure.positions).map { "      \($0) \(Self.numbers($1))" }.joined(separator: "\n")
    }

    private var kindsText: String {
        kinds.map {
            """
                &KIND \($0.element)
                  BASIS_SET \($0.basis)
                  POTENTIAL \($0.potential.name)
                &END KIND
            """
        }.joined(separator: "\n")
    }

    private static func numbers(_ v: SIMD3<Double>) -> String {
        String(format: "%.12f %.12f %.12f", v.x, v.y, v.z)
    }

    private func unique(_ lines: [String]) -> String {
        var seen: Set<String> = []
        return lines.filter { seen.insert($0).inserted }.joined(separator: "\n")
    }

    private func indented(_ text: String, by spaces: Int) -> String {
        text.split(separator: "\n").map { String(repeating: " ", count: spaces) + $0 }.joined(separator: "\n")
    }
}
