import Foundation

/// An array that is coded as one block of bytes, so that a checkpoint of many numbers stays small and exact.
public struct PackedArray<Element: BitwiseCopyable & Sendable & Equatable>: Equatable, Sendable, Codable {
    public var values: [Element]

    public init(_ values: [Element]) { self.values = values }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let data = try container.decode(Data.self)
        let stride = MemoryLayout<Element>.stride
        guard data.count % stride == 0 else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(data.count) bytes are no whole number of elements of \(stride)")
        }
        values = data.withUnsafeBytes { bytes in
            (0..<bytes.count / stride).map { bytes.loadUnaligned(fromByteOffset: $0 * stride, as: Element.self) }
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values.withUnsafeBytes { Data($0) })
    }
}
