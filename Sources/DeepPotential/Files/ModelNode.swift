import Files
import Structures

/// A node of a model file together with the way to it, so that every error can say where it stands.
struct ModelNode {
    let file: String
    /// Keys and indices from the root, as in `model/descriptor/sel`.
    let path: String
    let tree: ModelTree

    init(file: String, path: String = "", tree: ModelTree) {
        self.file = file
        self.path = path
        self.tree = tree
    }

    func failure(_ problem: String, mend: String? = nil) -> InputError {
        InputError(file: file, place: path.isEmpty ? nil : path, problem: problem, mend: mend)
    }

    private func wrong(_ expected: String) -> InputError {
        failure("expected \(expected), found \(tree.kind)", mend: "is this a model written by DeePMD-kit?")
    }

    private func below(_ key: String, _ tree: ModelTree) -> ModelNode {
        ModelNode(file: file, path: path.isEmpty ? key : "\(path)/\(key)", tree: tree)
    }

    /// More neurons, slots or layers than this mean a damaged file, and memory that nobody has.
    private static let largestSize = 100_000

    // MARK: Maps

    func map() throws -> [String: ModelTree] {
        guard case .map(let items) = tree else { throw wrong("a map") }
        return items
    }

    /// The child of this key, or nil when it is missing or null.
    func optional(_ key: String) throws -> ModelNode? {
        guard let child = try map()[key], child != .null else { return nil }
        return below(key, child)
    }

    /// The child of this key.
    ///
    /// - Throws: `InputError` when it is missing or null.
    func child(_ key: String) throws -> ModelNode {
        guard let child = try optional(key) else {
            throw failure("the key '\(key)' is missing", mend: "is this a whole model written by DeePMD-kit?")
        }
        return child
    }

    func elements() throws -> [ModelNode] {
        guard case .list(let items) = tree else { throw wrong("a list") }
        return items.enumerated().map { below("\($0.offset)", $0.element) }
    }

    // MARK: Values

    func string() throws -> String {
        guard case .string(let value) = tree else { throw wrong("a string") }
        return value
    }

    func integer() throws -> Int {
        guard case .integer(let value) = tree else { throw wrong("an integer") }
        return value
    }

    func bool() throws -> Bool {
        guard case .bool(let value) = tree else { throw wrong("true or false") }
        return value
    }

    func number() throws -> Double {
        switch tree {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        default: throw wrong("a number")
        }
    }

    func positiveIntegers() throws -> [Int] {
        try elements().map {
            let value = try $0.integer()
            guard (1...Self.largestSize).contains(value) else {
                throw $0.failure("expected a positive integer up to \(Self.largestSize), found \(value)")
            }
            return value
        }
    }

    /// An array of finite numbers.
    func array() throws -> ModelArray {
        guard case .array(let array) = tree else { throw wrong("an array") }
        if let index = array.values.firstIndex(where: { !$0.isFinite }) {
            throw failure(
                "element \(index) is \(array.values[index])", mend: "the model is broken; was its training unstable?")
        }
        return array
    }

    /// The values of an array with this many elements, whatever its shape.
    func values(count: Int) throws -> [Double] {
        let array = try array()
        guard array.values.count == count else {
            throw failure("expected \(count) elements, found the shape \(array.shape)")
        }
        return array.values
    }

    // MARK: Checks

    /// Checks `@version` of a serialised class; older files may lack it, which means 1.
    func checkVersion(atMost newest: Int) throws {
        let version = try optional("@version")?.integer() ?? 1
        guard (1...newest).contains(version) else {
            let name = try optional("@class")?.string() ?? "class"
            throw failure(
                "@version \(version) of \(name) is newer than \(newest), the newest that this program reads",
                mend: "convert the model with DeePMD-kit 3.2 (dp convert-backend), or use a newer lgps-bench")
        }
    }

    /// Refuses keys that we do not know, unless they are switched off: a feature that we ignored would change the
    /// energies without a word.
    func checkKeys(_ known: Set<String>) throws {
        for (key, value) in try map().sorted(by: { $0.key < $1.key }) where !known.contains(key) && !value.isNeutral {
            throw below(key, value).unsupported()
        }
    }

    /// Refuses options that change the model in ways that we do not compute, unless they are off.
    func checkOff(_ keys: [String]) throws {
        for key in keys {
            guard let node = try optional(key), !node.tree.isNeutral else { continue }
            throw node.unsupported()
        }
    }

    /// The error for a feature of DeePMD-kit that this program does not have.
    func unsupported(_ mend: String = "lgps-bench reads se_e2_a, alone or in a hybrid with se_e3, and ener")
        -> InputError
    {
        let key = path.split(separator: "/").last.map(String.init) ?? path
        return failure("\(key) = \(tree.kind) is not supported", mend: mend)
    }
}
