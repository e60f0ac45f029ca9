/// The lines of a text file, read one after another, with errors that name the line.
struct TextLines {
    let file: String
    private let lines: [Substring]
    private(set) var next = 0

    /// Splits at line feeds; a carriage return before one is dropped, and a last empty line is none.
    init(_ text: String, file: String) {
        self.file = file
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            Substring($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0)
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = lines
    }

    var isAtEnd: Bool { next >= lines.count }

    /// The next line without passing it; nil at the end.
    var peek: TextLine? { isAtEnd ? nil : TextLine(file: file, number: next + 1, text: lines[next]) }

    /// The next line.
    ///
    /// - Parameter what: what should be there, for the error at the end of the file.
    mutating func read(_ what: String) throws -> TextLine {
        guard let line = peek else {
            throw InputError(
                file: file, place: "line \(next + 1)", problem: "the file ends where \(what) should be",
                mend: "the file is truncated; copy or write it again")
        }
        next += 1
        return line
    }

    mutating func skip() { next += 1 }
}

/// One line of a text file and its words.
struct TextLine {
    let file: String
    /// From 1.
    let number: Int
    let text: Substring

    /// The text split at blanks and tabs.
    var words: [Substring] {
        text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map { Substring($0) }
    }

    var isBlank: Bool { words.isEmpty }

    func error(_ problem: String, mend: String? = nil) -> InputError {
        InputError(file: file, place: "line \(number)", problem: problem, mend: mend)
    }

    /// Three finite numbers from the words that begin at `start`.
    func vector(_ words: [Substring], from start: Int = 0, _ what: String) throws -> SIMD3<Double> {
        guard words.count >= start + 3 else {
            throw error("\(what) needs \(start + 3) columns but the line has \(words.count): '\(text)'")
        }
        return SIMD3(
            try number(words[start], what), try number(words[start + 1], what), try number(words[start + 2], what))
    }

    /// A finite number; Fortran's exponent letter D is understood.
    func number(_ word: some StringProtocol, _ what: String) throws -> Double {
        let value = Double(word) ?? Double(String(word.map { $0 == "D" || $0 == "d" ? "e" : $0 }))
        guard let value, value.isFinite else { throw error("\(what): '\(word)' is not a finite number") }
        return value
    }

    func integer(_ word: some StringProtocol, _ what: String) throws -> Int {
        guard let value = Int(word) else { throw error("\(what): '\(word)' is not an integer") }
        return value
    }

    func species(_ symbol: some StringProtocol) throws -> Species {
        try Species(symbol: symbol, file: file, place: "line \(number)")
    }

    /// The cell of these vectors, its error placed at this line.
    func cell(_ vectors: Matrix3) throws -> Cell {
        do {
            return try Cell(vectors)
        } catch let error as InputError {
            throw self.error(error.problem, mend: error.mend)
        }
    }
}
