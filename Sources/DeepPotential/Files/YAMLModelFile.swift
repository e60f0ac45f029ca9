import Files
import Foundation
import Structures
import Yams

/// DeePMD-kit's `.yaml` models: the tree with each array as a map of `@class: np.ndarray`, dtype and nested lists.
enum YAMLModelFile {
    /// - Throws: `InputError` when the file cannot be read, is no YAML (cut off, for instance) or holds a ragged array.
    static func read(_ path: String) throws -> ModelTree {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw InputError(
                file: path, problem: "cannot be read as text: \(error.localizedDescription)",
                mend: "give the path of a model written by DeePMD-kit")
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw InputError(
                file: path, problem: "is not YAML: \(error)", mend: "the file may be cut off; write the model again")
        }
        guard let root else { throw InputError(file: path, problem: "is empty", mend: "write the model again") }
        return try tree(root, file: path, key: "")
    }

    /// Writes the tree through a temporary name.
    static func write(_ tree: ModelTree, to path: String) throws {
        var writer = YAMLModelWriter()
        writer.write(tree, indent: 0)
        try AtomicFile.write(writer.text, to: path)
    }

    private static func tree(_ node: Node, file: String, key: String) throws -> ModelTree {
        switch node {
        case .scalar(let scalar):
            return value(of: scalar)
        case .sequence(let items):
            return .list(try items.enumerated().map { try tree($0.element, file: file, key: "\(key)/\($0.offset)") })
        case .mapping(let items):
            if let type = items["@class"]?.string, type == "np.ndarray" {
                return .array(try array(items, file: file, key: String(key.dropFirst())))
            }
            var result: [String: ModelTree] = [:]
            for (name, child) in items {
                let name = name.scalar?.string ?? ""
                result[name] = try tree(child, file: file, key: "\(key)/\(name)")
            }
            return .map(result)
        case .alias:
            throw InputError(
                file: file, place: String(key.dropFirst()), problem: "an alias refers to nothing",
                mend: "write the model again")
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

    private static func array(_ items: Node.Mapping, file: String, key: String) throws -> ModelArray {
        func failure(_ problem: String) -> InputError {
            InputError(file: file, place: key, problem: problem, mend: "write the model again with DeePMD-kit")
        }
        guard let root = items["value"] else { throw failure("the array has no value") }
        let name = items["dtype"]?.string ?? "missing"
        let precision: Precision
        switch name {
        case "float64", "int64", "int32": precision = .float64
        case "float32": precision = .float32
        default: throw failure("the dtype \(name) is not supported")
        }
        var shape: [Int] = []
        var level = root
        while case .sequence(let sequence) = level {
            shape.append(sequence.count)
            guard let first = sequence.first else { break }
            level = first
        }
        var values: [Double] = []
        values.reserveCapacity(shape.reduce(1, *))
        func append(_ node: Node, depth: Int) throws {
            switch node {
            case .sequence(let sequence) where depth < shape.count && sequence.count == shape[depth]:
                for item in sequence { try append(item, depth: depth + 1) }
            case .scalar(let scalar) where depth == shape.count:
                guard let value = number(scalar.string) else { throw failure("'\(scalar.string)' is not a number") }
                values.append(value)
            default:
                throw failure("the lists of the array have different lengths")
            }
        }
        try append(root, depth: 0)
        return ModelArray(shape: shape, precision: precision, values: values)
    }
}
