/// The lines of a text file, read one after another, with errors that name the line.
public struct TextLines {
    public let file: String
    private let lines: [Substring]
    public private(set) var next = 0

    /// Splits at line feeds; a carriage return before one is dropped, and a last empty line is none.
    public init(_ text: String, file: String) {
        self.file = file
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            Substring($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0)
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = lines
    }

    public var isAtEnd: Bool { next >= lines.count }

    /// Lines that are left.
    public var remaining: Int { max(0, lines.count - next) }

    /// The next line without passing it; nil at the end.
    public var peek: TextLine? { isAtEnd ? nil : TextLine(file: file, number: next + 1, text: lines[next]) }

    /// The next line.
    ///
    /// - Parameter what: what should be there, for the error at the end of the file.
    public mutating func read(_ what: String) throws -> TextLine {
        guard let line = peek else {
            throw InputError(
                file: file, place: "line \(next + 1)", problem: "the file ends where \(what) should be",
                mend: "the file is truncated; copy or write it again")
        }
        next += 1
        return line
    }

    public mutating func skip() { next += 1 }
}

/// One line of a text file and its words.
public struct TextLine {
    public let file: String
    /// From 1.
    public let number: Int
    public let text: Substring

    /// The text split at blanks and tabs.
    public var words: [Substring] {
        text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map { Substring($0) }
    }

    public var isBlank: Bool { words.isEmpty }

    public func error(_ problem: String, mend: String? = nil) -> InputError {
        InputError(file: file, place: "line \(number)", problem: problem, mend: mend)
    }

    /// Three finite numbers from the words that begin at `start`.
    public func vector(_ words: [Substring], from start: Int = 0, _ what: String) throws -> SIMD3<Double> {
        guard words.count >= start + 3 else {
            throw error("\(what) needs \(start + 3) columns but the line has \(words.count): '\(text)'")
        }
        return SIMD3(
            try number(words[start], what), try number(words[start + 1], what), try number(words[start + 2], what))
    }

    /// A finite number; Fortran's exponent letter D is understood.
    public func number(_ word: some StringProtocol, _ what: String) throws -> Double {
        let value = Double(word) ?? Double(String(word.map { $0 == "D" || $0 == "d" ? "e" : $0 }))
        guard let value, value.isFinite else { throw error("\(what): '\(word)' is not a finite number") }
        return value
    }

    public func integer(_ word: some StringProtocol, _ what: String) throws -> Int {
        guard let value = Int(word) else { throw error("\(what): '\(word)' is not an integer") }
        return value
    }

    /// A number of things within `range`.
    public func count(
        _ word: some StringProtocol, _ what: String, in range: ClosedRange<Int> = 0...Count.largest
    ) throws -> Int {
        guard let value = Count.exactly(word, in: range) else {
            throw error("\(what): '\(word)' is not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
