import Calculations
import Execution
import Labelling
import Structures

/// Fig. 3: how much of the force on an atom comes from beyond a radius, by linear response: of DFT, and of the models.
struct Locality: Experiment {
    let name = "locality"
    let title = "Locality of forces (Fig. 3)"
    let families: [FindingFamily] = [.locality]

    /// Those of the paper's figure, as far as half a cell of two unit cells lets see (Å).
    static let radii = [5.5, 6, 6.5, 7, 7.5]
    /// That claims are about (Å).
    static let mainRadius = 6.0

    /// Force constants of one crystal from one source, with their check.
    struct Source {
        var material: Material
        var crystal: Crystal
        var level: LevelOfTheory
        /// Of a model of the level, and not its own labels.
        var isModel: Bool
        /// All displaced sites, in one or several parts.
        var parts: [DisplacedForces]
        var check: PerturbedForces?

        /// `locality/Ge` for DFT, `locality/Ge/CP2K-PBE` for models.
        var id: String { "locality/\(material.rawValue)" + (isModel ? "/\(level.name)" : "") }
    }

    func needs(of study: Study) throws -> [any Calculation] {
        try sources(of: study).filter(\.isModel).flatMap(Self.calculations)
    }

    /// Hours of CP2K.
    func wishes(of study: Study) throws -> [any Calculation] {
        try sources(of: study).filter { !$0.isModel }.flatMap(Self.calculations)
    }

    private static func calculations(_ source: Source) -> [any Calculation] {
        source.parts + [source.check].compactMap { $0 }
    }

    /// Each material's DFT, then every model of every level.
    func sources(of study: Study) throws -> [Source] {
        guard let plan = study.profile.locality else { return [] }
        return try plan.materials.filter(study.materials.contains).flatMap { material in
            let crystal = Crystal(
                material: material, cell: try study.measuredCell(material), supercell: plan.supercell)
            let sites = try Self.sites(of: crystal, each: plan.sites)
            func source(_ level: LevelOfTheory, _ code: LabelCode, isModel: Bool) -> Source {
                Source(
                    material: material, crystal: crystal, level: level, isModel: isModel,
                    // Half an hour of CP2K for each site: parts that several can work on.
                    parts: (isModel ? [sites] : sites.map { [$0] }).map {
                        DisplacedForces(of: $0, in: crystal, by: code, displacement: plan.displacement)
                    },
                    check: plan.draws == 0
                        ? nil
                        : PerturbedForces(
                            of: sites[0], in: crystal, by: code, beyond: Self.mainRadius, amplitude: plan.amplitude,
                            draws: isModel ? 8 * plan.draws : plan.draws, seed: study.seed))
            }
            let models = study.ensembles.filter { $0.materials.contains(material) }.flatMap { ensemble in
                ensemble.models.map { source(ensemble.level, .model($0), isModel: true) }
            }
            let code = LabelCode.cp2k(functionals: [.pbe], settings: .economical)
            return [source(LevelOfTheory(code: code.name, functional: .pbe), code, isModel: false)] + models
        }
    }

    /// Atoms of the first unit cell: so many of each element, spread over its list, in which equivalent atoms stand together.
    static func sites(of crystal: Crystal, each count: Int) throws -> [Int] {
        let structure = try crystal.structure()
        let cell = structure.species.prefix(structure.count / crystal.supercell.cells)
        return structure.speciesInOrder.flatMap { element in
            let own = cell.indices.filter { cell[$0] == element }
            return (0..<min(count, own.count)).map { own[$0 * own.count / min(count, own.count)] }
        }
    }
}
