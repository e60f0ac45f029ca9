/// The vector that the fast kernels work in: one AVX-512 register, or two of AVX2 or four of NEON.
typealias Lanes = SIMD16<Float>

extension SIMD16 where Scalar == Float {
    /// Sixteen floats from `pointer`, which need not be aligned.
    @inline(__always)
    static func load(_ pointer: UnsafePointer<Float>) -> Self {
        UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
    }

    @inline(__always)
    static func load(_ pointer: UnsafeMutablePointer<Float>) -> Self {
        UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
    }

    @inline(__always)
    func store(_ pointer: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
    }

    /// self + a·b in one rounding.
    @inline(__always)
    func adding(_ a: Self, _ b: Self) -> Self { addingProduct(a, b) }

    /// self + a·b in one rounding, the same b in every lane.
    @inline(__always)
    func adding(_ a: Self, _ b: Float) -> Self { addingProduct(a, Self(repeating: b)) }

    /// Every lane held between two bounds. The library's `clamped` works lane by lane.
    @inline(__always)
    func held(from low: Float, to high: Float) -> Self {
        let raised = replacing(with: Self(repeating: low), where: self .< Self(repeating: low))
        return raised.replacing(with: Self(repeating: high), where: raised .> Self(repeating: high))
    }

    /// The sum of all lanes, pairwise.
    @inline(__always)
    func total() -> Float {
        let eight = lowHalf + highHalf
        let four = eight.lowHalf + eight.highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }

    /// The sums of neighbouring lanes, first those of self, then those of `other`.
    @inline(__always)
    private func pairSums(with other: Self) -> Self {
        Self(lowHalf: evenHalf, highHalf: other.evenHalf) + Self(lowHalf: oddHalf, highHalf: other.oddHalf)
    }

    /// The sum of all lanes of each of sixteen vectors.
    @inline(__always)
    static func totals(_ v: UnsafePointer<Self>) -> Self {
        @inline(__always) func two(_ k: Int) -> Self { v[k].pairSums(with: v[k + 1]) }
        @inline(__always) func four(_ k: Int) -> Self { two(k).pairSums(with: two(k + 2)) }
        @inline(__always) func eight(_ k: Int) -> Self { four(k).pairSums(with: four(k + 4)) }
        return eight(0).pairSums(with: eight(8))
    }
}

/// tanh of sixteen values, to 2e-7 absolute: 1 − 2/(e^{2x} + 1) with e^y = 2^n·2^f and a polynomial in f.
@inline(__always)
func hyperbolicTangent(_ x: Lanes) -> Lanes {
    // Beyond ±9 the result is ±1 in Float.
    let clamped = x.held(from: -9, to: 9)
    let exponent = clamped * (2 * 1.442_695_04)
    // Adding and subtracting 1.5·2²³ rounds to the nearest integer, left in the low bits of the sum.
    let shifter = Lanes(repeating: 12_582_912)
    let shifted = exponent + shifter
    let fraction = exponent - (shifted - shifter)
    // Taylor series of 2^f = e^{f ln 2} on [−1/2, 1/2]; the first term left out is 1e-7 of the whole.
    var power = Lanes(repeating: 1.540_353e-4)
    power = Lanes(repeating: 1.333_355_8e-3).adding(power, fraction)
    power = Lanes(repeating: 9.618_129_1e-3).adding(power, fraction)
    power = Lanes(repeating: 5.550_410_87e-2).adding(power, fraction)
    power = Lanes(repeating: 0.240_226_507).adding(power, fraction)
    power = Lanes(repeating: 0.693_147_181).adding(power, fraction)
    power = Lanes(repeating: 1).adding(power, fraction)
    let integer = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &<< SIMD16<Int32>(repeating: 23)
    let exponential = unsafeBitCast(unsafeBitCast(power, to: SIMD16<Int32>.self) &+ integer, to: Lanes.self)
    return 1 - 2 / (exponential + 1)
}
