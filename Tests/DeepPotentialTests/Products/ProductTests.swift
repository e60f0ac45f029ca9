import Structures
import Testing

@testable import DeepPotential

@Suite struct ProductTests {
    struct Shape: Sendable {
        let m, n, k: Int
    }

    /// Whole and partial tiles in every direction, sums in one and in several pieces.
    static let shapes = [1, 3, 8, 21].flatMap { m in
        [8, 24, 40, 64, 240].flatMap { n in [1, 7, 512, 1300].map { Shape(m: m, n: n, k: $0) } }
    }

    /// Whole numbers whose sums stay below 2²⁴: products are exact, in whatever order.
    static func matrix(_ rows: Int, _ columns: Int, seed: UInt64) -> [Float] {
        var generator = SplitMix64(seed: seed)
        return (0..<rows * columns).map { _ in Float(Int.random(in: -50...50, using: &generator)) }
    }

    static func product(_ shape: Shape, _ a: [Float], _ b: [Float]) -> [Float] {
        var c = [Float](repeating: 0, count: shape.m * shape.n)
        for i in 0..<shape.m {
            for l in 0..<shape.k {
                for j in 0..<shape.n { c[i * shape.n + j] += a[i * shape.k + l] * b[l * shape.n + j] }
            }
        }
        return c
    }

    @Test(arguments: shapes)
    func tilesMakeTheProduct(_ shape: Shape) {
        let a = Self.matrix(shape.m, shape.k, seed: 1)
        let b = Self.matrix(shape.k, shape.n, seed: 2)
        let expected = Self.product(shape, a, b)
        // What follows C must stay.
        var c = [Float](repeating: 7, count: shape.m * shape.n + 16)
        TiledProduct.multiply(shape.m, shape.n, shape.k, a, b, rowB: shape.n, into: &c)
        #expect(Array(c.dropLast(16)) == expected)
        #expect(c.suffix(16).allSatisfy { $0 == 7 })
        TiledProduct.multiply(shape.m, shape.n, shape.k, a, b, rowB: shape.n, into: &c, adding: true)
        #expect(Array(c.dropLast(16)) == expected.map { 2 * $0 })
    }

    /// Columns that are no whole groups as well, which OpenBLAS multiplies.
    @Test(arguments: shapes + [Shape(m: 5, n: 13, k: 40), Shape(m: 9, n: 1, k: 3)])
    func constantMatricesMultiply(_ shape: Shape) {
        let a = Self.matrix(shape.m, shape.k, seed: 3)
        let b = Self.matrix(shape.k, shape.n, seed: 4)
        var c = [Float](repeating: 7, count: shape.m * shape.n + 16)
        ConstantMatrix(rows: shape.k, columns: shape.n, b).multiply(a, count: shape.m, into: &c)
        #expect(Array(c.dropLast(16)) == Self.product(shape, a, b))
        #expect(c.suffix(16).allSatisfy { $0 == 7 })
    }
}
