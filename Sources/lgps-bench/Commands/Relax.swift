import ArgumentParser
import Calculations
import Execution
import Files
import Labelling
import Structures
import Validation

/// `lgps-bench relax`: relaxed cells beside Table II and experiment.
struct RelaxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relax", abstract: "Relax cell and positions with a model or CP2K; compare with Table II.",
        discussion: """
            A model needs seconds. CP2K needs hours: its relaxation starts from the model's minimum where a model is \
            given too, is saved after every step, and goes on when the command is started again.
            """)

    @OptionGroup var common: CommonOptions
    @Option(help: "M of Li10MP2S12: Ge, Si or Sn, separated by commas.") var material = "Ge"
    @Option(help: "A model file (.dp, .yaml).") var model: String?
    @Option(help: "Relax with CP2K and these functionals, separated by commas.") var cp2k: String?
    @Option(help: "Start from this structure. (default: the ordered prototype in Table II's PBE cell)")
    var structure: String?
    @Option(help: "Random displacements that break the symmetry of the start (Å).") var rattle = 0.05
    @Option(help: "Largest force component at the end (eV/Å).") var force = 0.01
    @Option(help: "Largest stress component at the end (GPa).") var stress = 0.05
    @Option(help: "Evaluations at most.") var steps = 2000
    @Option(help: "nice level of CP2K, 0 to 19.") var nice = 10
    @Option(help: "Where relaxed structures and the store of the relaxations go.") var output = "relax"

    func validate() throws {
        guard model != nil || cp2k != nil else { throw ValidationError("give --model FILE, --cp2k PBE, or both") }
        guard (0...1).contains(rattle), force > 0, stress > 0, steps > 0, (0...19).contains(nice) else {
            throw ValidationError(
                "tolerances and steps must be positive, --rattle between 0 and 1 Å, and --nice between 0 and 19")
        }
    }

    /// One relaxation, and who does it.
    private struct Method {
        var material: Material
        var name: String
        var relaxation: any LatticeRelaxation
    }

    func run() async throws {
        LabellingMachine.current = LabellingMachine(
            cp2k: .init(threads: common.threads ?? 1, niceLevel: nice),
            cp2kInstallation: cp2k == nil ? nil : try CP2KInstallation.find())
        let folder = try OutputFolder(output)
        defer { withExtendedLifetime(folder) {} }
        let store = try Store("\(output)/store")
        let table = try ReferenceData.locate().lattice()
        let materials = try Material.list(material)
        let hash = try model.map { try store.inputs.add(file: $0) }
        let methods: [Method] = try materials.flatMap { try self.methods($0, model: hash, table) }
        StopSignal.install(resumeHint: "the same command goes on where it stopped")
        let scheduler = try Scheduler(
            Workplace(store, program: "lgps-bench \(Program.version)"), engine: LocalEngine(cores: common.threadCount),
            retriesFailures: true, meter: common.progress)
        let outcomes = try await scheduler.outcomes(of: methods.map(\.relaxation), for: "relax")
        if let failure = outcomes.failures.first {
            throw ExternalProgramFailure(program: "relaxation", problem: failure.description)
        }
        let rows: [LatticeRow] = try materials.flatMap { material in
            let relaxed = try methods.filter { $0.material == material }.map { method in
                let content = try method.relaxation.content(in: outcomes)
                try POSCAR(comment: "\(material.name) relaxed by \(method.name)", structure: content.structure)
                    .write(to: "\(output)/\(material.rawValue)-\(method.name).vasp")
                return LatticeRow(metal: material, method: method.name, content)
            }
            return relaxed + LatticeRow.references(material, table)
        }
        if common.json { try common.printJSON(rows) } else { common.say(LatticeRow.markdown(rows)) }
    }

    private func methods(_ material: Material, model: String?, _ table: LatticeTable) throws -> [Method] {
        let crystal = Crystal(
            material: material, cell: try table.row(material, .pbe).lengths, supercell: .init(1, 1, 1))
        let structure = try structure.map { try POSCAR(contentsOf: $0).structure }
        let byModel = model.map {
            Relaxation(
                crystal: crystal, structure: structure, model: $0, rattle: rattle, forceTolerance: force,
                stressTolerance: stress,
                maximumEvaluations: steps, seed: common.seed)
        }
        let start = byModel.map { RelaxationByLabels.Start.minimum(of: $0) }
        let byCP2K = try (cp2k ?? "").split(separator: ",").map { name in
            let functional = try Functional(name: name)
            return Method(
                material: material, name: "CP2K-\(functional.rawValue)",
                relaxation: RelaxationByLabels(
                    from: start ?? .crystal(crystal, structure: structure, rattle: rattle, seed: common.seed),
                    by: .cp2k(functionals: [functional], settings: .economical), forceTolerance: force,
                    stressTolerance: stress, maximumEvaluations: steps))
        }
        return (byModel.map { [Method(material: material, name: "model", relaxation: $0)] } ?? []) + byCP2K
    }
}

/// Both kinds of relaxations leave the same.
private protocol LatticeRelaxation: Calculation where Content == Relaxation.Content {}

extension LatticeRelaxation {
    /// - Throws: `CalculationFailure`.
    func content(in outcomes: Outcomes) throws -> Relaxation.Content { try outcomes[self].get().content }
}

extension Relaxation: LatticeRelaxation {}
extension RelaxationByLabels: LatticeRelaxation {}

/// One line of the table.
struct LatticeRow: Encodable {
    var material: String
    var method: String
    /// Å
    var a: Double
    var b: Double
    var c: Double
    /// Å³
    var volume: Double
    /// Evaluations, and whether the tolerances were reached; nil for values from the literature.
    var evaluations: Int?
    var isConverged: Bool?

    init(metal: Material, method: String, _ relaxed: Relaxation.Content) {
        self.init(
            material: metal.rawValue, method: method, a: relaxed.cell.a, b: relaxed.cell.b, c: relaxed.cell.c,
            volume: relaxed.volume, evaluations: relaxed.evaluations, isConverged: relaxed.isConverged)
    }

    private init(
        material: String, method: String, a: Double, b: Double, c: Double, volume: Double, evaluations: Int?,
        isConverged: Bool?
    ) {
        self.material = material
        self.method = method
        self.a = a
        self.b = b
        self.c = c
        self.volume = volume
        self.evaluations = evaluations
        self.isConverged = isConverged
    }

    static func references(_ metal: Material, _ table: LatticeTable) -> [LatticeRow] {
        table.rows.filter { $0.material == metal }.map {
            LatticeRow(
                material: metal.rawValue,
                method: $0.source.map { "experiment, \($0)" } ?? "Table II, \($0.functional?.rawValue ?? "experiment")",
                a: $0.a, b: $0.b, c: $0.c, volume: $0.volume, evaluations: nil, isConverged: nil)
        }
    }

    static func markdown(_ rows: [LatticeRow]) -> String {
        let head = "| M | method | a, Å | b, Å | c, Å | V, Å³ |\n| --- | --- | --- | --- | --- | --- |\n"
        return head
            + rows.map {
                String(
                    format: "| %@ | %@%@ | %.3f | %.3f | %.3f | %.1f |", $0.material, $0.method,
                    $0.isConverged == false ? " (not converged)" : "", $0.a, $0.b, $0.c, $0.volume)
            }.joined(separator: "\n")
    }
}
