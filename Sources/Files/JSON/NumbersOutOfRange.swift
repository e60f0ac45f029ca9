import Foundation

/// Numbers in a JSON text that no whole number can be, or none that may not be negative, with the keys that lead to them.
///
/// Foundation calls a text "not valid JSON", without a place, when a number does not fit the integer that is wanted.
enum NumbersOutOfRange {
    /// The error for a text that is whole and has such numbers; nil for others.
    static func error(in data: Data, file: String?) -> InputError? {
        guard let value = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) else { return nil }
        let found = places(in: value, path: "")
        guard let first = found.first else { return nil }
        let others = found.dropFirst().map { "\($0.place): \($0.number)" }
        return InputError(
            file: file, place: first.place.isEmpty ? nil : first.place,
            problem: "the number \(first.number) is out of range here"
                + (others.isEmpty ? "" : ", or one of \(others.joined(separator: ", "))"))
    }

    private static func places(in value: Any, path: String) -> [(place: String, number: String)] {
        switch value {
        case let object as [String: Any]:
            object.sorted { $0.key < $1.key }.flatMap { key, value in
                places(in: value, path: path.isEmpty ? key : "\(path).\(key)")
            }
        case let list as [Any]:
            list.enumerated().flatMap { places(in: $1, path: path.isEmpty ? "[\($0)]" : "\(path).[\($0)]") }
        case let number as NSNumber: outside(number.doubleValue).map { [(path, $0)] } ?? []
        default: []
        }
    }

    /// As text, a number that is below zero and whole, or beyond every integer.
    private static func outside(_ number: Double) -> String? {
        guard let whole = Int(exactly: number) else { return abs(number) >= 0x1p63 ? "\(number)" : nil }
        return whole < 0 ? "\(whole)" : nil
    }
}
