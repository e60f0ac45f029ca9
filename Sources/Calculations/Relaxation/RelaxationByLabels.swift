import Execution
import Files
import Foundation
import Labelling
import Structures

/// Relaxes cell and positions of a crystal by the labels of a code: hours of CP2K, which go on from the last label.
///
/// One with other tolerances, or more evaluations, goes on from the same labels.
public struct RelaxationByLabels: Calculation {
    public static let kind = "relaxation-by-labels/1"
    public static let stage = ResourceStage.labelling

    public typealias Content = Relaxation.Content

    /// What it begins with.
    public enum Start: Codable, Sendable {
        /// The crystal, or a structure in its place, with random displacements (Å) that break its symmetry.
        case crystal(Crystal, structure: Structure? = nil, rattle: Double, seed: UInt64)
        /// Where a model's relaxation ends, which is done before.
        case minimum(of: Relaxation)

        public var crystal: Crystal {
            switch self {
            case .crystal(let crystal, _, _, _): crystal
            case .minimum(let relaxation): relaxation.crystal
            }
        }
    }

    public var start: Start
    /// For one level of theory.
    public var code: LabelCode
    /// eV/Å and GPa.
    public var forceTolerance: Double
    public var stressTolerance: Double
    public var maximumEvaluations: Int
    /// Is not coded, and so not in the key.
    public var machine = LabellingMachine.current

    private enum CodingKeys: String, CodingKey {
        case start, code, forceTolerance, stressTolerance, maximumEvaluations
    }

    public init(
        from start: Start, by code: LabelCode, forceTolerance: Double = 0.01, stressTolerance: Double = 0.05,
        maximumEvaluations: Int = 2000, machine: LabellingMachine = .current
    ) {
        precondition(code.levels.count == 1, "a relaxation has one level of theory")
        self.start = start
        self.code = code.trimmed(to: start.crystal.species)
        self.forceTolerance = forceTolerance
        self.stressTolerance = stressTolerance
        self.maximumEvaluations = maximumEvaluations
        self.machine = machine
    }

    private var crystal: Crystal { start.crystal }

    public var title: String {
        "\(crystal.material.name), \(crystal.supercell.atoms) atoms, relaxed by \(code.nameAndLevel)"
    }

    /// Evaluations that a relaxation takes about.
    private static let typicalEvaluations = 60

    public var cost: Double {
        let evaluations = min(maximumEvaluations, Self.typicalEvaluations)
        return Double(evaluations) * ((try? code.cost(of: crystal.structure())) ?? 1)
    }

    public var cores: CoreDemand { .shared(machine.cores(for: code)) }

    public var dependencies: [any Calculation] {
        if case .minimum(let relaxation) = start { [relaxation] } else { [] }
    }

    public var folderKey: String {
        var shared = self
        (shared.forceTolerance, shared.stressTolerance, shared.maximumEvaluations) = (0, 0, 0)
        return shared.key
    }

    public func run(in folder: WorkFolder, control: RunControl) throws -> Content {
        var relaxation = CellRelaxation(
            try begin(control), forceTolerance: forceTolerance, stressTolerance: stressTolerance)
        let labels = KeptLabels(code, machine: machine, in: folder, control)
        while !relaxation.isConverged, relaxation.evaluations < maximumEvaluations {
            try control.checkStop()
            let (label, isNew) = try labels.label(relaxation.structure, number: relaxation.evaluations)
            guard let virial = label.virial else {
                throw InputError(problem: "\(label.code) gives no virial, which a relaxation of the cell needs")
            }
            try relaxation.advance(energy: label.energy, forces: label.forces, virial: virial)
            if isNew { folder.log(Self.line(relaxation)) }
            control.report(min(0.95, Double(relaxation.evaluations) / Double(Self.typicalEvaluations)))
        }
        return try Content(relaxation, of: crystal)
    }

    private func begin(_ control: RunControl) throws -> Structure {
        switch start {
        case .crystal(let crystal, let structure, let rattle, let seed):
            try crystal.unsettled(structure, by: rattle, seed: seed)
        case .minimum(let relaxation): try control.content(of: relaxation).structure
        }
    }

    private static func line(_ relaxation: CellRelaxation) -> String {
        String(
            format: "step %ld: %.4f eV, force %.3f eV/Å, stress %.2f GPa", relaxation.evaluations,
            relaxation.energy ?? .nan, relaxation.largestForce, relaxation.largestStress)
    }
}
