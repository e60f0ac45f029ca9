@preconcurrency import CGSL
import Files
import Structures

/// A named stream of pseudo-random numbers: GSL's `mt19937` (Matsumoto and Nishimura 1998, seeding of 2002).
///
/// Every random choice of a run draws from a stream of its own, `RandomStream(seed: 7, name: "velocities")`, so that
/// one part's number of draws never changes another part's values. A stream is a value: a copy repeats the
/// original's future, which is what a checkpoint is. Pass it `inout` where it is to advance.
public struct RandomStream: Sendable, Equatable {
    /// The generator's state in GSL's own layout (`gsl_rng_size` bytes).
    private var words: [UInt64]

    private static let byteCount = gsl_rng_mt19937.pointee.size

    /// The stream `name` of the run with this `seed`.
    ///
    /// The generator takes 32 bits of seed; they come from a stable hash of both arguments (`StableHash`), the same
    /// on every machine and in every version.
    public init(seed: UInt64, name: String) {
        words = [UInt64](repeating: 0, count: (Self.byteCount + 7) / 8)
        let mixed = StableHash.value(seed: seed, name: name) & 0xffff_ffff
        withGenerator { gsl_rng_set($0, UInt(mixed)) }
    }

    /// The stream whose `bytes` were saved.
    ///
    /// - Throws: `InputError` when the bytes are not a saved state.
    public init(bytes: some Collection<UInt8>) throws {
        guard bytes.count == Self.byteCount else {
            throw InputError(
                problem: "a saved random stream holds \(bytes.count) bytes instead of \(Self.byteCount)",
                mend: "use a checkpoint of this program, written on a machine of the same kind")
        }
        words = [UInt64](repeating: 0, count: (Self.byteCount + 7) / 8)
        words.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    }

    /// The whole state, to be kept in a checkpoint; `init(bytes:)` continues from it bit for bit.
    public var bytes: [UInt8] { words.withUnsafeBytes { Array($0.prefix(Self.byteCount)) } }

    /// GSL's generator laid over this value's own storage for the length of `body`.
    @inline(__always)
    private mutating func withGenerator<Result>(_ body: (UnsafePointer<gsl_rng>) -> Result) -> Result {
        words.withUnsafeMutableBytes { storage in
            var generator = gsl_rng(type: gsl_rng_mt19937, state: storage.baseAddress)
            return body(&generator)
        }
    }

    /// Uniform in [0, 1), in steps of 2⁻³².
    public mutating func uniform() -> Double { withGenerator { gsl_rng_uniform($0) } }

    /// Uniform in `range`.
    public mutating func uniform(in range: Range<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    }

    /// Normal deviate (`gsl_ran_gaussian_ratio_method`).
    public mutating func gaussian(mean: Double = 0, standardDeviation: Double = 1) -> Double {
        mean + withGenerator { gsl_ran_gaussian_ratio_method($0, standardDeviation) }
    }

    /// Three independent normal deviates of mean zero.
    public mutating func gaussianVector(standardDeviation: Double = 1) -> SIMD3<Double> {
        let x = gaussian(standardDeviation: standardDeviation)
        let y = gaussian(standardDeviation: standardDeviation)
        return SIMD3(x, y, gaussian(standardDeviation: standardDeviation))
    }

    /// Uniform over 0, 1, ..., `bound` − 1, without bias; `bound` is 1 to 2³² − 1.
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0 && bound <= Int(UInt32.max), "a bound of 1 to 2^32 - 1")
        return Int(withGenerator { gsl_rng_uniform_int($0, UInt(bound)) })
    }

    /// Puts the elements into random order (Fisher and Yates).
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, integer(below: last + 1))
        }
    }

    /// 0 ..< `count` in random order.
    public mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        shuffle(&order)
        return order
    }

    /// `size` different integers of 0 ..< `count`, in random order.
    public mutating func sample(_ size: Int, from count: Int) -> [Int] {
        precondition(0...count ~= size, "a sample is at most the whole")
        var order = Array(0..<count)
        for position in 0..<size {
            order.swapAt(position, position + integer(below: count - position))
        }
        return Array(order.prefix(size))
    }
}

extension RandomStream: RandomNumberGenerator {
    /// 64 random bits, for the standard library's algorithms.
    public mutating func next() -> UInt64 {
        let high = UInt64(withGenerator { gsl_rng_get($0) })
        return high << 32 | UInt64(withGenerator { gsl_rng_get($0) })
    }
}

extension RandomStream: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(bytes: decoder.singleValueContainer().decode([UInt8].self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes)
    }
}
