import Files
import Foundation

/// The head of an `.npy` file: magic, version, length and a Python dictionary literal.
struct NpyHeader {
    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    let shape: [Int]
    let elementType: NpyArray.ElementType
    /// Where the data begin.
    let byteCount: Int
    /// The product of `shape`.
    let valueCount: Int

    init(_ data: Data, file: String) throws {
        let bytes = [UInt8](data.prefix(12))
        guard bytes.starts(with: Self.magic) else {
            throw InputError(
                file: file, problem: data.isEmpty ? "the file is empty" : "the file does not begin as an npy file does",
                mend: "write it with numpy.save")
        }
        guard bytes.count == 12 else { throw Self.truncated(file) }
        let length: Int
        let start: Int
        switch bytes[6] {
        case 1: (length, start) = (Int(bytes[8]) | Int(bytes[9]) << 8, 10)
        case 2, 3:
            (length, start) = (Int(bytes[8]) | Int(bytes[9]) << 8 | Int(bytes[10]) << 16 | Int(bytes[11]) << 24, 12)
        case let version:
            throw InputError(
                file: file, problem: "npy version \(version) is not one of 1, 2, 3", mend: "write it with numpy.save")
        }
        byteCount = start + length
        guard data.count >= byteCount else { throw Self.truncated(file) }
        let first = data.startIndex
        let text = String(decoding: data[first + start..<first + byteCount], as: UTF8.self)

        let descriptor = Self.value(of: "descr", in: text)
        guard let descriptor, let type = NpyArray.ElementType(rawValue: descriptor.filter { $0 != "'" && $0 != "\"" })
        else {
            throw InputError(
                file: file,
                problem: "the element type is \(descriptor ?? "missing"), expected one of "
                    + NpyArray.ElementType.allCases.map(\.rawValue).joined(separator: ", "),
                mend: "convert it with numpy's astype('<f8')")
        }
        elementType = type
        guard Self.value(of: "fortran_order", in: text) == "False" else {
            throw InputError(
                file: file, problem: "the array is in Fortran order, expected C order",
                mend: "save numpy.ascontiguousarray(x)")
        }
        guard let shape = Self.shape(in: text) else {
            throw InputError(file: file, problem: "the header has no readable shape: \(text)")
        }
        var total = 1
        for size in shape {
            let (product, overflow) = total.multipliedReportingOverflow(by: size)
            guard !overflow, product < 1 << 48 else {
                throw InputError(file: file, problem: "the shape \(shape) is beyond any memory")
            }
            total = product
        }
        self.shape = shape
        valueCount = total
    }

    /// The text between a key's colon and the next comma.
    private static func value(of key: String, in text: String) -> String? {
        guard let found = text.range(of: "'\(key)':") else { return nil }
        return text[found.upperBound...].prefix { $0 != "," && $0 != "}" }.trimmingCharacters(in: .whitespaces)
    }

    private static func shape(in text: String) -> [Int]? {
        guard let found = text.range(of: "'shape':"),
            let open = text[found.upperBound...].firstIndex(of: "("),
            let close = text[open...].firstIndex(of: ")")
        else { return nil }
        let parts = text[text.index(after: open)..<close].split(separator: ",")
        let sizes = parts.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }.map { Int($0) }
        guard sizes.allSatisfy({ $0.map { $0 >= 0 } ?? false }) else { return nil }
        return sizes.compactMap { $0 }
    }

    private static func truncated(_ file: String) -> InputError {
        InputError(
            file: file, problem: "the file ends within its header: it is truncated", mend: "copy or write it again")
    }
}
