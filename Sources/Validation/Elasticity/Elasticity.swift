import Calculations
import Execution
import Labelling
import Structures

/// Beyond the paper: bulk modulus and elastic constants, from stresses under small strains.
struct Elasticity: Experiment {
    let name = "elastic"
    let title = "Elastic constants"
    let families: [FindingFamily] = [.elastic]

    /// How the ions follow a strain, and who computes the stress.
    enum Kind: String, CaseIterable {
        /// At rest under each strain, by the model.
        case relaxed
        /// With the cell, by the model.
        case clamped
        /// With the cell, by the code whose labels the model has learnt from, at the model's minimum.
        case labelled

        var words: String {
            switch self {
            case .relaxed: "model, ions at rest"
            case .clamped: "model, ions with the cell"
            case .labelled: "DFT, ions with the cell"
            }
        }
    }

    /// One kind of constants of one material and level, by each model or once by the code.
    struct Row {
        var material: Material
        var level: LevelOfTheory
        var kind: Kind
        var calculations: [StrainedStresses]

        var id: String { "elastic/\(material.rawValue)/\(level.name)/\(kind.rawValue)" }
    }

    func needs(of study: Study) throws -> [any Calculation] {
        try rows(of: study).filter { $0.kind != .labelled }.flatMap(\.calculations)
    }

    /// Twelve labels of 50 atoms for each material and functional.
    func wishes(of study: Study) throws -> [any Calculation] {
        try rows(of: study).filter { $0.kind == .labelled }.flatMap(\.calculations)
    }

    func rows(of study: Study) throws -> [Row] {
        guard let plan = study.profile.elastic else { return [] }
        return try Lattice().rows(of: study).filter { plan.materials.contains($0.material) }.flatMap { row in
            Kind.allCases.compactMap { kind in
                func calculation(_ relaxation: Relaxation, _ code: LabelCode) -> StrainedStresses {
                    StrainedStresses(
                        of: relaxation, by: code, strain: plan.strain, relaxesIons: kind == .relaxed,
                        forceTolerance: plan.force)
                }
                guard kind == .labelled else {
                    return Row(
                        material: row.material, level: row.level, kind: kind,
                        calculations: row.relaxations.map { calculation($0, .model($0.model)) })
                }
                guard let code = LabelCode(of: row.level), let first = row.relaxations.first else { return nil }
                return Row(
                    material: row.material, level: row.level, kind: kind, calculations: [calculation(first, code)])
            }
        }
    }
}

extension LabelCode {
    /// The code of a level of theory that this program can run, with its own labels' settings; nil for another.
    init?(of level: LevelOfTheory) {
        guard level.code == LabelCode.cp2k(functionals: [], settings: .economical).name else { return nil }
        self = .cp2k(functionals: [level.functional], settings: .economical)
    }
}
