import ArgumentParser
import DeepPotential
import Files
import Foundation
import Labelling
import Structures
import Validation

/// `lgps-bench lattice`: relaxed cells beside Table II and experiment.
struct LatticeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lattice", abstract: "Relax cell and positions with a model or CP2K; compare with Table II.",
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
    @Option(help: "Where relaxed structures and the state of CP2K relaxations go.") var output = "lattice"

    func validate() throws {
        guard model != nil || cp2k != nil else { throw ValidationError("give --model FILE, --cp2k PBE, or both") }
        guard rattle >= 0, force > 0, stress > 0, steps > 0 else {
            throw ValidationError("tolerances and steps must be positive")
        }
    }

    func run() async throws {
        try Folder.make(output)
        var rows: [LatticeRow] = []
        for material in try Material.list(material) {
            rows += try await relax(material)
        }
        if common.json { try common.printJSON(rows) } else { common.say(LatticeRow.markdown(rows)) }
    }

    private func relax(_ metal: Material) async throws -> [LatticeRow] {
        var start = try startingStructure(metal)
        var rows: [LatticeRow] = []
        if let model {
            let evaluator = CompressedEvaluator(model: try DPModel(contentsOf: model), threads: common.threads ?? 1)
            let relaxation = try relaxed(start, by: evaluator)
            start = try relaxation.structure
            let name = "model \(URL(fileURLWithPath: model).deletingPathExtension().lastPathComponent)"
            rows.append(try LatticeRow(metal: metal, method: name, relaxation: relaxation))
            try POSCAR(comment: "\(metal.name) relaxed by \(name)", structure: start)
                .write(to: "\(output)/\(metal.rawValue)-model.vasp")
        }
        for name in (cp2k ?? "").split(separator: ",") {
            rows.append(try await relaxedByCP2K(metal, start, Functional(name: name)))
        }
        return try rows + LatticeRow.references(metal, ReferenceData.locate().lattice())
    }

    private func startingStructure(_ metal: Material) throws -> Structure {
        var start =
            try structure.map { try POSCAR(contentsOf: $0).structure }
            ?? LGPSPrototype.ordered(metal, cell: ReferenceData.locate().lattice().row(metal, .pbe).lengths)
        var random = SplitMix64(seed: common.seed, stream: "lattice \(metal.rawValue)")
        for atom in start.positions.indices {
            start.positions[atom] +=
                rattle
                * SIMD3(
                    Double.random(in: -1...1, using: &random), Double.random(in: -1...1, using: &random),
                    Double.random(in: -1...1, using: &random))
        }
        return start
    }

    private func relaxed(_ start: Structure, by potential: any Potential) throws -> CellRelaxation {
        var relaxation = CellRelaxation(start, forceTolerance: force, stressTolerance: stress)
        var evaluation = Evaluation()
        while !relaxation.isConverged, relaxation.evaluations < steps {
            try potential.evaluate(relaxation.structure, into: &evaluation)
            try relaxation.advance(energy: evaluation.energy, forces: evaluation.forces, virial: evaluation.virial)
        }
        return relaxation
    }

    private func relaxedByCP2K(_ metal: Material, _ start: Structure, _ functional: Functional) async throws
        -> LatticeRow
    {
        let labeller = try CP2KLabeller(
            functionals: [functional], execution: .init(threads: common.threads ?? 1, niceLevel: nice),
            installation: CP2KInstallation.find())
        let run = LabelledRelaxation(
            labeller: labeller, level: functional.rawValue,
            stateFile: "\(output)/\(metal.rawValue)-\(functional.rawValue).json", maximumEvaluations: steps)
        let begin = CellRelaxation(start, forceTolerance: force, stressTolerance: stress)
        let common = common
        let relaxation: CellRelaxation
        do {
            relaxation = try await LabelStop.run(resumeHint: "the same command goes on where it stopped") {
                try await run.relax(begin) { state in
                    common.say(
                        String(
                            format: "%@ %@ step %ld: %.4f eV, force %.3f eV/Å, stress %.2f GPa", metal.rawValue,
                            functional.rawValue, state.evaluations, state.energy ?? .nan, state.largestForce,
                            state.largestStress))
                }
            }
        } catch let failure as LabelFailure {
            throw ExternalProgramFailure(program: "CP2K", problem: failure.description)
        }
        try POSCAR(comment: "\(metal.name) relaxed with \(functional.rawValue)", structure: relaxation.structure)
            .write(to: "\(output)/\(metal.rawValue)-\(functional.rawValue).vasp")
        return try LatticeRow(metal: metal, method: "CP2K \(functional.rawValue)", relaxation: relaxation)
    }
}

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

    init(metal: Material, method: String, relaxation: CellRelaxation) throws {
        let cell = try relaxation.structure.cell
        self.init(
            material: metal.rawValue, method: method, a: cell.lengths.x, b: cell.lengths.y, c: cell.lengths.z,
            volume: cell.volume, evaluations: relaxation.evaluations, isConverged: relaxation.isConverged)
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
