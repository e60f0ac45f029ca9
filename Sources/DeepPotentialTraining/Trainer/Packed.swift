import Foundation

/// An array that is saved as its bytes.
struct Packed<Element: BitwiseCopyable & Sendable>: Codable, Sendable {
    var values: [Element]

    init(_ values: [Element]) { self.values = values }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let data = try container.decode(Data.self)
        guard data.count % MemoryLayout<Element>.stride == 0 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a whole number of elements")
        }
        values = Array(unsafeUninitializedCapacity: data.count / MemoryLayout<Element>.stride) { buffer, count in
            count = data.copyBytes(to: buffer) / MemoryLayout<Element>.stride
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values.withUnsafeBytes { Data($0) })
    }
}
