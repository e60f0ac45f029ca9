import DeepPotential
import Execution
import Files
import Structures

/// Relaxes cell and positions of a crystal with a model.
public struct Relaxation: Calculation {
    public static let kind = "relaxation/1"

    public struct Content: Codable, Equatable, Sendable {
        /// Of one unit cell (Å).
        public var cell: CellLengths
        /// Of one unit cell (Å³); less than a·b·c where the cell is not right-angled.
        public var volume: Double
        /// eV per atom.
        public var energy: Double
        public var evaluations: Int
        /// Whether the tolerances were reached.
        public var isConverged: Bool
        /// Largest force component (eV/Å) and stress component (GPa) at the end.
        public var largestForce: Double
        public var largestStress: Double
        /// All that was relaxed, supercell and all.
        public var structure: Structure
    }

    public var crystal: Crystal
    /// Where the atoms begin in the place of the crystal's ideal ones, in as many cells.
    public var structure: Structure?
    /// SHA-256.
    public var model: String
    /// Random displacements that break the symmetry of the start (Å).
    public var rattle: Double
    /// eV/Å and GPa.
    public var forceTolerance: Double
    public var stressTolerance: Double
    public var maximumEvaluations: Int
    public var seed: UInt64

    public init(
        crystal: Crystal, structure: Structure? = nil, model: String, rattle: Double = 0.05,
        forceTolerance: Double = 0.01,
        stressTolerance: Double = 0.05, maximumEvaluations: Int = 2000, seed: UInt64
    ) {
        self.crystal = crystal
        self.structure = structure
        self.model = model
        self.rattle = rattle
        self.forceTolerance = forceTolerance
        self.stressTolerance = stressTolerance
        self.maximumEvaluations = maximumEvaluations
        self.seed = seed
    }

    public var title: String { "\(crystal.material.name), \(crystal.supercell.atoms) atoms, relaxed" }
    public var cost: Double { Double(crystal.supercell.atoms) * 0.05 + 2 }

    public func run(in folder: WorkFolder, control: RunControl) throws -> Content {
        let evaluator = CompressedEvaluator(try LoadedModels.model(model, control.inputs))
        var relaxation = CellRelaxation(
            try crystal.unsettled(structure, by: rattle, seed: seed), forceTolerance: forceTolerance,
            stressTolerance: stressTolerance)
        var evaluation = Evaluation()
        while !relaxation.isConverged, relaxation.evaluations < maximumEvaluations {
            try control.checkStop()
            try evaluator.evaluate(relaxation.structure, into: &evaluation)
            try relaxation.advance(energy: evaluation.energy, forces: evaluation.forces, virial: evaluation.virial)
        }
        return try Content(relaxation, of: crystal)
    }
}

extension Crystal {
    /// What a relaxation begins with: no symmetry keeps it at a saddle.
    ///
    /// - Parameters:
    ///   - start: in the place of the ideal atoms.
    ///   - amplitude: largest displacement along each axis (Å).
    func unsettled(_ start: Structure?, by amplitude: Double, seed: UInt64) throws -> Structure {
        try (start ?? structure()).rattled(by: amplitude, seed: seed, stream: "lattice \(material.rawValue)")
    }
}

extension Relaxation.Content {
    /// - Throws: `InputError` when the cell has collapsed.
    init(_ relaxation: CellRelaxation, of crystal: Crystal) throws {
        structure = try relaxation.structure
        let (lengths, cells) = (structure.cell.lengths, crystal.supercell)
        cell = CellLengths(
            a: lengths.x / Double(cells.a), b: lengths.y / Double(cells.b), c: lengths.z / Double(cells.c))
        volume = structure.cell.volume * 50 / Double(structure.count)
        energy = (relaxation.energy ?? .nan) / Double(structure.count)
        evaluations = relaxation.evaluations
        isConverged = relaxation.isConverged
        largestForce = relaxation.largestForce
        largestStress = relaxation.largestStress
    }
}
