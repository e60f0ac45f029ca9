import Foundation

extension CheckpointEncoder {
    /// A value as a binary property list, which keeps every bit of a Double.
    public mutating func encode(_ value: some Encodable) throws {
        let coder = PropertyListEncoder()
        coder.outputFormat = .binary
        encode(try coder.encode(value))
    }
}

extension CheckpointDecoder {
    /// What `encode(_:)` wrote.
    ///
    /// - Parameter what: names it in the error.
    /// - Throws: `InputError` when it is something else.
    public mutating func decode<Value: Decodable>(_ type: Value.Type, _ what: String) throws -> Value {
        let data = try decodeData()
        guard let value = try? PropertyListDecoder().decode(type, from: data) else {
            throw failure("the \(what) cannot be read")
        }
        return value
    }
}
