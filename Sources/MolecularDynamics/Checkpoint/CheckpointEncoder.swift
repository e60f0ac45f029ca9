import Foundation
import Structures

/// Packs the variables of a run into bytes, exactly: Doubles keep every bit. Little-endian, arrays preceded by their
/// count.
public struct CheckpointEncoder: Sendable {
    public private(set) var data = Data()

    public init() {}

    public mutating func encode(_ value: Int) { append(Int64(value)) }
    public mutating func encode(_ value: UInt64) { append(value) }
    public mutating func encode(_ value: Double) { append(value) }
    public mutating func encode(_ value: Matrix3) { encode(value.rowMajor) }
    public mutating func encode(_ values: [Double]) { append(array: values) }
    public mutating func encode(_ values: [Float]) { append(array: values) }
    public mutating func encode(_ value: String) { encode(Data(value.utf8)) }

    public mutating func encode(_ vectors: [SIMD3<Double>]) {
        encode(vectors.count)
        for vector in vectors {
            append(vector.x)
            append(vector.y)
            append(vector.z)
        }
    }

    public mutating func encode(_ bytes: Data) {
        encode(bytes.count)
        data.append(bytes)
    }

    private mutating func append(_ value: some BitwiseCopyable) {
        withUnsafeBytes(of: value) { data.append(contentsOf: $0) }
    }

    private mutating func append(array: [some BitwiseCopyable]) {
        encode(array.count)
        array.withUnsafeBytes { data.append(contentsOf: $0) }
    }
}
