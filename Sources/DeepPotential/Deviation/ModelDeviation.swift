import Structures

/// How far an ensemble of models disagrees about one structure (deepmd/infer/model_devi.py).
///
/// Standard deviations are over the models and of the population (divided by their number), as DeePMD-kit and DP-GEN
/// define them. One model gives zeros.
public struct ModelDeviation: Equatable, Sendable {
    /// ε_i = √⟨|F_i − ⟨F_i⟩|²⟩ of each atom (eV/Å), in the structure's order.
    public let atomicForces: [Double]
    /// Standard deviation of each element of the virial per atom (eV), row-major.
    public let virial: [Double]
    /// Standard deviation of the energy per atom (eV).
    public let energy: Double

    /// The deviation of evaluations of the same structure by different models.
    public init(_ evaluations: [Evaluation]) {
        precondition(!evaluations.isEmpty, "a deviation needs a model")
        let atoms = evaluations[0].forces.count
        precondition(evaluations.allSatisfy { $0.forces.count == atoms }, "evaluations of different structures")
        let models = Double(evaluations.count)
        atomicForces = (0..<atoms).map { atom in
            let mean = evaluations.reduce(SIMD3<Double>.zero) { $0 + $1.forces[atom] } / models
            let variance = evaluations.reduce(0.0) { sum, evaluation in
                let difference = evaluation.forces[atom] - mean
                return sum + difference.dot(difference)
            }
            return (variance / models).squareRoot()
        }
        let virials = evaluations.map { $0.virial.rowMajor.map { $0 / Double(atoms) } }
        virial = (0..<9).map { element in Self.deviation(virials.map { $0[element] }) }
        energy = Self.deviation(evaluations.map { $0.energy / Double(atoms) })
    }

    /// The standard deviation of the population.
    private static func deviation(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }

    public var largestForce: Double { atomicForces.max() ?? 0 }
    public var smallestForce: Double { atomicForces.min() ?? 0 }
    public var meanForce: Double {
        atomicForces.isEmpty ? 0 : atomicForces.reduce(0, +) / Double(atomicForces.count)
    }

    public var largestVirial: Double { virial.max()! }
    public var smallestVirial: Double { virial.min()! }
    /// The root mean square of the nine elements, which DeePMD-kit calls avg_devi_v.
    public var meanVirial: Double { (virial.reduce(0) { $0 + $1 * $1 } / 9).squareRoot() }
}
