import ArgumentParser
import DeepPotential
import Files
import Foundation
import MolecularDynamics
import Parallel
import Reporting
import Structures
import Validation

/// One molecular dynamics run.
struct MD: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "md", abstract: "Run molecular dynamics from a JSON configuration.",
        discussion: """
            CONFIG.json, for example: {"ensemble": "nvt", "temperature": 600, "steps": 50000, "timestep": 0.002, "output": \
            {"thermo_interval": 100, "trajectory": {"format": "h5md", "interval": 50}}}. Units are ps, K and GPa. Model 0 \
            drives; with several models "model_deviation" in "output" writes model_devi.out. With --replicas, independent \
            runs with the seeds SEED, SEED + 1, ... of the configuration share the cores, each on one thread.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The configuration.")
    var config: String

    @Option(help: "The first frame: POSCAR, *.xyz, *.data (LAMMPS) or *.cif.")
    var structure: String

    @Option(
        parsing: .upToNextOption,
        help: "Model files (.dp, .yaml) or folders of them. (default: the model of this package)")
    var model: [String] = []

    @Option(help: "M of Li10MP2S12, which chooses the model when none is given.")
    var material = "Ge"

    @Option(help: "Where trajectory, logs and checkpoint go.")
    var output = "md"

    @Option(help: "Independent runs, in OUTPUT/replica-000, OUTPUT/replica-001, ...; they take --threads at a time.")
    var replicas = 1

    @Flag(help: "Go on from the checkpoint in the output folder.")
    var resume = false

    func validate() throws {
        if !(1...100_000).contains(replicas) {
            throw ValidationError("--replicas must be at least 1 and at most 100000, not \(replicas)")
        }
    }

    func run() throws {
        let configuration = try MDConfiguration.read(config)
        let start = try StructureFile.read(structure, remark: common.note)
        let folder = try OutputFolder(output)
        defer { withExtendedLifetime(folder) {} }
        let first = replicas == 1 ? output : "\(output)/\(MDReplicas.name(0))"
        if !resume, FileManager.default.fileExists(atPath: "\(first)/checkpoint.bin") {
            throw InputError(
                file: output, problem: "this folder holds a run already",
                mend: "continue it with --resume, or choose another folder with --output")
        }
        let paths = try Defaults.models(
            model, material: try Material(name: material), reference: try ReferenceData.locate())
        let models = try paths.map { try DPModel(contentsOf: $0) }
        let identity = try SHA256.hexadecimal(ofFile: paths[0])
        StopSignal.install(resumeHint: "continue with --resume")
        if replicas == 1 {
            try runOne(configuration, start, models: models, identity: identity)
        } else {
            try MDReplicas(
                configuration: configuration, structure: start, models: models, potentialIdentity: identity,
                count: replicas, output: output, workers: common.threadCount
            ).run(resume: resume, progress: common.progress, stop: .signals)
        }
        common.say("The run is in \(output)/")
    }

    private func runOne(
        _ configuration: MDConfiguration, _ start: Structure, models: [DPModel], identity: String
    ) throws {
        let evaluators = models.map { CompressedEvaluator(model: $0, threads: common.threadCount) }
        let simulation = try Simulation(
            configuration: configuration, structure: start, potential: evaluators[0],
            observers: try configuration.observers(folder: output, others: Array(evaluators.dropFirst())),
            folder: output, potentialIdentity: identity)
        let progress = common.progress
        progress.begin("md")
        simulation.onProgress = {
            progress.update(
                Double($0.step) / Double(max(1, $0.steps)),
                detail: "step \($0.step), " + NumberText.significant($0.temperature, digits: 4) + " K")
        }
        let outcome = try simulation.run(from: resume ? .resume : .fresh, stop: .signals)
        guard outcome == .completed else {
            FileHandle.standardError.write(Data("stopped at step \(simulation.state.step)\n".utf8))
            throw Interrupted()
        }
        progress.finish("md: \(simulation.state.step) steps")
        simulation.remarks.forEach(common.note)
        for overflow in evaluators[0].overflow {
            FileHandle.standardError.write(Data("note, in the last frame: \(overflow)\n".utf8))
        }
    }
}
