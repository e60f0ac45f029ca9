import DeepPotential
import Files
import Foundation
import Structures

/// Lennard-Jones, switched off smoothly (C2) between `switchStart` and `cutoff`; minimum images, so the cell's heights
/// must stay above twice the cutoff.
class LennardJones: Potential {
    let epsilon: Double
    let sigma: Double
    let switchStart: Double
    let cutoff: Double
    /// How often it was called, and told to forget its neighbours.
    private(set) var evaluations = 0
    private(set) var invalidations = 0

    /// Argon by default (eV, Å).
    init(epsilon: Double = 0.0104, sigma: Double = 3.4, switchStart: Double = 5.5, cutoff: Double = 6.8) {
        self.epsilon = epsilon
        self.sigma = sigma
        self.switchStart = switchStart
        self.cutoff = cutoff
    }

    func invalidateNeighbourList() { invalidations += 1 }

    func evaluate(_ structure: Structure, into evaluation: inout Evaluation) throws {
        evaluations += 1
        guard structure.cell.heights.min() > 2 * cutoff else {
            throw InputError(problem: "the cell is too small for minimum images")
        }
        let count = structure.count
        let (epsilon, sigma2, cutoff2) = (epsilon, sigma * sigma, cutoff * cutoff)
        let (start, width) = (switchStart, cutoff - switchStart)
        let vectors = structure.cell.vectors
        let s = structure.fractionalPositions
        var forces = [SIMD3<Double>](repeating: .zero, count: count)
        var atomic = [Double](repeating: 0, count: count)
        var virial = Matrix3.zero
        for i in 0..<count {
            for j in (i + 1)..<max(count, i + 1) {
                let d = s[j] - s[i]
                let r = (d - d.rounded(.toNearestOrEven)) * vectors
                let r2 = r.dot(r)
                guard r2 < cutoff2 else { continue }
                let s6 = sigma2 * sigma2 * sigma2 / (r2 * r2 * r2)
                var energy = 4 * epsilon * s6 * (s6 - 1)
                // −(dE/dr)/r
                var slope = 24 * epsilon * s6 * (2 * s6 - 1) / r2
                let length = r2.squareRoot()
                if length > start {
                    let u = (length - start) / width
                    let w = u * u * u * (-6 * u * u + 15 * u - 10) + 1
                    let dw = -30 * u * u * (1 - u) * (1 - u) / width
                    slope = slope * w - energy * dw / length
                    energy *= w
                }
                let force = slope * r
                forces[j] += force
                forces[i] -= force
                atomic[i] += 0.5 * energy
                atomic[j] += 0.5 * energy
                virial += Matrix3.outer(force, r)
            }
        }
        evaluation.energy = atomic.reduce(0, +)
        evaluation.atomicEnergies = atomic
        evaluation.forces = forces
        evaluation.virial = virial
    }
}
