import Execution
import Files
import Labelling
import Structures

/// Stresses of a relaxed crystal under small strains, each both ways: what elastic constants are made of.
public struct StrainedStresses: Calculation {
    public static let kind = "strained-stresses/1"
    public static let stage = ResourceStage.labelling

    public struct Content: Codable, Equatable, Sendable {
        /// [6, 2, 6] (GPa, tensile positive): stresses in Voigt's order xx, yy, zz, yz, xz, xy under each of these strains, first
        /// positive.
        public var stresses: [Double]
        /// Whether the ions came to rest under every strain; true where they are not asked to.
        public var isConverged: Bool
        /// What computed the stresses, with its version.
        public var code: String

        public init(stresses: [Double], isConverged: Bool, code: String) {
            self.stresses = stresses
            self.isConverged = isConverged
            self.code = code
        }

        /// C_IJ (GPa), row by row: ∂σ_I/∂ε_J with engineering shears, by central differences.
        public func stiffness(strain: Double) -> [Double] {
            (0..<36).map { element in
                let (row, column) = (element / 6, element % 6)
                return (stresses[12 * column + row] - stresses[12 * column + 6 + row]) / (2 * strain)
            }
        }
    }

    /// Where it begins.
    public var relaxation: Relaxation
    /// For one level of theory.
    public var code: LabelCode
    public var strain: Double
    /// Whether the ions relax under each strain, or go with the cell.
    public var relaxesIons: Bool
    /// eV/Å.
    public var forceTolerance: Double
    /// Is not coded, and so not in the key.
    public var machine = LabellingMachine.current

    private enum CodingKeys: String, CodingKey { case relaxation, code, strain, relaxesIons, forceTolerance }

    public init(
        of relaxation: Relaxation, by code: LabelCode, strain: Double = 0.005, relaxesIons: Bool,
        forceTolerance: Double = 0.002, machine: LabellingMachine = .current
    ) {
        precondition(code.levels.count == 1, "stresses are of one level of theory")
        self.relaxation = relaxation
        self.code = code.trimmed(to: relaxation.crystal.species)
        self.strain = strain
        self.relaxesIons = relaxesIons
        self.forceTolerance = forceTolerance
        self.machine = machine
    }

    public var title: String {
        let crystal = relaxation.crystal
        return "\(crystal.material.name), \(crystal.supercell.atoms) atoms, strained, "
            + "\(relaxesIons ? "ions at rest" : "ions with the cell"), by \(code.nameAndLevel)"
    }
    /// Evaluations that the ions take to come to rest, about.
    private static let typicalEvaluations = 40.0
    public var cost: Double {
        12 * (relaxesIons ? Self.typicalEvaluations : 1) * ((try? code.cost(of: relaxation.crystal.structure())) ?? 1)
            + 1
    }
    public var cores: CoreDemand { .shared(machine.cores(for: code)) }
    public var dependencies: [any Calculation] { [relaxation] }

    private static let maximumEvaluations = 500

    public func run(in folder: WorkFolder, control: RunControl) throws -> Content {
        let structure = try control.content(of: relaxation).structure
        let labels = KeptLabels(code, machine: machine, in: folder, control)
        var content = Content(stresses: [], isConverged: true, code: "")
        for state in 0..<12 {
            let sign: Double = state % 2 == 0 ? 1 : -1
            let strained = try structure.strained(voigt: state / 2, by: sign * strain)
            let (label, isConverged) = try rest(strained, labels, first: state * Self.maximumEvaluations, control)
            guard let stress = label.stress(volume: strained.cell.volume) else {
                throw InputError(problem: "\(label.code) gives no virial, which elastic constants need")
            }
            content.stresses += [
                stress[0].x, stress[1].y, stress[2].z, 0.5 * (stress[1].z + stress[2].y),
                0.5 * (stress[0].z + stress[2].x), 0.5 * (stress[0].y + stress[1].x),
            ]
            content.isConverged = content.isConverged && isConverged
            content.code = label.code
            control.report(Double(state + 1) / 12)
        }
        return content
    }

    /// The label of a strained structure, with its ions at rest where that is asked for.
    private func rest(
        _ structure: Structure, _ labels: KeptLabels, first: Int, _ control: RunControl
    ) throws -> (Label, isConverged: Bool) {
        var relaxation = CellRelaxation(structure, forceTolerance: forceTolerance, relaxesCell: false)
        while true {
            try control.checkStop()
            let (label, _) = try labels.label(relaxation.structure, number: first + relaxation.evaluations)
            guard relaxesIons else { return (label, true) }
            try relaxation.advance(
                energy: label.energy, forces: label.forces, virial: label.virial ?? .zero)
            if relaxation.isConverged || relaxation.evaluations == Self.maximumEvaluations {
                return (label, relaxation.isConverged)
            }
        }
    }
}

extension Structure {
    /// The structure strained, its atoms with it.
    ///
    /// - Parameters:
    ///   - component: 0 to 5 for xx, yy, zz, yz, xz, xy.
    ///   - strain: of a shear the engineering one, twice the element of the tensor.
    /// - Throws: `InputError` for a strain that no cell survives.
    func strained(voigt component: Int, by strain: Double) throws -> Structure {
        let (a, b) = [(0, 0), (1, 1), (2, 2), (1, 2), (0, 2), (0, 1)][component]
        var deformation = Matrix3.identity
        if a == b {
            deformation[a][a] += strain
        } else {
            deformation[a][b] = 0.5 * strain
            deformation[b][a] = 0.5 * strain
        }
        return scaled(to: try Cell(cell.vectors * deformation))
    }
}
