import Foundation

/// Emits the subset of YAML that a model needs, readable by YAML 1.1 (PyYAML) and 1.2 parsers alike.
struct YAMLModelWriter {
    private(set) var text = ""

    mutating func write(_ tree: ModelTree, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        switch tree {
        case .map(let items):
            for key in items.keys.sorted() {
                let value = items[key]!
                text += "\(margin)\(quoted(key)):"
                if value.isBlock {
                    text += "\n"
                    write(value, indent: indent + 2)
                } else {
                    text += " \(scalar(value))\n"
                }
            }
        case .list(let items):
            for value in items {
                if value.isBlock {
                    text += "\(margin)-\n"
                    write(value, indent: indent + 2)
                } else {
                    text += "\(margin)- \(scalar(value))\n"
                }
            }
        case .array(let array):
            text += "\(margin)\"@class\": np.ndarray\n\(margin)\"@is_variable\": true\n\(margin)\"@version\": 1\n"
            text += "\(margin)dtype: \(array.precision.rawValue)\n\(margin)value: "
            var next = 0
            writeRows(array, depth: 0, next: &next, margin: margin)
            text += "\n"
        default:
            text += "\(margin)\(scalar(tree))\n"
        }
    }

    /// Nested flow sequences, one innermost row a line.
    private mutating func writeRows(_ array: ModelArray, depth: Int, next: inout Int, margin: String) {
        guard depth < array.shape.count else {
            text += number(array.values[next])
            next += 1
            return
        }
        text += "["
        for index in 0..<array.shape[depth] {
            if index > 0 { text += depth == array.shape.count - 1 ? ", " : ",\n\(margin)  " }
            writeRows(array, depth: depth + 1, next: &next, margin: margin)
        }
        text += "]"
    }

    private func scalar(_ tree: ModelTree) -> String {
        switch tree {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        case .number(let value): number(value)
        case .string(let value): quoted(value)
        case .list: "[]"
        case .map: "{}"
        case .array: preconditionFailure("an array is no scalar")
        }
    }

    /// YAML 1.1 takes an exponent only after a decimal point: 1e-05 would be a string.
    private func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? ".nan" : value > 0 ? ".inf" : "-.inf" }
        let text = "\(value)"
        guard let exponent = text.firstIndex(of: "e"), !text[..<exponent].contains(".") else { return text }
        return "\(text[..<exponent]).0\(text[exponent...])"
    }

    private func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 }
        if isPlain && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text) && !text.isEmpty {
            return text
        }
        return "\"\(text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\""))\""
    }
}

extension ModelTree {
    /// Whether YAML writes the node on lines of its own.
    fileprivate var isBlock: Bool {
        switch self {
        case .map(let items): !items.isEmpty
        case .list(let items): !items.isEmpty
        case .array: true
        default: false
        }
    }
}
