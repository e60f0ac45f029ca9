import Files

extension SummaryPage {
    public var markdown: String {
        var parts = ["# \(title)", head, contents, "## \(Self.verdictsTitle)"]
        parts += groups.map(Self.markdown)
        if let forest, figureMessage == nil {
            parts += ["![\(forest.name)](\(forest.name).png)", "*\(forest.caption)*"]
        }
        if let figureMessage { parts.append("**No figures:** \(figureMessage).") }
        parts += sections.map {
            $0.markdown(heading: 2, figureFolder: "\($0.name)/", figureMessage: figureMessage)
                .trimmingCharacters(in: .newlines)
        }
        parts += ["## \(Self.provenanceTitle)", provenance]
        if let inputs { parts.append(MarkdownText.folded(inputs.title, inputs.list)) }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var contents: String {
        ([Self.verdictsTitle] + sections.map(\.title) + [Self.provenanceTitle])
            .map { "[\($0)](#\(MarkdownText.anchor($0)))" }.joined(separator: " · ")
    }

    private static func markdown(_ group: VerdictGroup) -> String {
        let (headings, rows) = group.table
        var table = MarkdownTable(headings.map { .init($0) })
        for row in rows { table.append(row) }
        return "### \(group.sign) \(group.title)\n\n\(table.text)"
    }
}

/// What forges make of Markdown.
enum MarkdownText {
    /// Text that is shown when its title is pressed.
    static func folded(_ title: String, _ text: String) -> String {
        "<details>\n<summary>\(title)</summary>\n\n\(text)\n\n</details>"
    }

    /// What links to a heading: small letters, hyphens for blanks, no other signs.
    static func anchor(_ heading: String) -> String {
        String(
            heading.lowercased().compactMap { character in
                if character == " " || character == "-" { return "-" }
                return character.isLetter || character.isNumber || character == "_" ? character : nil
            })
    }
}
