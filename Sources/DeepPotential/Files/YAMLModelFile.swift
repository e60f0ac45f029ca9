import Files
import Foundation
import Structures
import Yams

/// DeePMD-kit's `.yaml` models: the tree with each array as a map of `@class: np.ndarray`, dtype and nested lists.
enum YAMLModelFile {
    /// - Throws: `InputError` when the file cannot be read, is no YAML (cut off, for instance) or holds a ragged array.
    static func read(_ path: String) throws -> ModelTree {
        let text = try InputFile.text(at: path)
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw InputError(
                file: path, problem: "is not YAML: \("\(error)".prefix(Self.longestQuotation))",
                mend: "the file may be cut off; write the model again")
        }
        guard let root else { throw InputError(file: path, problem: "is empty", mend: "write the model again") }
        var reader = YAMLModelReader(file: path, budget: text.utf8.count + 1000)
        return try reader.tree(root, key: "", depth: 0)
    }

    /// Characters of a parser's message, which may quote a line of the file.
    private static let longestQuotation = 300

    /// Writes the tree through a temporary name.
    static func write(_ tree: ModelTree, to path: String) throws {
        var writer = YAMLModelWriter()
        writer.write(tree, indent: 0)
        try AtomicFile.write(writer.text, to: path)
    }
}

/// Makes a tree of YAML's nodes, and no more of them than the file can hold: a few hundred bytes of aliases of aliases stand
/// for gigabytes.
private struct YAMLModelReader {
    let file: String
    /// Nodes that may still be visited.
    private var budget: Int

    /// - Parameter budget: no node takes less than a byte of the file, unless it is an alias.
    init(file: String, budget: Int) {
        self.file = file
        self.budget = budget
    }

    private mutating func spend(_ key: String) throws {
        budget -= 1
        guard budget >= 0 else { throw failure(key, "aliases make more of the file than it holds") }
    }

    private func failure(_ key: String, _ problem: String) -> InputError {
        InputError(
            file: file, place: String(key.dropFirst().prefix(200)), problem: problem,
            mend: "write the model again with DeePMD-kit")
    }

    mutating func tree(_ node: Node, key: String, depth: Int) throws -> ModelTree {
        try spend(key)
        guard depth < ModelTree.deepest else {
            throw failure(key, "the lists and maps are nested more than \(depth) deep")
        }
        switch node {
        case .scalar(let scalar):
            return Self.value(of: scalar)
        case .sequence(let items):
            var list: [ModelTree] = []
            for (index, item) in items.enumerated() {
                list.append(try tree(item, key: "\(key)/\(index)", depth: depth + 1))
            }
            return .list(list)
        case .mapping(let items):
            if let type = items["@class"]?.string, type == "np.ndarray" {
                return .array(try array(items, key: key))
            }
            var result: [String: ModelTree] = [:]
            for (name, child) in items {
                let name = name.scalar?.string ?? ""
                result[name] = try tree(child, key: "\(key)/\(name)", depth: depth + 1)
            }
            return .map(result)
        case .alias:
            throw failure(key, "an alias refers to nothing")
        }
    }

    /// A plain scalar by the rules of YAML 1.1 as far as DeePMD-kit's files need them; quoted ones are strings.
    private static func value(of scalar: Node.Scalar) -> ModelTree {
        let text = scalar.string
        guard scalar.style == .plain || scalar.style == .any else { return .string(text) }
        switch text {
        case "null", "~", "", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        if let value = Int(text) { return .integer(value) }
        if let value = number(text) { return .number(value) }
        return .string(text)
    }

    private static func number(_ text: String) -> Double? {
        guard let first = text.utf8.first else { return nil }
        switch text {
        case ".nan", ".NaN", ".NAN": return .nan
        case ".inf", ".Inf", "+.inf": return .infinity
        case "-.inf", "-.Inf": return -.infinity
        default: break
        }
        // Double("nan") and Double("inf") succeed, but in YAML these are words.
        guard (48...57).contains(first) || first == 45 || first == 43 || first == 46 else { return nil }
        return Double(text)
    }

    // MARK: Arrays

    private mutating func array(_ items: Node.Mapping, key: String) throws -> ModelArray {
        guard let root = items["value"] else { throw failure(key, "the array has no value") }
        let name = items["dtype"]?.string ?? "missing"
        let precision: Precision
        switch name {
        case "float64", "int64", "int32": precision = .float64
        case "float32": precision = .float32
        default: throw failure(key, "the dtype \(name) is not supported")
        }
        var shape: [Int] = []
        var level = root
        while case .sequence(let sequence) = level {
            shape.append(sequence.count)
            guard let first = sequence.first else { break }
            level = first
        }
        guard let count = Count.values(in: shape, bytesEach: 1, within: budget) else {
            throw failure(key, "the array is more than the file can hold")
        }
        var values: [Double] = []
        values.reserveCapacity(count)
        try append(root, shape: shape, depth: 0, key: key, to: &values)
        return ModelArray(shape: shape, precision: precision, values: values)
    }

    private mutating func append(
        _ node: Node, shape: [Int], depth: Int, key: String, to values: inout [Double]
    ) throws {
        try spend(key)
        switch node {
        case .sequence(let sequence) where depth < shape.count && sequence.count == shape[depth]:
            for item in sequence { try append(item, shape: shape, depth: depth + 1, key: key, to: &values) }
        case .scalar(let scalar) where depth == shape.count:
            guard let value = Self.number(scalar.string) else {
                throw failure(key, "'\(scalar.string.prefix(40))' is not a number")
            }
            values.append(value)
        default:
            throw failure(key, "the lists of the array have different lengths")
        }
    }
}
