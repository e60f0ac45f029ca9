/// Vectors of floats in memory, of whatever width.
///
/// What is generic here is called seldom: without whole-module optimisation (debug builds) generic code is not specialised,
/// and looks up its types at every call.
extension SIMD where Scalar == Float {
    /// Arrays and rows are padded to whole multiples of this, so that they are the same for all kinds of vectors.
    @inlinable
    package static var padding: Int { 16 }

    /// The smallest multiple of `padding` that holds `count`.
    @inlinable @inline(__always)
    package static func padded(_ count: Int) -> Int { (count + padding - 1) / padding * padding }
}

extension SIMD8 where Scalar == Float {
    /// As many floats from `pointer`, which need not be aligned.
    @inlinable @inline(__always)
    package static func load(_ pointer: UnsafePointer<Float>) -> Self {
        UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
    }

    @inlinable @inline(__always)
    package func store(_ pointer: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
    }

    /// Stores the first `count` lanes, all when there are no more.
    @inlinable @inline(__always)
    package func store(_ pointer: UnsafeMutablePointer<Float>, first count: Int) {
        if count >= Self.scalarCount { return store(pointer) }
        withUnsafeBytes(of: self) {
            UnsafeMutableRawPointer(pointer).copyMemory(
                from: $0.baseAddress.unsafelyUnwrapped, byteCount: count * MemoryLayout<Float>.stride)
        }
    }

    /// The sum of all lanes, pairwise.
    @inlinable @inline(__always)
    package func total() -> Float {
        let four = lowHalf + highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }
}

extension SIMD16 where Scalar == Float {
    /// As many floats from `pointer`, which need not be aligned.
    @inlinable @inline(__always)
    package static func load(_ pointer: UnsafePointer<Float>) -> Self {
        UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
    }

    @inlinable @inline(__always)
    package func store(_ pointer: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
    }

    /// Stores the first `count` lanes, all when there are no more.
    @inlinable @inline(__always)
    package func store(_ pointer: UnsafeMutablePointer<Float>, first count: Int) {
        if count >= Self.scalarCount { return store(pointer) }
        withUnsafeBytes(of: self) {
            UnsafeMutableRawPointer(pointer).copyMemory(
                from: $0.baseAddress.unsafelyUnwrapped, byteCount: count * MemoryLayout<Float>.stride)
        }
    }

    /// The sum of all lanes, pairwise.
    @inlinable @inline(__always)
    package func total() -> Float { (lowHalf + highHalf).total() }
}
