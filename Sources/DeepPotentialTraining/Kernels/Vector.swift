#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The unit of every kernel here: sixteen Floats, one AVX-512 register or two AVX2 registers.
typealias Vector = SIMD16<Float>

extension Vector {
    /// `count` rounded up to whole vectors, in Floats.
    static func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }

    /// The first `count` lanes.
    static func lanes(below count: Int) -> SIMDMask<MaskStorage> {
        var mask = SIMDMask<MaskStorage>(repeating: false)
        for lane in 0..<Swift.min(count, 16) { mask[lane] = true }
        return mask
    }

    /// The sum of the sixteen lanes, by halves.
    @inline(__always) var total: Float {
        let eight = lowHalf + highHalf
        let four = eight.lowHalf + eight.highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }

    /// tanh of every lane, to about 2e-7 absolute: 1 − 2/(1 + e^{2x}) with a degree-6 polynomial for the
    /// fractional power of two. Its derivative is taken as 1 − tanh² everywhere.
    @inline(__always) var tanh: Vector {
        // |x| beyond 9 is ±1 in Float; the clamp keeps the exponent in range and passes NaN on.
        let limit = Vector(repeating: 9)
        var x = replacing(with: limit, where: self .> limit)
        x = x.replacing(with: -limit, where: x .< -limit)
        // e^{2x} = 2^k · 2^f, with k an integer and |f| ≤ 1/2: adding 1.5·2²³ rounds to the nearest integer.
        let y = x * Vector(repeating: 2.885_390_1)
        let shifter = Vector(repeating: 12_582_912)
        let rounded = y + shifter
        let f = y - (rounded - shifter)
        var p = Vector(repeating: 1.540_353e-4)
        p = Vector(repeating: 1.333_355_8e-3).addingProduct(p, f)
        p = Vector(repeating: 9.618_129e-3).addingProduct(p, f)
        p = Vector(repeating: 5.550_411e-2).addingProduct(p, f)
        p = Vector(repeating: 0.240_226_51).addingProduct(p, f)
        p = Vector(repeating: 0.693_147_18).addingProduct(p, f)
        p = Vector(repeating: 1).addingProduct(p, f)
        let exponent = unsafeBitCast(rounded, to: SIMD16<Int32>.self) &<< 23
        let power = unsafeBitCast(unsafeBitCast(p, to: SIMD16<Int32>.self) &+ exponent, to: Vector.self)
        return 1 - Vector(repeating: 2) / (power + 1)
    }
}

/// An aligned block of Floats that lives as long as its owner and only ever grows.
///
/// Reading up to one vector past `count` is allowed: the block ends with slack.
struct FloatBuffer: ~Copyable {
    private(set) var base: UnsafeMutablePointer<Float>
    private(set) var count: Int

    init(count: Int = 0) {
        self.count = count
        base = Self.allocate(count)
    }

    deinit { base.deallocate() }

    /// Makes room for `needed` Floats; the contents are lost when the block has to move.
    mutating func reserve(_ needed: Int) {
        guard needed > count else { return }
        base.deallocate()
        count = needed + needed / 4
        base = Self.allocate(count)
    }

    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
        let bytes = (Vector.padded(count) + 16) * MemoryLayout<Float>.stride
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        memset(raw, 0, bytes)
        return raw.assumingMemoryBound(to: Float.self)
    }
}
