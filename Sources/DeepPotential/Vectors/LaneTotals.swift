#if LGPS_WIDE_VECTORS
    private typealias Pairs = SIMD8<UInt64>
#else
    private typealias Pairs = SIMD4<UInt64>
#endif

extension Lanes {
    /// The sum of all lanes of each of as many vectors as there are lanes, in their order.
    ///
    /// Two vectors become one of half as many sums twice, within groups of four lanes; then the groups are added. Pairs of lanes
    /// move as integers of 64 bits and neighbours by shifts, because shuffles of single floats compile to chains of inserts.
    ///
    /// - Parameter v: the vectors, one after the other.
    @inline(__always)
    static func totals(_ v: UnsafePointer<Float>) -> Self {
        #if LGPS_WIDE_VECTORS
            return Self(
                lowHalf: SIMD8(lowHalf: fourTotals(v), highHalf: fourTotals(v + 64)),
                highHalf: SIMD8(lowHalf: fourTotals(v + 128), highHalf: fourTotals(v + 192)))
        #else
            return Self(lowHalf: fourTotals(v), highHalf: fourTotals(v + 32))
        #endif
    }

    /// Zeroes the vectors from the one after the first `rows` on, so that `totals` reads nothing undefined.
    @inline(__always)
    static func clear(_ v: UnsafeMutablePointer<Float>, from rows: Int) {
        for row in rows..<scalarCount { Self(repeating: 0).store(v + row * scalarCount) }
    }

    @inline(__always)
    private static func fourTotals(_ v: UnsafePointer<Float>) -> SIMD4<Float> {
        let (a, b) = (pairTotals(v, 0, 2), pairTotals(v, 1, 3))
        let mask = Pairs(repeating: 0xFFFF_FFFF)
        let (even, odd) = ((a & mask) | (b &<< 32), (a &>> 32) | (b & ~mask))
        let sums = unsafeBitCast(even, to: Self.self) + unsafeBitCast(odd, to: Self.self)
        #if LGPS_WIDE_VECTORS
            let eight = sums.lowHalf + sums.highHalf
        #else
            let eight = sums
        #endif
        return eight.lowHalf + eight.highHalf
    }

    /// In each group of four lanes: vector j's two sums of two lanes, then vector k's.
    @inline(__always)
    private static func pairTotals(_ v: UnsafePointer<Float>, _ j: Int, _ k: Int) -> Pairs {
        let a = UnsafeRawPointer(v + j * scalarCount).loadUnaligned(as: Pairs.self)
        let b = UnsafeRawPointer(v + k * scalarCount).loadUnaligned(as: Pairs.self)
        #if LGPS_WIDE_VECTORS
            let low = Pairs(a[0], b[0], a[2], b[2], a[4], b[4], a[6], b[6])
            let high = Pairs(a[1], b[1], a[3], b[3], a[5], b[5], a[7], b[7])
        #else
            let (low, high) = (Pairs(a[0], b[0], a[2], b[2]), Pairs(a[1], b[1], a[3], b[3]))
        #endif
        return unsafeBitCast(
            unsafeBitCast(low, to: Self.self) + unsafeBitCast(high, to: Self.self), to: Pairs.self)
    }
}
