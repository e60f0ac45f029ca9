import Files

/// Splits a CIF into its data items: values by tag, loops as columns by tag.
struct CIFTokens {
    /// The first data block's name.
    private(set) var name = ""
    /// Values of every tag (lower case): one for a single item, all rows for a column of a loop.
    private(set) var items: [String: [Token]] = [:]

    struct Token: Equatable {
        var text: String
        /// Line number, from 1.
        var line: Int
        /// Quoted values are never keywords, tags, `?` or `.`.
        var isQuoted = false

        /// The value is unknown or does not apply.
        var isAbsent: Bool { !isQuoted && (text == "?" || text == ".") }
    }

    init(_ text: String, file: String) throws {
        let tokens = try Self.split(text, file: file)
        var index = 0
        func isTag(_ token: Token) -> Bool { !token.isQuoted && token.text.hasPrefix("_") }
        func isKeyword(_ token: Token) -> Bool {
            let lower = token.text.lowercased()
            return !token.isQuoted && (lower == "loop_" || lower.hasPrefix("data_") || lower.hasPrefix("save_"))
        }
        var blocks = 0
        while index < tokens.count {
            let token = tokens[index]
            index += 1
            if isTag(token) {
                guard index < tokens.count, !isTag(tokens[index]), !isKeyword(tokens[index]) else {
                    throw InputError(file: file, place: "line \(token.line)", problem: "\(token.text) has no value")
                }
                items[token.text.lowercased()] = [tokens[index]]
                index += 1
            } else if isKeyword(token), token.text.lowercased() == "loop_" {
                var tags: [String] = []
                while index < tokens.count, isTag(tokens[index]) {
                    tags.append(tokens[index].text.lowercased())
                    index += 1
                }
                let start = index
                while index < tokens.count, !isTag(tokens[index]), !isKeyword(tokens[index]) { index += 1 }
                guard !tags.isEmpty, (index - start) % tags.count == 0 else {
                    throw InputError(
                        file: file, place: "line \(token.line)",
                        problem: "the loop has \(tags.count) columns but \(index - start) values",
                        mend: "the file is truncated, or a value with blanks lacks quotation marks")
                }
                for (column, tag) in tags.enumerated() {
                    items[tag] = stride(from: start + column, to: index, by: tags.count).map { tokens[$0] }
                }
            } else if isKeyword(token), token.text.lowercased().hasPrefix("data_") {
                blocks += 1
                // Only the first block with atoms counts; files of several structures are cut there.
                if blocks > 1, items["_atom_site_fract_x"] != nil { return }
                name = String(token.text.dropFirst(5))
            } else {
                throw InputError(
                    file: file, place: "line \(token.line)", problem: "'\(token.text)' is not expected here")
            }
        }
        guard blocks > 0 else { throw InputError(file: file, problem: "there is no data_ block: this is not a CIF") }
    }

    /// Words, quoted strings and text fields between semicolons; comments are dropped.
    private static func split(_ text: String, file: String) throws -> [Token] {
        var lines = TextLines(text, file: file)
        var tokens: [Token] = []
        while let line = lines.peek {
            lines.skip()
            if line.text.first == ";" {
                var field = [String(line.text.dropFirst())]
                while true {
                    let next = try lines.read("the end of the text field of line \(line.number)")
                    if next.text.first == ";" { break }
                    field.append(String(next.text))
                }
                tokens.append(Token(text: field.joined(separator: "\n"), line: line.number, isQuoted: true))
            } else {
                try split(line, into: &tokens)
            }
        }
        return tokens
    }

    private static func split(_ line: TextLine, into tokens: inout [Token]) throws {
        var rest = Array(line.text)[...]
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard let first = rest.first, first != "#" else { return }
            guard first == "'" || first == "\"" else {
                let word = rest.prefix { !$0.isWhitespace }
                rest = rest.dropFirst(word.count)
                tokens.append(Token(text: String(word), line: line.number))
                continue
            }
            // A quotation mark closes only before a blank or the end of the line.
            let body = rest.dropFirst()
            let close = body.indices.first {
                body[$0] == first && ($0 + 1 == body.endIndex || body[$0 + 1].isWhitespace)
            }
            guard let close else { throw line.error("a quotation mark is not closed: '\(line.text)'") }
            tokens.append(Token(text: String(body[..<close]), line: line.number, isQuoted: true))
            rest = body[(close + 1)...]
        }
    }
}
