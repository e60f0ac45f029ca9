import Execution
import Files
import Labelling
import Structures

/// The energy where a model's relaxation ends, by that model, another, or a code.
public struct MinimumEnergy: Calculation {
    public static let kind = "minimum-energy/1"
    public static let stage = ResourceStage.labelling

    public struct Content: Codable, Equatable, Sendable {
        /// eV per atom.
        public var energy: Double
        /// The largest component of a force (eV/Å): how far the place is from a minimum of its own.
        public var largestForce: Double
        /// What computed it, with its version.
        public var code: String

        public init(energy: Double, largestForce: Double, code: String) {
            self.energy = energy
            self.largestForce = largestForce
            self.code = code
        }
    }

    public var relaxation: Relaxation
    /// For one level of theory.
    public var code: LabelCode
    /// Is not coded, and so not in the key.
    public var machine = LabellingMachine.current

    private enum CodingKeys: String, CodingKey { case relaxation, code }

    public init(of relaxation: Relaxation, by code: LabelCode, machine: LabellingMachine = .current) {
        precondition(code.levels.count == 1, "an energy is of one level of theory")
        self.relaxation = relaxation
        self.code = code.trimmed(to: relaxation.crystal.species)
        self.machine = machine
    }

    public var title: String { "\(relaxation.title), its energy by \(code.nameAndLevel)" }
    public var cost: Double { ((try? code.cost(of: relaxation.crystal.structure())) ?? 1) + 1 }
    public var cores: CoreDemand { .shared(machine.cores(for: code)) }
    public var dependencies: [any Calculation] { [relaxation] }

    public func run(in folder: WorkFolder, control: RunControl) throws -> Content {
        let structure = try control.content(of: relaxation).structure
        let label = try KeptLabels(code, machine: machine, in: folder, control).label(structure, number: 0).label
        return Content(
            energy: label.energy / Double(structure.count),
            largestForce: label.forces.map { max(abs($0.x), abs($0.y), abs($0.z)) }.max() ?? 0, code: label.code)
    }
}
