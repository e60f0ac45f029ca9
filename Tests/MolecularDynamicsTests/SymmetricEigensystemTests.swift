import Foundation
import Structures
import Testing

@testable import MolecularDynamics

@Suite struct SymmetricEigensystemTests {
    @Test func reassemblesItsMatrix() {
        let matrix = Matrix3(SIMD3(1.3, -0.4, 2.2), SIMD3(-0.4, -0.7, 0.9), SIMD3(2.2, 0.9, 0.05))
        let system = SymmetricEigensystem(matrix)
        #expect((system.map { $0 } - matrix).squaredNorm < 1e-28)
        #expect((system.vectors * system.vectors.transpose - .identity).squaredNorm < 1e-28)
    }

    /// exp(A) by its power series.
    @Test func exponentialAgreesWithItsSeries() {
        let matrix = Matrix3(SIMD3(0.3, -0.4, 0.2), SIMD3(-0.4, -0.1, 0.5), SIMD3(0.2, 0.5, 0.05))
        var (sum, term) = (Matrix3.identity, Matrix3.identity)
        for n in 1...30 {
            term = (1 / Double(n)) * (term * matrix)
            sum += term
        }
        #expect((SymmetricEigensystem(matrix).map(exp) - sum).squaredNorm < 1e-28)
    }

    /// Cells that keep right angles must keep them exactly: no rotation creeps in.
    @Test func diagonalMatricesStayDiagonal() {
        let system = SymmetricEigensystem(.diagonal(SIMD3(3, 1, 2)))
        #expect(system.vectors == .identity)
        #expect(system.map(exp) == .diagonal(SIMD3(exp(3), exp(1), exp(2))))
    }

    @Test(arguments: [-0.2, -0.0999, 0, 1e-9, 0.0999, 0.1, 0.1001, 2]) func sinhcIsContinuous(x: Double) {
        let exact = x == 0 ? 1 : sinh(x) / x
        #expect(abs(sinhc(x) - exact) < 1e-15 * exact * 4)
    }
}
