import Files

/// What the keys of one object of `param.json` are to us. Those that begin with "_" are comments.
struct KeyClasses {
    /// A key that we do not have.
    struct Unsupported {
        /// Values that mean "off", as printed; `null` always does.
        var off: [String] = []
        /// What to do instead.
        var alternative: String
    }

    /// Read and obeyed.
    var used: Set<String>
    /// Older spellings, and the keys that they stand for.
    var renamed: [String: String] = [:]
    /// Known, but without effect here, and why.
    var withoutEffect: [String: String] = [:]
    var unsupported: [String: Unsupported] = [:]
}

extension InputNode {
    /// The entries that are used, by their present names.
    ///
    /// - Parameter remarks: takes what has no effect or is spelt as in old versions.
    /// - Throws: `InputError` for keys that are unsupported (with the alternative), unknown (with the nearest known one), or
    ///   given twice under two spellings.
    func entries(_ classes: KeyClasses, remarks: inout [String]) throws -> [String: InputNode] {
        guard let object = value as? [String: Any] else { throw failure("an object {...} is expected") }
        var found: [String: InputNode] = [:]
        for (key, value) in object.sorted(by: { $0.key < $1.key }) where !key.hasPrefix("_") {
            let node = InputNode(file: file, path: path.isEmpty ? key : "\(path)/\(key)", value: value)
            let name = classes.renamed[key] ?? key
            if classes.used.contains(name) {
                if name != key { remarks.append("\(node.path): an old spelling of \(name)") }
                guard found[name] == nil else {
                    throw failure("'\(key)' and '\(name)' are the same key", mend: "keep one of them")
                }
                if !node.isNull { found[name] = node }
            } else if let reason = classes.withoutEffect[key] {
                remarks.append("\(node.path): no effect here, \(reason)")
            } else if let unsupported = classes.unsupported[key] {
                guard node.isNull || unsupported.off.contains(node.printed) else {
                    throw node.failure(
                        "this key of DP-GEN is not supported here"
                            + (unsupported.off.isEmpty
                                ? "" : ", except as \(unsupported.off.joined(separator: " or "))"),
                        mend: unsupported.alternative)
                }
            } else {
                let known =
                    classes.used.union(classes.renamed.keys).union(classes.withoutEffect.keys)
                    .union(classes.unsupported.keys)
                throw failure(
                    "unknown key '\(key)'",
                    mend: NearestName.of(key, among: known).map { "did you mean '\($0)'? " + Self.commentHint }
                        ?? Self.commentHint)
            }
        }
        return found
    }

    private static var commentHint: String { "a key that begins with _ is a comment" }

    /// The value without its comments, at any depth.
    var uncommented: Any { Self.uncommented(value) }

    private static func uncommented(_ value: Any) -> Any {
        if let object = value as? [String: Any] {
            return object.filter { !$0.key.hasPrefix("_") }.mapValues(uncommented)
        }
        return (value as? [Any])?.map(uncommented) ?? value
    }

    func numbers() throws -> [Double] { try list.map { try $0.double } }
    func integers() throws -> [Int] { try list.map { try $0.int } }
    func strings() throws -> [String] { try list.map { try $0.string } }
}

/// The known name that a misspelt one is nearest to.
enum NearestName {
    /// Nil when none is near: more than a third of the letters would have to change.
    static func of(_ name: String, among known: some Collection<String>) -> String? {
        let best = known.map { (distance(name, $0), $0) }.min { $0 < $1 }
        return best.flatMap { 3 * $0.0 <= max(3, name.count) ? $0.1 : nil }
    }

    /// Levenshtein's: insertions, deletions and changes of single letters.
    static func distance(_ a: String, _ b: String) -> Int {
        let b = Array(b)
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let change = diagonal + (letter == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
