/// The vector that the fast kernels work in: one register of AVX-512 (Package.swift tells) or of AVX2, two of NEON.
///
/// A vector of two AVX2 registers would leave the table walks short of registers and make them half as fast.
#if LGPS_WIDE_VECTORS
    typealias Lanes = SIMD16<Float>
#else
    typealias Lanes = SIMD8<Float>
#endif
typealias IntegerLanes = Lanes.MaskStorage

extension Lanes {
    /// Arrays and rows are padded to whole multiples of this, so that they are the same for both kinds of vectors.
    static let padding = 16

    /// The smallest multiple of `padding` that holds `count`.
    @inline(__always)
    static func padded(_ count: Int) -> Int { (count + padding - 1) / padding * padding }

    /// As many floats from `pointer`, which need not be aligned.
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

    /// The whole part of every lane and the rest; lanes must not be negative.
    @inline(__always)
    var wholeAndRest: (whole: IntegerLanes, rest: Self) {
        // Adding 1.5·2²³ to a float of small magnitude leaves the nearest integer in the low bits of the sum, and rounding
        // x − 1/2 to the nearest integer is rounding x down.
        let shifter: Float = 12_582_912
        let shifted = (self - 0.5) + shifter
        return (
            unsafeBitCast(shifted, to: IntegerLanes.self) &- Int32(bitPattern: shifter.bitPattern),
            self - (shifted - shifter)
        )
    }

    /// w(r) = u³(−6u² + 15u − 10) + 1 and its slope −30 u²(u − 1)² du/dr, with u from 0 at `start` to 1 at `cutoff`, for every
    /// lane's distance.
    @inline(__always)
    func smoothWeight(from start: Float, to cutoff: Float) -> (value: Self, slope: Self) {
        let inverseSpan = 1 / (cutoff - start)
        let one = Self(repeating: 1)
        let u = ((self - start) * inverseSpan).held(from: 0, to: 1)
        let value = one + u * u * u * (Self(repeating: -10) + u * (Self(repeating: 15) - 6 * u))
        return (value, -30 * u * u * (u - one) * (u - one) * inverseSpan)
    }

    /// The sum of all lanes, pairwise.
    @inline(__always)
    func total() -> Float {
        #if LGPS_WIDE_VECTORS
            let eight = lowHalf + highHalf
        #else
            let eight = self
        #endif
        let four = eight.lowHalf + eight.highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }
}

/// tanh of every lane, to 2e-7 absolute: 1 − 2/(e^{2x} + 1) with e^y = 2^n·2^f and a polynomial in f.
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
    let integer = unsafeBitCast(shifted, to: IntegerLanes.self) &<< IntegerLanes(repeating: 23)
    let exponential = unsafeBitCast(unsafeBitCast(power, to: IntegerLanes.self) &+ integer, to: Lanes.self)
    return 1 - 2 / (exponential + 1)
}
