/// The vector that the fast kernels work in: one register of AVX-512 (Package.swift tells) or of AVX2, two of NEON.
///
/// A vector of two AVX2 registers would leave the table walks short of registers and make them half as fast.
#if LGPS_WIDE_VECTORS
    @usableFromInline package typealias Lanes = SIMD16<Float>
#else
    @usableFromInline package typealias Lanes = SIMD8<Float>
#endif
@usableFromInline package typealias IntegerLanes = Lanes.MaskStorage

extension Lanes {
    /// self + a·b in one rounding.
    @inlinable @inline(__always)
    package func adding(_ a: Self, _ b: Self) -> Self { addingProduct(a, b) }

    /// self + a·b in one rounding, the same b in every lane.
    @inlinable @inline(__always)
    package func adding(_ a: Self, _ b: Float) -> Self { addingProduct(a, Self(repeating: b)) }

    /// Every lane held between two bounds. The library's `clamped` works lane by lane.
    @inlinable @inline(__always)
    package func held(from low: Float, to high: Float) -> Self {
        let raised = replacing(with: Self(repeating: low), where: self .< Self(repeating: low))
        return raised.replacing(with: Self(repeating: high), where: raised .> Self(repeating: high))
    }

    /// The same for places in a table: what is not a number becomes the lower bound, so that no place lies outside.
    @inlinable @inline(__always)
    package func heldInside(_ low: Float, _ high: Float) -> Self {
        let raised = Self(repeating: low).replacing(with: self, where: self .> Self(repeating: low))
        return raised.replacing(with: Self(repeating: high), where: raised .> Self(repeating: high))
    }

    /// What a float of small magnitude is added to so that the nearest integer is left in the low bits of the sum, and
    /// subtracting it again gives that integer as a float: 1.5·2²³.
    @inlinable
    package static var shifter: Float { 12_582_912 }

    /// The whole part of every lane and the rest; lanes must not be negative.
    @inline(__always)
    var wholeAndRest: (whole: IntegerLanes, rest: Self) {
        // Rounding x − 1/2 to the nearest integer is rounding x down.
        let shifted = (self - 0.5) + Self.shifter
        return (
            unsafeBitCast(shifted, to: IntegerLanes.self) &- Int32(bitPattern: Self.shifter.bitPattern),
            self - (shifted - Self.shifter)
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

    /// tanh of every lane, to 2e-7 absolute: 1 − 2/(e^{2x} + 1) with e^y = 2^n·2^f and a polynomial in f. NaN stays.
    @inlinable @inline(__always)
    package var hyperbolicTangent: Self {
        // Beyond ±9 the result is ±1 in Float.
        let exponent = held(from: -9, to: 9) * (2 * 1.442_695_04)
        let shifted = exponent + Self.shifter
        let fraction = exponent - (shifted - Self.shifter)
        // Taylor series of 2^f = e^{f ln 2} on [−1/2, 1/2]; the first term left out is 1e-7 of the whole.
        var power = Self(repeating: 1.540_353e-4)
        power = Self(repeating: 1.333_355_8e-3).adding(power, fraction)
        power = Self(repeating: 9.618_129_1e-3).adding(power, fraction)
        power = Self(repeating: 5.550_410_87e-2).adding(power, fraction)
        power = Self(repeating: 0.240_226_507).adding(power, fraction)
        power = Self(repeating: 0.693_147_181).adding(power, fraction)
        power = Self(repeating: 1).adding(power, fraction)
        // Adding n to the bits of the exponent multiplies by 2^n.
        let integer = unsafeBitCast(shifted, to: IntegerLanes.self) &<< IntegerLanes(repeating: 23)
        let exponential = unsafeBitCast(unsafeBitCast(power, to: IntegerLanes.self) &+ integer, to: Self.self)
        return 1 - 2 / (exponential + 1)
    }
}
