import Files
import Foundation

/// An array in NumPy's `.npy` format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
///
/// Little-endian 4- and 8-byte floats and integers in C order, header versions 1 to 3. Values are kept as Doubles,
/// whatever the file's element type; integers beyond 2⁵³ would be rounded.
public struct NpyArray: Equatable, Sendable {
    public enum ElementType: String, Sendable, CaseIterable {
        case float32 = "<f4"
        case float64 = "<f8"
        case int32 = "<i4"
        case int64 = "<i8"

        public var byteCount: Int {
            switch self {
            case .float32, .int32: 4
            case .float64, .int64: 8
            }
        }
    }

    public var shape: [Int]
    public var elementType: ElementType
    /// C order, as many as the product of `shape`.
    public var values: [Double]

    public init(shape: [Int], elementType: ElementType, values: [Double]) {
        precondition(shape.reduce(1, *) == values.count, "the shape must hold the values")
        self.shape = shape
        self.elementType = elementType
        self.values = values
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: `InputError` when the file is missing, is not npy, ends early, has bytes left over, or holds a type
    ///   or an order of elements other than those above.
    public init(contentsOf path: String) throws {
        try self.init(InputFile.data(at: path), file: path)
    }

    /// Decodes `data`; `file` is for messages.
    public init(_ data: Data, file: String) throws {
        let header = try NpyHeader(data, file: file)
        let expected = header.valueCount * header.elementType.byteCount
        let found = data.count - header.byteCount
        guard found == expected else {
            throw InputError(
                file: file,
                problem: "shape \(header.shape) of \(header.elementType.rawValue) needs \(expected) bytes after the "
                    + "header but \(found) are there: the file is \(found < expected ? "truncated" : "too long")",
                mend: "copy or write the file again")
        }
        shape = header.shape
        elementType = header.elementType
        values = data.withUnsafeBytes { bytes in
            let body = UnsafeRawBufferPointer(rebasing: bytes[header.byteCount...])
            return switch header.elementType {
            case .float32: Self.decode(body) { Double(Float(bitPattern: UInt32(littleEndian: $0))) }
            case .float64: Self.decode(body) { Double(bitPattern: UInt64(littleEndian: $0)) }
            case .int32: Self.decode(body) { Double(Int32(littleEndian: $0)) }
            case .int64: Self.decode(body) { Double(Int64(littleEndian: $0)) }
            }
        }
    }

    /// The bytes of a version 1.0 file, as NumPy writes them; values are rounded to the element type.
    public func encoded() -> Data {
        let list = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        var header = "{'descr': '\(elementType.rawValue)', 'fortran_order': False, 'shape': (\(list)), }"
        // The data begin at a multiple of 64 bytes, after a newline.
        header += String(repeating: " ", count: 63 - (NpyHeader.magic.count + 4 + header.utf8.count) % 64) + "\n"
        var data = Data(NpyHeader.magic)
        data.append(contentsOf: [1, 0, UInt8(header.utf8.count & 0xff), UInt8(header.utf8.count >> 8)])
        data.append(contentsOf: header.utf8)
        switch elementType {
        case .float32: data.append(Self.encode(values) { Float($0).bitPattern.littleEndian })
        case .float64: data.append(Self.encode(values) { $0.bitPattern.littleEndian })
        case .int32: data.append(Self.encode(values) { Int32($0).littleEndian })
        case .int64: data.append(Self.encode(values) { Int64($0).littleEndian })
        }
        return data
    }

    private static func decode<Raw: BitwiseCopyable>(
        _ body: UnsafeRawBufferPointer, _ convert: (Raw) -> Double
    ) -> [Double] {
        let count = body.count / MemoryLayout<Raw>.size
        return [Double](unsafeUninitializedCapacity: count) { buffer, initialised in
            for k in 0..<count {
                buffer[k] = convert(body.loadUnaligned(fromByteOffset: k * MemoryLayout<Raw>.size, as: Raw.self))
            }
            initialised = count
        }
    }

    private static func encode<Raw: BitwiseCopyable>(_ values: [Double], _ convert: (Double) -> Raw) -> Data {
        values.map(convert).withUnsafeBytes { Data($0) }
    }
}
