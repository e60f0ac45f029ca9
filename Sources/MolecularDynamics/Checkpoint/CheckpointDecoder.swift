import Files
import Foundation
import Structures

/// Reads what `CheckpointEncoder` has packed, in the same order; every read is checked against the end of the data.
public struct CheckpointDecoder: Sendable {
    private let data: Data
    private var offset: Data.Index
    private let file: String?
    private let section: String

    /// - Parameters:
    ///   - file: the checkpoint's path, for messages.
    ///   - section: the part of the checkpoint that `data` is, for messages.
    public init(_ data: Data, file: String? = nil, section: String) {
        self.data = data
        self.file = file
        self.section = section
        offset = data.startIndex
    }

    /// Whether everything has been read.
    public var isAtEnd: Bool { offset == data.endIndex }

    public mutating func decodeInt() throws -> Int { Int(try read(Int64.self)) }
    public mutating func decodeUInt64() throws -> UInt64 { try read(UInt64.self) }
    public mutating func decodeDouble() throws -> Double { try read(Double.self) }

    public mutating func decodeDoubles(count: Int? = nil) throws -> [Double] { try readArray(count, zero: 0) }
    public mutating func decodeFloats(count: Int? = nil) throws -> [Float] { try readArray(count, zero: 0) }
    public mutating func decodeMatrix() throws -> Matrix3 { Matrix3(rowMajor: try decodeDoubles(count: 9)) }

    public mutating func decodeVectors(count expected: Int) throws -> [SIMD3<Double>] {
        let count = try decodeCount(expected, stride: 3 * MemoryLayout<Double>.size)
        return try (0..<count).map { _ in
            SIMD3(try read(Double.self), try read(Double.self), try read(Double.self))
        }
    }

    public mutating func decodeData() throws -> Data {
        let count = try decodeCount(nil, stride: 1)
        defer { offset += count }
        return data[offset..<offset + count]
    }

    public mutating func decodeString() throws -> String { String(decoding: try decodeData(), as: UTF8.self) }

    /// The error for content that this part of the checkpoint cannot have.
    public func failure(_ problem: String) -> InputError {
        InputError(
            file: file, place: section, problem: problem,
            mend: "the checkpoint belongs to another run or version; start afresh, or resume with the same input")
    }

    private mutating func read<T: BitwiseCopyable>(_ type: T.Type) throws -> T {
        let size = MemoryLayout<T>.size
        guard data.endIndex - offset >= size else { throw failure("the checkpoint ends early") }
        defer { offset += size }
        return data[offset..<offset + size].withUnsafeBytes { $0.loadUnaligned(as: type) }
    }

    private mutating func readArray<T: BitwiseCopyable>(_ expected: Int?, zero: T) throws -> [T] {
        let count = try decodeCount(expected, stride: MemoryLayout<T>.stride)
        let size = count * MemoryLayout<T>.stride
        defer { offset += size }
        var values = [T](repeating: zero, count: count)
        values.withUnsafeMutableBytes { _ = data[offset..<offset + size].copyBytes(to: $0) }
        return values
    }

    private mutating func decodeCount(_ expected: Int?, stride: Int) throws -> Int {
        let count = try decodeInt()
        guard count >= 0, count <= (data.endIndex - offset) / stride else {
            throw failure("the checkpoint ends early")
        }
        guard expected == nil || count == expected else {
            throw failure("\(count) values where this run has \(expected!)")
        }
        return count
    }
}
