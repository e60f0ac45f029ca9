import ArgumentParser
import Calculations
import Execution
import Files
import Foundation
import Labelling
import Parallel
import Structures
import Validation

/// `lgps-bench label`: labels frames; `lgps-bench label audit` compares two sets of labels.
struct LabelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label", abstract: "Label frames with energies, forces and virials; compare labels.",
        subcommands: [LabelRun.self, LabelAudit.self], defaultSubcommand: LabelRun.self)
}

/// Computes labels by CP2K, VASP or a model.
struct LabelRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Label frames by CP2K, VASP or a model as teacher.",
        discussion: """
            Every label is stored when it is made: stop and start the command as you like, it goes on. OUTPUT/LEVEL/DATASET \
            are deepmd/npy systems of everything that is finished, written when the command ends and once a minute before. \
            Frames that fail are kept with input, output and reason in the store; `lgps-bench status STORE` shows why. With \
            several functionals the second starts from the converged state of the first.
            """)

    enum Code: String, ExpressibleByArgument, CaseIterable { case cp2k, vasp, model }

    @OptionGroup var common: CommonOptions
    @OptionGroup var place: EngineOptions
    @Option(help: "What computes the labels.") var code = Code.cp2k
    @Option(help: "PBE, PBEsol, LDA, SCAN, PBE0 or PBE+vdW; several separated by commas.")
    var functional = "PBE"
    @Option(parsing: .upToNextOption, help: "Folders with deepmd/npy systems whose frames to label.")
    var data: [String] = []
    @Option(help: "Take every so manieth frame of each system or trajectory.") var stride = 1
    @Option(help: "Label snapshots of this extended XYZ trajectory.") var trajectory: String?
    @Option(
        help: """
            Materials that the snapshots are labelled as, Ge, Si, Sn, separated by commas; those that hold another's Ge have \
            it replaced and their cell scaled. (default: each as what it holds)
            """)
    var metals: String?
    @Option(help: "Label perturbed cells of these materials: Ge, Si, Sn, separated by commas.") var perturbed: String?
    @Option(help: "Perturbed cells of each material.") var count = 60
    @Option(help: "Largest strain of the perturbed cells.") var strain = 0.04
    @Option(help: "Largest displacement of the perturbed cells (Å).") var displacement = 0.3
    @Option(help: "Where the labelled systems go.") var output: String
    @Option(help: "Where finished labels and those under way are kept. (default: OUTPUT/store)") var store: String?

    @Option(help: "Frames computed at the same time on this machine.") var jobs = 1
    @Option(help: "MPI processes of one CP2K calculation. (default: 1, or cpu_per_node of machine.json)") var ranks:
        Int?
    @Option(help: "nice level of the calculations, 0 to 19. (default: 10, or 0 with Slurm)") var nice: Int?
    @Option(help: "Time limit of one calculation (minutes).") var timeout = 60.0
    @Flag(help: "Compute the frames again that failed before.") var retryFailed = false

    @Option(name: .customLong("cp2k"), help: "CP2K's executable. (default: searched in PATH)") var cp2k: String?
    @Option(help: "CP2K's plane-wave cutoff (Ry) in place of the studied one.") var cutoff: Double?
    @Option(
        name: .customLong("k-points"),
        help: "CP2K's k-points: general (one at 1/4,1/4,1/4), gamma, or a mesh such as 2x2x2.")
    var kPoints: String?
    @Option(help: "Shell command that runs VASP in the current folder. (default: inputs are written and wait)")
    var vaspCommand: String?
    @Option(help: "Folder with ELEMENT/POTCAR for VASP.") var potcar: String?
    @Option(help: "The teacher of --code model (.dp, .yaml).") var model: String?

    func validate() throws {
        guard !data.isEmpty || perturbed != nil || trajectory != nil else {
            throw ValidationError("nothing to label: give --data DIR, --trajectory FILE or --perturbed Ge")
        }
        guard (1...4096).contains(jobs), (1...4096).contains(ranks ?? 1), stride > 0, (1...1_000_000).contains(count),
            timeout > 0, timeout < 1e8, (1...1e5).contains(cutoff ?? 1), (0...19).contains(nice ?? 0)
        else {
            throw ValidationError(
                "counts and times must be positive (--jobs and --ranks up to 4096, --count up to a million, --timeout finite, "
                    + "--cutoff from 1 to 100000), and --nice between 0 and 19")
        }
        guard code != .model || model != nil else { throw ValidationError("--code model needs --model FILE") }
    }

    func run() async throws {
        let (codes, machine) = try (self.codes(), self.machine())
        let frames = try QueuedFrame.interleaved(sources())
        let engine = try self.place.choice()
        let place = store ?? "\(output)/store"
        let store = try Store(place)
        if let model { try store.inputs.add(file: model) }
        let batch = LabelBatch(
            codes: codes, output: output, workplace: Workplace(store, program: "lgps-bench \(Program.version)"),
            machine: machine, jobs: jobs, retriesFailures: retryFailed, engine: engine,
            say: { [common] in common.say($0) })
        StopSignal.install(resumeHint: self.place.resumeHint)
        let reporter = LabelReporter(quiet: common.quiet)
        let end = try await batch.run(frames) { reporter.report($0) }
        if end.failed > 0 {
            throw ExternalProgramFailure(
                program: code.rawValue, problem: "\(end.failed) labels failed",
                mend: "`lgps-bench status \(place)` tells why; --retry-failed tries again")
        }
    }

    private func sources() throws -> [[QueuedFrame]] {
        let systems = try data.flatMap { try LabelledSystem.loadAll(under: $0, needing: .structures) }
        let taken = try systems.map { system in
            try QueuedFrame.frames(of: system).filter { $0.index.isMultiple(of: stride) }
        }
        let cells = try ReferenceData.locate().lattice()
        let made = try perturbed.map { try Material.list($0, place: "--perturbed") } ?? []
        let perturbedCells = try made.map { material in
            try PerturbedCells(
                material: material, cell: try cells.modelCell(of: material), count: count, seed: common.seed,
                strain: strain, displacement: displacement
            ).frames()
        }
        return try taken + snapshots(cells) + perturbedCells
    }

    private func snapshots(_ cells: LatticeTable) throws -> [[QueuedFrame]] {
        guard let trajectory else { return [] }
        let snapshots = try Snapshots(trajectory: trajectory, stride: stride)
        guard let metals else { return [try snapshots.frames()] }
        return try Material.list(metals, place: "--metals").map { material in
            let cell = try cells.modelCell(of: material) ?? CellLengths(LGPSPrototype.ordered().cell.lengths)
            return try snapshots.frames(of: material, cell: cell)
        }
    }

    private func codes() throws -> [LabelCode] {
        let functionals = try functional.split(separator: ",").map { try Functional(name: $0) }
        switch code {
        case .cp2k:
            var settings = CP2KSettings.economical
            if let cutoff { settings.cutoff = cutoff }
            if let kPoints { settings.kPoints = try CP2KSettings.KPoints(name: kPoints) }
            return [.cp2k(functionals: functionals, settings: settings)]
        case .vasp: return functionals.map { .vasp(functional: $0, settings: VASPSettings()) }
        case .model: return [.model(try SHA256.hexadecimal(ofFile: model ?? ""))]
        }
    }

    private func machine() throws -> LabellingMachine {
        let cluster = try place.file()?.stage(.labelling)
        // The nodes of a cluster may have a CP2K, by a module perhaps, that this machine lacks: then they look for it.
        let isFound = code == .cp2k && (cluster == nil || cp2k != nil)
        return LabellingMachine(
            cp2k: .init(
                ranks: ranks ?? cluster?.resources.coresPerNode ?? 1, threads: common.threads ?? 1,
                timeout: .seconds(timeout * 60), niceLevel: nice ?? (cluster == nil ? 10 : 0)),
            cp2kInstallation: isFound ? try CP2KInstallation.find(executable: cp2k) : nil,
            vasp: .init(
                exchange: "\(output)/vasp", command: vaspCommand ?? cluster?.command, potcarFolder: potcar,
                timeout: .seconds(timeout * 60)))
    }
}

/// Compares two sets of labels of the same frames.
struct LabelAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Compare two sets of labels of the same frames: slopes, rms, stress offset.")

    @OptionGroup var common: CommonOptions
    @Option(parsing: .upToNextOption, help: "Folders with our labels.") var ours: [String]
    @Option(parsing: .upToNextOption, help: "Folders with the labels to compare with.") var theirs: [String]
    @Option(help: "Write the table of forces to this CSV file too.") var csv: String?

    func run() throws {
        let comparison = try LabelComparison(
            ours: ours.flatMap { try LabelledSystem.loadAll(under: $0) },
            theirs: theirs.flatMap { try LabelledSystem.loadAll(under: $0) })
        common.say("\(comparison.frames) frames\n\n\(comparison.markdown)")
        if let csv { try AtomicFile.write(comparison.csv, to: csv) }
    }
}

/// Prints progress: every report on a terminal, one line a minute otherwise, failures always.
private final class LabelReporter: @unchecked Sendable {
    private let lock = NSLock()
    private let quiet: Bool
    private let isTerminal = isatty(STDOUT_FILENO) == 1
    private var last = ContinuousClock.now - .seconds(60)
    private var failures: Int?

    init(quiet: Bool) { self.quiet = quiet }

    func report(_ progress: LabelProgress) {
        lock.withLock {
            let isFailure = failures.map { progress.failed > $0 } ?? false
            failures = progress.failed
            if isFailure, let latest = progress.latest { write(latest) }
            let isDue = isTerminal || isFailure || ContinuousClock.now - last >= .seconds(60)
            guard !quiet, isDue || progress.remaining == 0 else { return }
            last = .now
            write(progress.line)
        }
    }

    private func write(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
}
