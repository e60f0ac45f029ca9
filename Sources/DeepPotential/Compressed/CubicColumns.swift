/// The polynomials of an interval for as many columns as `Lanes`, coefficients of t⁰ to t³ one vector after the other.
enum CubicColumns {
    /// The columns at t.
    @inline(__always)
    static func value(_ a: UnsafePointer<Float>, _ t: Lanes) -> Lanes {
        let lanes = Lanes.scalarCount
        let g = Lanes.load(a + 2 * lanes).adding(Lanes.load(a + 3 * lanes), t)
        return Lanes.load(a).adding(Lanes.load(a + lanes).adding(g, t), t)
    }

    /// Their derivatives with respect to t.
    @inline(__always)
    static func slope(_ a: UnsafePointer<Float>, _ t: Float) -> Lanes {
        let lanes = Lanes.scalarCount
        return Lanes.load(a + lanes).adding(Lanes.load(a + 2 * lanes), 2 * t)
            .adding(Lanes.load(a + 3 * lanes), 3 * t * t)
    }

    /// Both.
    @inline(__always)
    static func valueAndSlope(_ a: UnsafePointer<Float>, _ t: Lanes) -> (Lanes, Lanes) {
        let lanes = Lanes.scalarCount
        let last = Lanes.load(a + 3 * lanes)
        let g = Lanes.load(a + 2 * lanes).adding(last, t)
        let value = Lanes.load(a + lanes).adding(g, t)
        return (Lanes.load(a).adding(value, t), value.adding(g.adding(last, t), t))
    }
}
