/// Uniform cubic B-splines at t in [0, 1) of an interval: G = Σ_j value_j·c_j, dG/dt = Σ_j slope_j·(c_{j+1} − c_j) with the
/// coefficients c_0…c_3 of the interval (de Boor, A Practical Guide to Splines, chapter IX).
struct BSplineWeights {
    let value: SIMD4<Double>
    let slope: SIMD3<Double>

    init(at t: Double) {
        let u = 1 - t
        let (first, last) = (u * u * u / 6, t * t * t / 6)
        let third = 2.0 / 3 - u * u * (1 - u / 2)
        value = SIMD4(first, 1 - first - third - last, third, last)
        slope = SIMD3(u * u / 2, 0.5 + t * u, t * t / 2)
    }

    /// Value and derivative by t.
    func jet(_ c: SIMD4<Double>) -> Jet {
        let rise = SIMD3(c.y - c.x, c.z - c.y, c.w - c.z)
        return Jet(value: (value * c).sum(), slope: (slope * rise).sum())
    }
}

/// The same for as many places as `Lanes`, laid out for walks that take one place after the other.
///
/// Slopes are taken from differences of neighbouring coefficients, which are exact where these differ little; where slopes are
/// wanted, values come from the same differences: G = c_1 − w_0(c_1 − c_0) + (w_2 + w_3)(c_2 − c_1) + w_3(c_3 − c_2).
enum PlacedWeights {
    /// Weights of the four coefficients for a multiple of G, one vector after the other.
    @inline(__always)
    static func storeValues(
        at t: Lanes, times factor: Lanes = Lanes(repeating: 1), into target: UnsafeMutablePointer<Float>
    ) {
        let (u, lanes) = (1 - t, Lanes.scalarCount)
        let (first, last) = (u * u * u * (1 / 6), t * t * t * (1 / 6))
        let third = 2 / 3 - u * u * (1 - 0.5 * u)
        (first * factor).store(target)
        ((1 - first - third - last) * factor).store(target + lanes)
        (third * factor).store(target + 2 * lanes)
        (last * factor).store(target + 3 * lanes)
    }

    /// Weights of the three differences for G − c_1.
    @inline(__always)
    static func storeRises(at t: Lanes, into target: UnsafeMutablePointer<Float>) {
        let (u, lanes) = (1 - t, Lanes.scalarCount)
        let last = t * t * t * (1 / 6)
        (u * u * u * (-1 / 6)).store(target)
        (2 / 3 - u * u * (1 - 0.5 * u) + last).store(target + lanes)
        last.store(target + 2 * lanes)
    }

    /// Weights of the three differences for dG/dt.
    @inline(__always)
    static func storeSlopes(at t: Lanes, into target: UnsafeMutablePointer<Float>) {
        let (u, lanes) = (1 - t, Lanes.scalarCount)
        (0.5 * u * u).store(target)
        (0.5 + t * u).store(target + lanes)
        (0.5 * t * t).store(target + 2 * lanes)
    }
}
