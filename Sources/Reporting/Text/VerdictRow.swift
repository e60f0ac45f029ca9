/// A sentence of the paper and what became of it, as a row of the page's first table.
public struct VerdictRow: Codable, Equatable, Sendable {
    /// Where the paper says it: `Table V`, `Fig. 13`.
    public var source: String
    public var statement: String
    /// `✔`.
    public var sign: String
    /// `reproduced`: also what the page counts by.
    public var word: String
    /// The numbers behind the verdict, or what is missing.
    public var reason: String
    /// Where those numbers were computed; nil without numbers.
    public var origin: Origin?

    public init(source: String, statement: String, sign: String, word: String, reason: String, origin: Origin? = nil) {
        self.source = source
        self.statement = statement
        self.sign = sign
        self.word = word
        self.reason = reason
        self.origin = origin
    }
}
