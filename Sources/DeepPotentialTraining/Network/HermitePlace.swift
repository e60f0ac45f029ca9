/// Where a number lies in a table of values and slopes at knots, and what each of them weighs there.
struct HermitePlace {
    /// The knot below; beyond the ends, the first or the last but one.
    let knot: Int32
    /// The weights of (G_k, G'_k, G_{k+1}, G'_{k+1}) in G.
    let value: SIMD4<Float>
    /// The weights of the same four in dG/du.
    let slope: SIMD4<Float>

    /// - Parameters:
    ///   - u: the coordinate in knots.
    ///   - last: the number of the last interval.
    @inline(__always)
    init(_ u: Float, last: Int32) {
        // What is not a number goes to the first interval.
        knot = Int32(max(0, min(u, Float(last))))
        let t = u - Float(knot)
        let t2 = t * t
        let h = t2 * (3 - 2 * t)
        let d = 6 * (t - t2)
        value = SIMD4(1 - h, t * (1 - t) * (1 - t), h, t2 * (t - 1))
        slope = SIMD4(-d, 3 * t2 - 4 * t + 1, d, 3 * t2 - 2 * t)
    }

    /// The four rows at `rows`, `width` vectors apart, weighted.
    @inline(__always)
    static func blend(_ weights: SIMD4<Float>, _ rows: UnsafePointer<Vector>, _ width: Int) -> Vector {
        var g = rows[0] * weights.x
        g.addProduct(rows[width], Vector(repeating: weights.y))
        g.addProduct(rows[2 * width], Vector(repeating: weights.z))
        g.addProduct(rows[3 * width], Vector(repeating: weights.w))
        return g
    }
}
