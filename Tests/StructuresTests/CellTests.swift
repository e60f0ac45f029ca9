import Files
import Testing

@testable import Structures

@Suite struct CellTests {
    @Test func fractionalAndCartesianAreInverse() throws {
        let cell = try Cell(a: 8.59, b: 8.88, c: 12.97, alpha: 92, beta: 91, gamma: 90.2)
        let r = SIMD3(1.7, -3.2, 25.1)
        #expect((cell.cartesian(cell.fractional(r)) - r).norm < 1e-12)
        let wrapped = cell.fractional(cell.wrap(r))
        #expect(wrapped.min() >= 0 && wrapped.max() < 1)
    }

    @Test func heightsOfAnOrthorhombicCellAreItsLengths() throws {
        let cell = try Cell(a: 3, b: 4, c: 5)
        #expect((cell.heights - SIMD3(3, 4, 5)).norm < 1e-12)
        #expect(abs(cell.volume - 60) < 1e-12)
    }

    @Test func singularCellIsRefused() {
        #expect(throws: InputError.self) {
            try Cell(Matrix3(SIMD3(1, 0, 0), SIMD3(2, 0, 0), SIMD3(0, 0, 1)))
        }
        #expect(throws: InputError.self) {
            try Cell(Matrix3(SIMD3(.nan, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)))
        }
    }
}
