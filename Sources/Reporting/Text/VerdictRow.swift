/// A sentence of the paper and what became of it, as a row of the page's first tables.
public struct VerdictRow: Codable, Equatable, Sendable {
    /// Where the paper says it: `Table V`, `Fig. 13`.
    public var source: String
    public var statement: String
    /// `✔`.
    public var sign: String
    /// `reproduced`: also what the page counts and groups by.
    public var word: String
    /// The numbers behind the verdict, or what is missing, in Markdown.
    public var reason: String
    /// What would decide it, in Markdown; nil where it is decided.
    public var remedy: String?
    /// Where those numbers were computed; nil without numbers.
    public var origin: Origin?

    public init(
        source: String, statement: String, sign: String, word: String, reason: String, remedy: String? = nil,
        origin: Origin? = nil
    ) {
        self.source = source
        self.statement = statement
        self.sign = sign
        self.word = word
        self.reason = reason
        self.remedy = remedy
        self.origin = origin
    }
}

/// The verdicts of one word, in the order of the paper.
struct VerdictGroup {
    var sign: String
    var word: String
    var rows: [VerdictRow]

    /// `✔ Reproduced (4)`, without its sign.
    var title: String { "\(word.prefix(1).uppercased() + word.dropFirst()) (\(rows.count))" }

    /// Headings and cells, in Markdown; columns that would be empty are left out.
    var table: (headings: [String], rows: [[String]]) {
        let hasRemedies = rows.contains { $0.remedy != nil }
        let hasOrigins = rows.contains { $0.origin != nil }
        return (
            ["Paper", "Claim", "Why"] + (hasRemedies ? ["To decide it"] : []) + (hasOrigins ? ["Computed"] : []),
            rows.map { row in
                [row.source, row.statement, row.reason] + (hasRemedies ? [row.remedy ?? "–"] : [])
                    + (hasOrigins ? [row.origin?.rawValue ?? "–"] : [])
            }
        )
    }

    /// Groups in the order of `words`, then of appearance.
    static func groups(of rows: [VerdictRow], order words: [String]) -> [VerdictGroup] {
        var words = words
        for row in rows where !words.contains(row.word) { words.append(row.word) }
        return words.compactMap { word in
            let own = rows.filter { $0.word == word }
            return own.first.map { VerdictGroup(sign: $0.sign, word: word, rows: own) }
        }
    }
}
