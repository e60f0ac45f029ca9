import Structures

/// Energy, forces and virial of one structure.
public struct Evaluation: Sendable {
    /// Total energy (eV).
    public var energy = 0.0
    /// One per atom (eV), in the structure's order.
    public var atomicEnergies: [Double] = []
    /// One per atom (eV/Å), in the structure's order.
    public var forces: [SIMD3<Double>] = []
    /// Ξ_ab = Σ F_a r_b (eV), with DeePMD-kit's sign; the stress is −Ξ/V, tensile positive.
    public var virial = Matrix3.zero

    public init() {}

    /// The mean prediction of several models for one structure.
    public init(meanOf evaluations: [Evaluation]) {
        precondition(!evaluations.isEmpty, "a mean needs a model")
        let weight = 1 / Double(evaluations.count)
        energy = weight * evaluations.reduce(0) { $0 + $1.energy }
        atomicEnergies = evaluations[0].atomicEnergies.indices.map { atom in
            weight * evaluations.reduce(0) { $0 + $1.atomicEnergies[atom] }
        }
        forces = evaluations[0].forces.indices.map { atom in
            weight * evaluations.reduce(SIMD3.zero) { $0 + $1.forces[atom] }
        }
        virial = weight * evaluations.reduce(Matrix3.zero) { $0 + $1.virial }
    }
}

/// Something that gives energies and forces: a Deep Potential evaluator, or an analytic potential in tests.
///
/// A potential may keep a neighbour list and scratch memory between calls; it is therefore a class used by one
/// caller at a time. Species, count and cell may change from call to call; calls with the same species and small
/// displacements are the fast path.
public protocol Potential: AnyObject {
    /// Evaluates `structure` (positions need not be wrapped) and overwrites all of `evaluation`.
    ///
    /// - Throws: `InputError` for an element that the potential lacks, atoms too close or non-finite positions.
    func evaluate(_ structure: Structure, into evaluation: inout Evaluation) throws

    /// Forgets what depends on earlier calls (neighbour list, atom order), so that the next result follows from its
    /// structure alone. Dynamics calls it whenever a checkpoint is written or read: an uninterrupted run and a resumed
    /// one then rebuild at the same step and stay bit-identical.
    func invalidateNeighbourList()

    /// Atoms of the last structure with more neighbours than the model has slots for; empty for potentials without slots.
    var overflow: [NeighbourOverflow] { get }
}

extension Potential {
    public func invalidateNeighbourList() {}
    public var overflow: [NeighbourOverflow] { [] }

    public func evaluate(_ structure: Structure) throws -> Evaluation {
        var evaluation = Evaluation()
        try evaluate(structure, into: &evaluation)
        return evaluation
    }
}
