import Foundation

/// Text as HTML.
enum HTMLText {
    /// `text` as it stands, in elements and in quoted attributes.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    /// The Markdown that pages are written in: paragraphs and lists of `- ` items, with code, emphasis and links inside.
    static func blocks(markdown: String) -> String {
        markdown.split(separator: "\n\n").map { block in
            let lines = block.split(separator: "\n").map(String.init)
            guard lines.allSatisfy({ $0.hasPrefix("- ") }) else { return "<p>\(inline(markdown: String(block)))</p>" }
            let items = lines.map { "<li>\(inline(markdown: String($0.dropFirst(2))))</li>" }
            return "<ul>\(items.joined())</ul>"
        }.joined(separator: "\n")
    }

    /// One paragraph's code, strong and emphasised text, and links.
    static func inline(markdown: String) -> String {
        // Nothing is marked up inside of code.
        let parts = markdown.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        return parts.enumerated().map { index, part in
            if index % 2 == 1 && index < parts.count - 1 { return "<code>\(escaped(part))</code>" }
            let text = (index % 2 == 1 ? "`" : "") + escaped(part)
            return text.replacing(#/\*\*(.+?)\*\*/#) { "<strong>\($0.output.1)</strong>" }
                .replacing(#/\*([^*]+)\*/#) { "<em>\($0.output.1)</em>" }
                .replacing(#/\[([^\]]+)\]\(([^)]+)\)/#) { "<a href=\"\($0.output.2)\">\($0.output.1)</a>" }
        }.joined()
    }
}
