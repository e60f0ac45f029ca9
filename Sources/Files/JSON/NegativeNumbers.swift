import Foundation

/// Whole numbers below zero in a JSON text, with the keys that lead to them.
///
/// Foundation calls a text "not valid JSON", without a place, when a number that may not be negative is.
enum NegativeNumbers {
    /// The error for a text that is whole and has such numbers; nil for others.
    static func error(in data: Data, file: String?) -> InputError? {
        guard let value = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) else { return nil }
        let found = places(in: value, path: "")
        guard let first = found.first else { return nil }
        let others = found.dropFirst().map { "\($0.place): \($0.number)" }
        return InputError(
            file: file, place: first.place.isEmpty ? nil : first.place,
            problem: "the number \(first.number) is out of range here"
                + (others.isEmpty ? "" : ", or one of \(others.joined(separator: ", "))"),
            mend: "give a number that is not negative")
    }

    private static func places(in value: Any, path: String) -> [(place: String, number: Int)] {
        switch value {
        case let object as [String: Any]:
            object.sorted { $0.key < $1.key }.flatMap { key, value in
                places(in: value, path: path.isEmpty ? key : "\(path).\(key)")
            }
        case let list as [Any]:
            list.enumerated().flatMap { places(in: $1, path: path.isEmpty ? "[\($0)]" : "\(path).[\($0)]") }
        case let number as NSNumber:
            Int(exactly: number.doubleValue).flatMap { $0 < 0 ? [(path, $0)] : nil } ?? []
        default: []
        }
    }
}
