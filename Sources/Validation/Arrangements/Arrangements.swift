import Calculations
import Execution
import Files
import Labelling
import Structures

/// Beyond the paper: do models order arrangements of M and P by energy as DFT does?
struct Arrangements: Experiment {
    let name = "arrangements"
    let title = "Energies of arrangements of M and P"
    let families: [FindingFamily] = [.arrangements]

    /// One material and level of theory: cells relaxed by its first model, and their energies.
    struct Comparison {
        var material: Material
        var level: LevelOfTheory
        /// By model, the first being that which has relaxed the cells.
        var models: [[MinimumEnergy]]
        /// nil for a code that this program cannot run.
        var labels: [MinimumEnergy]?

        var id: String { "arrangements/\(material.rawValue)/\(level.name)" }
    }

    func needs(of study: Study) throws -> [any Calculation] {
        try comparisons(of: study).flatMap { $0.models.joined() }
    }

    /// A label for each cell.
    func wishes(of study: Study) throws -> [any Calculation] { try comparisons(of: study).flatMap { $0.labels ?? [] } }

    func comparisons(of study: Study) throws -> [Comparison] {
        guard let plan = study.profile.arrangements else { return [] }
        return try plan.materials.filter(study.materials.contains).flatMap { material in
            let cell = try study.lattice.row(material, .pbe).lengths
            let crystals = try Self.distinct(plan.count, material, cell, plan.supercell, seed: study.seed)
            return study.ensembles.filter { $0.materials.contains(material) }.map { ensemble in
                let minima = crystals.map {
                    Relaxation(
                        crystal: $0, model: ensemble.models[0], forceTolerance: plan.force,
                        stressTolerance: study.profile.lattice.stress, seed: study.seed)
                }
                return Comparison(
                    material: material, level: ensemble.level,
                    models: ensemble.models.map { model in minima.map { MinimumEnergy(of: $0, by: .model(model)) } },
                    labels: LabelCode(of: ensemble.level).map { code in minima.map { MinimumEnergy(of: $0, by: code) } }
                )
            }
        }
    }

    /// The first random crystals that differ in where M and P are, the ordered one before them.
    ///
    /// - Throws: `InputError` when a cell has not so many arrangements.
    static func distinct(
        _ count: Int, _ material: Material, _ cell: CellLengths, _ supercell: Crystal.Supercell, seed: UInt64
    ) throws -> [Crystal] {
        var seen: Set<[Species]> = []
        var crystals: [Crystal] = []
        // Each draw is new with a chance of one in `count` at least, or the cell has too few.
        for draw in -1..<20 * count where crystals.count < count {
            let crystal = Crystal(
                material: material, cell: cell, supercell: supercell,
                arrangement: draw < 0 ? .ordered : .disordered(seed: seed, index: draw))
            if seen.insert(try crystal.structure().species).inserted { crystals.append(crystal) }
        }
        guard crystals.count == count else {
            throw InputError(
                place: "arrangements.count",
                problem: "\(supercell.text) cells have \(crystals.count) arrangements of M and P, and not \(count)",
                mend: "ask for fewer, or for a larger supercell")
        }
        return crystals
    }
}
