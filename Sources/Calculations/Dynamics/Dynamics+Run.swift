import DeepPotential
import Execution
import Files
import MolecularDynamics
import Parallel
import Statistics
import Structures

extension Dynamics {
    /// Steps between checkpoints.
    private static let checkpointInterval = 2500

    /// Production times (ps) at which the displacements so far are kept: the same for every length, so that a longer run can
    /// go on from a shorter one.
    static let milestones: [Double] = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000]

    public func run(in folder: WorkFolder, control: RunControl) throws -> DynamicsRecord {
        let models = try ([model] + deviationModels).map { try LoadedModels.model($0, control.inputs) }
        let progress = RunProgress(self, control)
        let production = try productionFolder(in: folder)
        // Annealing has been done once there is a checkpoint of the production.
        let isBegun = try Simulation.checkpointStep(in: production) != nil
        let start = try isBegun ? crystal.structure() : annealed(models[0], in: folder, control, progress)
        let recorders = try Recorders(self, deviationModels: Array(models.dropFirst()))
        let simulation = try simulation(
            start, models[0], temperature: temperature, steps: firstStep + steps(picoseconds), stream: "production",
            observers: recorders.all, folder: production)
        try progress.follow(simulation, from: equilibration.annealing?.picoseconds ?? 0)
        return try recorders.record(of: simulation, picoseconds: picoseconds)
    }

    /// Where production begins (steps).
    var firstStep: Int { steps(equilibration.picoseconds) }

    /// The folder of the run's checkpoint, or of its own when that of the shared folder has gone beyond this length.
    private func productionFolder(in folder: WorkFolder) throws -> String {
        let shared = folder.file("production")
        let reached = try Simulation.checkpointStep(in: shared) ?? 0
        return reached <= firstStep + steps(picoseconds) ? shared : folder.file("production-\(picoseconds)ps")
    }

    /// The structure that equilibration begins with.
    private func annealed(
        _ model: CompressedModel, in folder: WorkFolder, _ control: RunControl, _ progress: RunProgress
    ) throws -> Structure {
        let ideal = try crystal.structure()
        guard let annealing = equilibration.annealing else { return ideal }
        let simulation = try simulation(
            ideal, model, temperature: annealing.temperature, steps: steps(annealing.picoseconds), stream: "annealing",
            observers: [], folder: folder.file("annealing"))
        try progress.follow(simulation, from: 0)
        return simulation.state.structure
    }

    private func simulation(
        _ structure: Structure, _ model: CompressedModel, temperature: Double, steps: Int, stream: String,
        observers: [any Observer], folder: String
    ) throws -> Simulation {
        var random = RandomStream(seed: seed, name: stream)
        var configuration = MDConfiguration(temperature: temperature, steps: steps)
        if case .npt(let coupling) = ensemble {
            configuration.ensemble = .npt
            configuration.barostat.coupling = coupling
        }
        configuration.timestep = timestep
        // A hundred steps, as the paper.
        configuration.thermostat.relaxationTime = 100 * timestep
        configuration.checkpointInterval = Self.checkpointInterval
        configuration.seed = random.next()
        return try Simulation(
            configuration: configuration, structure: structure,
            potential: CompressedEvaluator(model), observers: observers, folder: folder,
            potentialIdentity: self.model)
    }
}

/// Reports the part of all steps that is done.
private struct RunProgress {
    let dynamics: Dynamics
    let control: RunControl
    let total: Double

    init(_ dynamics: Dynamics, _ control: RunControl) {
        self.dynamics = dynamics
        self.control = control
        let equilibration = dynamics.equilibration
        total = (equilibration.annealing?.picoseconds ?? 0) + equilibration.picoseconds + dynamics.picoseconds
    }

    /// Runs to the end.
    ///
    /// - Parameter done: ps before this simulation.
    /// - Throws: `Interrupted` when stopped, its checkpoint written.
    func follow(_ simulation: Simulation, from done: Double) throws {
        let (timestep, total, report) = (dynamics.timestep, total, control.report)
        simulation.onProgress = { report((done + Double($0.step) * timestep) / total) }
        guard try simulation.run(from: .resumeIfPossible, stop: control.stop) == .completed else { throw Interrupted() }
    }
}

/// Everything that watches a production run.
private struct Recorders {
    let displacements: DisplacementRecorder
    let thermodynamics: ThermodynamicRecorder
    let radial: RadialDistributionRecorder
    let framework: FrameworkRecorder
    let sites: SiteRecorder
    let deviation: DeviationRecorder?

    /// - Throws: `InputError` for a crystal that is impossible.
    init(_ run: Dynamics, deviationModels: [CompressedModel]) throws {
        let first = run.firstStep
        let sample = max(1, run.steps(run.sampleInterval))
        let structure = max(1, run.steps(run.structureInterval))
        displacements = DisplacementRecorder(
            interval: sample, timestep: run.timestep, firstStep: first, milestones: Dynamics.milestones)
        thermodynamics = ThermodynamicRecorder(interval: sample, firstStep: first)
        radial = RadialDistributionRecorder(interval: structure, maximumRadius: 8, binCount: 160, firstStep: first)
        framework = FrameworkRecorder(interval: structure, firstStep: first)
        sites = SiteRecorder(
            interval: sample, firstStep: first, timestep: run.timestep, ideal: try run.crystal.structure(),
            supercell: run.crystal.supercell)
        deviation =
            deviationModels.isEmpty
            ? nil
            : DeviationRecorder(
                interval: structure, firstStep: first,
                others: deviationModels.map { CompressedEvaluator($0) })
    }

    var all: [any Observer] {
        [displacements, thermodynamics, radial, framework, sites] + (deviation.map { [$0] } ?? [])
    }

    /// - Throws: `InputError` for a run too short to tell anything.
    func record(of simulation: Simulation, picoseconds: Double) throws -> DynamicsRecord {
        guard let total = displacements.statistics, let distribution = radial.distribution else {
            throw InputError(
                problem: "a run of \(picoseconds) ps has no two samples", mend: "run longer, or sample more often")
        }
        return DynamicsRecord(
            atoms: simulation.state.count, displacements: total,
            milestones: displacements.milestones.filter { $0.time <= picoseconds * (1 + 1e-9) }.map {
                DynamicsRecord.Milestone(picoseconds: $0.time, displacements: $0.statistics)
            },
            thermodynamics: thermodynamics.blocks(atoms: simulation.state.count),
            radial: Self.averages(distribution), framework: framework.motion, sites: sites.statistics,
            deviation: deviation?.histogram)
    }

    private static func averages(_ distribution: RadialDistribution) -> [RadialAverage] {
        let elements = distribution.elements
        return elements.indices.flatMap { first in
            elements[first...].compactMap { second in
                distribution.halves(elements[first], second).map { halves in
                    RadialAverage(
                        first: elements[first].symbol, second: second.symbol,
                        binWidth: distribution.maximumRadius / Double(distribution.binCount),
                        halves: [halves.first, halves.second].map { PackedArray($0.map { Float($0) }) })
                }
            }
        }
    }
}
