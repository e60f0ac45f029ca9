import DeepPotential
import Structures

/// A point of a trajectory: everything about the atoms that the next step depends on.
///
/// Positions stay unwrapped for the whole run, so that displacements are differences; the potential takes them so.
public struct MDState: Sendable {
    /// Cell, species and unwrapped positions (Å); its own velocities are nil.
    public var structure: Structure
    /// Å/ps, one per atom.
    public var velocities: [SIMD3<Double>]
    /// amu, one per atom.
    public let masses: [Double]
    /// Energy, forces and virial of `structure`, once evaluated.
    public var evaluation = Evaluation()
    /// Steps done since the trajectory's beginning.
    public var step = 0
    /// Quadratic terms in the kinetic energy, N_f: 3N − 3 where total momentum is conserved.
    public let degreesOfFreedom: Int
    public let constants: PhysicalConstants

    /// - Parameters:
    ///   - structure: its velocities, when present, are taken over; otherwise the atoms rest.
    ///   - masses: amu, one per atom; standard atomic weights when nil.
    ///   - degreesOfFreedom: 3N − 3 when nil; potentials that fix the atoms in space have 3N.
    public init(
        structure: Structure, masses: [Double]? = nil, degreesOfFreedom: Int? = nil,
        constants: PhysicalConstants = .codata2018
    ) {
        let masses = masses ?? structure.species.map(\.mass)
        precondition(masses.count == structure.count, "one mass per atom")
        self.structure = structure
        self.structure.velocities = nil
        velocities = structure.velocities ?? Array(repeating: .zero, count: structure.count)
        self.masses = masses
        self.degreesOfFreedom = degreesOfFreedom ?? max(3 * structure.count - 3, 1)
        self.constants = constants
    }

    public var count: Int { masses.count }

    /// The structure together with its velocities, as writers want it.
    public var structureWithVelocities: Structure {
        var copy = structure
        copy.velocities = velocities
        return copy
    }

    /// Evaluates the potential at the present positions.
    public mutating func evaluate(_ potential: any Potential) throws {
        try potential.evaluate(structure, into: &evaluation)
    }
}
