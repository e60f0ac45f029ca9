import Calculations
import Execution
import Structures

/// Table II: cells relaxed by the models, beside experiment and the paper.
struct Lattice: Experiment {
    let name = "lattice"
    let title = "Lattice parameters (Table II)"
    let families: [FindingFamily] = [.lattice]

    /// One relaxation for each model of each ensemble, material by material.
    struct Row {
        var material: Material
        var level: LevelOfTheory
        var relaxations: [Relaxation]

        /// `lattice/Ge/CP2K-PBE`.
        var id: String { "lattice/\(material.rawValue)/\(level.name)" }
    }

    func needs(of study: Study) throws -> [any Calculation] { try rows(of: study).flatMap(\.relaxations) }

    func rows(of study: Study) throws -> [Row] {
        let plan = study.profile.lattice
        return try plan.materials.filter(study.materials.contains).flatMap { material in
            try study.ensembles.filter { $0.materials.contains(material) }.map { ensemble in
                // Table II's PBE cell is the start for every functional.
                let crystal = Crystal(
                    material: material, cell: try study.lattice.row(material, .pbe).lengths, supercell: .init(1, 1, 1))
                return Row(
                    material: material, level: ensemble.level,
                    relaxations: ensemble.models.map {
                        Relaxation(
                            crystal: crystal, model: $0, forceTolerance: plan.force, stressTolerance: plan.stress,
                            seed: study.seed)
                    })
            }
        }
    }
}
