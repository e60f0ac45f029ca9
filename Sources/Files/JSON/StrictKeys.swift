import Foundation

extension Decoder {
    /// A keyed container that holds no key but those of `Key`.
    ///
    /// - Throws: `InputError` that names an unknown key, where it stands and the known ones.
    public func container<Key: CodingKey & CaseIterable>(strictlyKeyedBy type: Key.Type) throws
        -> KeyedDecodingContainer<Key>
    {
        let known = Set(Key.allCases.map(\.stringValue))
        let keys = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).sorted()
        if let unknown = keys.first(where: { !known.contains($0) }) {
            throw InputError(
                place: codingPath.isEmpty ? nil : codingPath.map(\.stringValue).joined(separator: "."),
                problem: "unknown key '\(unknown)'", mend: "known here: \(known.sorted().joined(separator: ", "))")
        }
        return try container(keyedBy: type)
    }
}

extension KeyedDecodingContainer {
    /// The value of a key, or `value` where the key is absent.
    public func decode<T: Decodable>(_ key: Key, default value: T) throws -> T {
        try decodeIfPresent(T.self, forKey: key) ?? value
    }
}

private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
