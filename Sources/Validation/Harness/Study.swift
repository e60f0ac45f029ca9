import Calculations
import Execution
import Files
import Structures

/// What is studied: a profile's plans for some materials, with some models, on some data. Experiments turn it into the
/// calculations that they need, and the outcomes into findings.
public struct Study: Sendable {
    public var profile: Profile
    public var materials: [Material]
    /// The preferred level of a material comes first.
    public var ensembles: [Ensemble]
    public var labelled: [LabelledSet]
    public var seed: UInt64
    /// Cores that are there.
    public var cores: Int
    public var reference: ReferenceData
    public var lattice: LatticeTable
    public var learning: [LearningRun] = []
    public var labelling = LabellingPolicy.left(LabellingPolicy.howToAsk)

    /// The ensemble that a material is simulated with unless a plan names others; nil when none knows it.
    public func ensemble(for material: Material) -> Ensemble? { ensembles.first { $0.materials.contains(material) } }

    public func ensemble(_ level: String) -> Ensemble? { ensembles.first { $0.level.name == level } }

    /// The measured unit cell, which holds at 300 K.
    ///
    /// - Throws: `InputError` when the table lacks the material.
    public func measuredCell(_ material: Material) throws -> CellLengths { try lattice.row(material, nil).lengths }

    /// The rows of the profile that an experiment draws on.
    func plans(for experiment: String) -> [DynamicsPlan] {
        profile.dynamics.filter { $0.experiments.contains(experiment) }
    }

    /// The runs of the profile that an experiment draws on.
    ///
    /// - Throws: `InputError` when the table of cells lacks a material.
    public func runs(for experiment: String) throws -> [PlannedRun] {
        try plans(for: experiment).flatMap(runs)
    }

    /// The runs of one plan.
    func runs(_ plan: DynamicsPlan) throws -> [PlannedRun] {
        var runs: [PlannedRun] = []
        for material in plan.materials where materials.contains(material) {
            for ensemble in ensembles(plan, material) {
                let models = plan.everyModel == true ? Array(ensemble.models.indices) : [0]
                for temperature in plan.temperatures {
                    for arrangement in 0..<(plan.arrangement == .ordered ? 1 : plan.arrangements ?? 1) {
                        for replica in 0..<(plan.replicas ?? 1) {
                            runs += try models.map { model in
                                try run(
                                    plan, material, ensemble, temperature, arrangement: arrangement, replica: replica,
                                    model: model)
                            }
                        }
                    }
                }
            }
        }
        return runs
    }

    /// Those that a plan names, or the material's first.
    private func ensembles(_ plan: DynamicsPlan, _ material: Material) -> [Ensemble] {
        guard let names = plan.levels else { return [ensemble(for: material)].compactMap { $0 } }
        return names.compactMap { ensemble($0) }.filter { $0.materials.contains(material) }
    }

    private func run(
        _ plan: DynamicsPlan, _ material: Material, _ ensemble: Ensemble, _ temperature: Double, arrangement: Int,
        replica: Int, model: Int
    ) throws -> PlannedRun {
        let measured = try measuredCell(material)
        let cell = plan.cell == .fixed ? measured : (plan.expansion ?? .measured).cell(measured, at: temperature)
        let crystal = Crystal(
            material: material, cell: cell, supercell: plan.supercell,
            arrangement: plan.arrangement == .ordered ? .ordered : .disordered(seed: seed, index: arrangement))
        return PlannedRun(
            material: material, level: ensemble.level, arrangement: plan.arrangement, cell: plan.cell,
            temperature: temperature, replica: replica, model: model, isFresh: plan.isFresh ?? false,
            calculation: Dynamics(
                crystal: crystal, model: ensemble.models[model], deviationModels: ensemble.models(without: model),
                ensemble: plan.cell == .npt ? .npt(.tetragonal) : .nvt, temperature: temperature,
                timestep: plan.timestep ?? 0.002,
                equilibration: .init(picoseconds: plan.equilibration, annealing: plan.annealing),
                picoseconds: plan.picoseconds, sampleInterval: plan.sampleInterval ?? 0.1,
                structureInterval: plan.structureInterval ?? 0.5, seed: seed &+ UInt64(replica)))
    }
}

/// A run with what it is called in findings.
public struct PlannedRun: Sendable {
    public var material: Material
    public var level: LevelOfTheory
    public var arrangement: DynamicsPlan.Arrangement
    public var cell: DynamicsPlan.CellChoice
    /// K.
    public var temperature: Double
    public var replica: Int
    /// Which model of the ensemble drives it.
    public var model: Int
    public var isFresh: Bool
    public var calculation: Dynamics

    /// `Ge/VASP-PBE/disordered/expanded`: what runs share that one line of a figure is made of.
    public var series: String { "\(material.rawValue)/\(level.name)/\(arrangement.rawValue)/\(cell.rawValue)" }
    /// `Ge/VASP-PBE/disordered/expanded/666K`.
    public var label: String { "\(series)/\(Self.kelvins(temperature))" }

    static func kelvins(_ temperature: Double) -> String { "\(Int(temperature.rounded()))K" }
}
