import Foundation

/// JSON as every file of the project has it: sorted keys, indented, a newline at the end.
///
/// Numbers that are not finite are the strings "inf", "-inf" and "nan".
public enum JSONText {
    public static func data(_ value: some Encodable) throws -> Data {
        let encoder = Self.encoder
        encoder.outputFormatting.insert(.prettyPrinted)
        return try encoder.encode(value) + Data("\n".utf8)
    }

    /// Without a blank or a newline: one text for one value, of which hashes can be taken.
    public static func canonical(_ value: some Encodable) throws -> Data { try encoder.encode(value) }

    /// The SHA-256 of the canonical text, in hexadecimal.
    public static func hash(of value: some Encodable) throws -> String {
        var hash = SHA256()
        hash.update(try canonical(value))
        return hash.hexadecimal
    }

    /// Writes `value` as a whole file.
    ///
    /// - Throws: `InputError` as `AtomicFile`.
    public static func write(_ value: some Encodable, to path: String) throws {
        try AtomicFile.write(try data(value), to: path)
    }

    /// Reads what `write` wrote.
    ///
    /// - Throws: `InputError` naming the file and the key at fault.
    public static func read<Value: Decodable>(_ type: Value.Type, from path: String) throws -> Value {
        try decode(type, from: try InputFile.data(at: path), file: path)
    }

    /// - Parameter file: where the data come from, for errors.
    /// - Throws: `InputError` naming the file and the key at fault.
    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data, file: String?) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            return try decoder.decode(type, from: data)
        } catch let error as DecodingError {
            if case .dataCorrupted(let context) = error, context.codingPath.isEmpty,
                let outside = NumbersOutOfRange.error(in: data, file: file)
            {
                throw outside
            }
            throw InputError(error, file: file)
        }
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }
}
