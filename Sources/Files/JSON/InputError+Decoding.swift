extension InputError {
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
            self.init(file: file, place: place(context), problem: "this is not a value of type \(type)")
        case .dataCorrupted(let context):
            self.init(file: file, place: place(context), problem: context.debugDescription)
        @unknown default:
            self.init(file: file, problem: "\(error)")
        }
    }
}
