import Foundation
import Structures

extension Decoder {
    /// A keyed container that holds no key but those of `Key`.
    ///
    /// - Throws: `InputError` that names an unknown key, where it stands and the known ones.
    func container<Key: CodingKey & CaseIterable>(strictlyKeyedBy type: Key.Type) throws
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
    func decode<T: Decodable>(_ key: Key, default value: T) throws -> T {
        try decodeIfPresent(T.self, forKey: key) ?? value
    }
}

private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension InputError {
    /// What `JSONDecoder` found wrong, in the words of the file's author.
    init(_ error: DecodingError, file: String?) {
        func place(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String? {
            let path = (context.codingPath + [key].compactMap { $0 }).map(\.stringValue)
            return path.isEmpty ? nil : path.joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context):
            self.init(file: file, place: place(context, key), problem: "this key is missing")
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            self.init(file: file, place: place(context), problem: "this is not a value of type \(type)")
        case .dataCorrupted(let context):
            self.init(file: file, place: place(context), problem: context.debugDescription)
        @unknown default:
            self.init(file: file, problem: "\(error)")
        }
    }
}
