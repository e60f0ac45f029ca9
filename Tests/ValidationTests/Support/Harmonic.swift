import Calculations
import Execution
import Files
import Statistics
import Structures
import Testing

@testable import Validation

/// A crystal of springs k(r) between every atom and the nearest image of every other, whose force constants are known:
/// Φ_ij = −k r̂ r̂ᵀ, and Φ_ii what makes them sum to zero.
struct Harmonic {
    let structure: Structure
    /// eV/Å² at r (Å).
    let spring: (Double) -> Double

    init(_ structure: Structure, spring: @escaping (Double) -> Double = { 40 / ($0 * $0 * $0) }) {
        self.structure = structure
        self.spring = spring
    }

    private func vectors(from atom: Int) -> [SIMD3<Double>] {
        let places = structure.fractionalPositions
        return places.map { place in
            let difference = place - places[atom]
            return structure.cell.cartesian(difference - difference.rounded(.toNearestOrAwayFromZero))
        }
    }

    func blocks(of atom: Int) -> [Matrix3] {
        let vectors = vectors(from: atom)
        var blocks = vectors.enumerated().map { other, vector in
            other == atom ? Matrix3.zero : -spring(vector.norm) / vector.dot(vector) * Matrix3.outer(vector, vector)
        }
        blocks[atom] = -1 * blocks.reduce(Matrix3.zero, +)
        return blocks
    }

    /// s(R) (meV/Å per Å) of one atom.
    func slope(of atom: Int, beyond radius: Double) -> Double {
        let squares = vectors(from: atom).enumerated().map { other, vector in
            other != atom && vector.norm > radius ? spring(vector.norm) * spring(vector.norm) : 0
        }
        return 1000 * squares.reduce(0, +).squareRoot()
    }

    func constants(_ calculation: DisplacedForces) -> DisplacedForces.Content {
        let values = calculation.sites.flatMap { site in
            let blocks = blocks(of: site)
            return (0..<3).flatMap { axis in
                blocks.flatMap { [Float($0[axis].x), Float($0[axis].y), Float($0[axis].z)] }
            }
        }
        return DisplacedForces.Content(constants: PackedArray(values), code: "springs")
    }

    func changes(_ calculation: PerturbedForces) -> PerturbedForces.Content {
        var random = RandomStream(seed: calculation.seed, name: "springs")
        let blocks = blocks(of: calculation.site)
        let outside = vectors(from: calculation.site).indices.filter {
            vectors(from: calculation.site)[$0].norm > calculation.radius
        }
        let changes = (0..<calculation.draws).flatMap { _ in
            let change = outside.reduce(SIMD3<Double>.zero) {
                $0 - random.gaussianVector(standardDeviation: calculation.amplitude) * blocks[$1].transpose
            }
            return [change.x, change.y, change.z]
        }
        return PerturbedForces.Content(changes: changes, moved: outside.count)
    }
}

/// An outcome of the test's own.
func made<C: Calculation>(_ calculation: C, _ content: C.Content) -> Outcome<C> {
    Outcome(
        calculation, content: content,
        provenance: Provenance(
            program: "test", machine: .current, threads: 1, finished: "2026-01-01T00:00:00Z", wallSeconds: 1,
            coreSeconds: 1)
    )
}
