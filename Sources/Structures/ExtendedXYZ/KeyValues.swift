import Files

/// The `key=value` line of extended XYZ: values bare, in quotation marks with backslash escapes, or in brackets.
enum KeyValues {
    /// A key without a value means true ("T").
    static func parse(_ line: TextLine) throws -> [String: String] {
        var values: [String: String] = [:]
        var rest = Array(line.text)[...]
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard !rest.isEmpty else { return values }
            let key = try token(&rest, line)
            guard rest.first == "=" else {
                values[key] = "T"
                continue
            }
            rest = rest.dropFirst()
            values[key] = try token(&rest, line)
        }
    }

    /// `value` such that `parse` gives it back.
    static func quoted(_ value: String) -> String {
        let isBare = !value.isEmpty && value.allSatisfy { !$0.isWhitespace && !"\"'={}[]\\,".contains($0) }
        if isBare { return value }
        let escaped = value.map { character -> String in
            switch character {
            case "\"", "\\": "\\\(character)"
            case "\n": "\\n"
            default: String(character)
            }
        }
        return "\"\(escaped.joined())\""
    }

    private static func token(_ rest: inout ArraySlice<Character>, _ line: TextLine) throws -> String {
        guard let first = rest.first else { return "" }
        if let close = ["\"": "\"", "'": "'", "{": "}", "[": "]"][first] as Character? {
            return try enclosed(&rest, until: close, line)
        }
        let word = rest.prefix { !$0.isWhitespace && $0 != "=" }
        guard !word.isEmpty else { throw line.error("a key is missing before '=': '\(line.text)'") }
        rest = rest.dropFirst(word.count)
        return String(word)
    }

    private static func enclosed(
        _ rest: inout ArraySlice<Character>, until close: Character, _ line: TextLine
    ) throws -> String {
        let open = rest.removeFirst()
        var depth = 1
        var text = ""
        while let character = rest.popFirst() {
            if character == "\\", let escaped = rest.popFirst() {
                text.append(escaped == "n" ? "\n" : escaped)
                continue
            }
            // Brackets nest, as in virial=[[...], [...], [...]].
            if character == close { depth -= 1 } else if character == open { depth += 1 }
            if depth == 0 { return text }
            text.append(character)
        }
        throw line.error("\(open) is not closed by \(close): '\(line.text)'")
    }
}
