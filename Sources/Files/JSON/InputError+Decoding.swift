import Foundation

extension InputError {
    /// A type as the author of a file knows it.
    private static func words(for type: Any.Type) -> String {
        switch type {
        case is any UnsignedInteger.Type: "a whole number that is not negative"
        case is any BinaryInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is Bool.Type: "true or false"
        case is String.Type: "text in quotation marks"
        case is [String: Any].Type: "an object {...}"
        case is [Any].Type: "a list [...]"
        default:
            "\(type)".contains("Dictionary")
                ? "an object {...}" : "\(type)".contains("Array") ? "a list [...]" : "another kind of value"
        }
    }

    /// Foundation's words for data that are none, without the types of a programming language.
    private static func words(for context: DecodingError.Context) -> String {
        let text = context.debugDescription
        if text.contains("does not fit") || text.contains("not representable") || text.contains("not a valid") {
            let number = text.split { !"+-.0123456789eE".contains($0) }.first { Double($0) != nil }
            return "the number \(number.map(String.init) ?? "") is out of range here"
        }
        let detail = (context.underlyingError as NSError?)?.userInfo["NSDebugDescription"] as? String
        return detail.map { "\(text) \($0)" } ?? text
    }

    /// What a decoder found wrong, in the words of the file's author: which key, and what is the matter with it.
    public init(_ error: DecodingError, file: String?) {
        func place(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String? {
            let path = (context.codingPath + [key].compactMap { $0 }).map { key in
                key.intValue.map { "[\($0)]" } ?? key.stringValue
            }
            return path.isEmpty ? nil : path.joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context):
            self.init(file: file, place: place(context, key), problem: "this key is missing", mend: "add it")
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            self.init(file: file, place: place(context), problem: "\(Self.words(for: type)) is expected here")
        case .dataCorrupted(let context):
            self.init(file: file, place: place(context), problem: Self.words(for: context))
        @unknown default:
            self.init(file: file, problem: "\(error)")
        }
    }
}
