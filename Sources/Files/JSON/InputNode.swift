import Foundation

/// A value of an input file together with the keys that lead to it, so that every complaint can name its place.
public struct InputNode {
    public let file: String
    /// Keys from the root, as in `model/descriptor/rcut`.
    public let path: String
    /// As `JSONSerialization` gives it.
    public let value: Any

    /// - Throws: `InputError` when the file cannot be read or is not JSON.
    public init(contentsOf file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw InputError(file: file, problem: "the file cannot be read", mend: "check the path")
        }
        try self.init(data, file: file)
    }

    public init(_ data: Data, file: String) throws {
        do {
            self.init(file: file, path: "", value: try JSONSerialization.jsonObject(with: data))
        } catch {
            let detail = (error as NSError).userInfo["NSDebugDescription"] as? String ?? "\(error)"
            throw InputError(
                file: file, problem: "not valid JSON: \(detail)", mend: "check commas, quotes and brackets")
        }
    }

    /// - Parameter path: keys from the root; empty for the root.
    public init(file: String, path: String, value: Any) {
        self.file = file
        self.path = path
        self.value = value
    }

    public func failure(_ problem: String, mend: String? = nil) -> InputError {
        InputError(file: file, place: path.isEmpty ? nil : path, problem: problem, mend: mend)
    }

    /// The object's entries, after a check of its keys.
    ///
    /// - Parameters:
    ///   - known: keys that we read, or that change nothing here.
    ///   - unsupported: DeePMD-kit's keys that we do not implement, with the values that mean "off", as printed.
    /// - Throws: `InputError` naming the first key that is neither, or an unsupported key that is not off.
    public func object(known: Set<String>, unsupported: [String: [String]] = [:]) throws -> [String: InputNode] {
        guard let entries = value as? [String: Any] else { throw failure("an object {...} is expected") }
        var result: [String: InputNode] = [:]
        for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
            if key.hasPrefix("_") { continue }
            let node = InputNode(file: file, path: path.isEmpty ? key : "\(path)/\(key)", value: value)
            if known.contains(key) {
                if !(value is NSNull) { result[key] = node }
            } else if let off = unsupported[key] {
                guard value is NSNull || off.contains(node.printed) else {
                    throw node.failure(
                        "this key of DeePMD-kit is not supported here, except as "
                            + (off + ["null"]).joined(separator: " or "), mend: "remove it, or train with DeePMD-kit")
                }
            } else {
                throw failure(
                    "unknown key '\(key)'", mend: "known here: \(known.sorted().joined(separator: ", "))")
            }
        }
        return result
    }

    /// One entry of an object, before its keys are checked; nil when it is not there.
    public func peek(_ key: String) throws -> InputNode? {
        guard let entries = value as? [String: Any] else { throw failure("an object {...} is expected") }
        return entries[key].map { InputNode(file: file, path: path.isEmpty ? key : "\(path)/\(key)", value: $0) }
    }

    /// The value as a message shows it.
    public var printed: String {
        if isBoolean { return (value as? Bool) == true ? "true" : "false" }
        if let list = value as? [Any], list.isEmpty { return "[]" }
        if let number = value as? NSNumber, number.doubleValue == 0 { return "0" }
        return "\(value)"
    }

    /// Whether the value is `null`.
    public var isNull: Bool { value is NSNull }

    /// JSON's true and false are NSNumbers too, told from 1 and 0 by their Objective-C type.
    public var isBoolean: Bool { (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false }

    public var double: Double {
        get throws {
            guard !isBoolean, let number = value as? NSNumber, number.doubleValue.isFinite else {
                throw failure("a number is expected, not \(printed)")
            }
            return number.doubleValue
        }
    }

    /// A count; negative ones are the caller's to refuse.
    public var int: Int {
        get throws { try whole(upTo: Count.largest) }
    }

    /// A seed counts nothing: any whole number that a file holds exactly.
    public var seed: Int {
        get throws { try whole(upTo: 1 << 53) }
    }

    private func whole(upTo largest: Int) throws -> Int {
        guard let number = Count.exactly(try double, in: -largest...largest) else {
            throw failure("a whole number of at most \(largest) is expected, not \(printed)")
        }
        return number
    }

    public var bool: Bool {
        get throws {
            guard isBoolean, let flag = value as? Bool else {
                throw failure("true or false is expected, not \(printed)")
            }
            return flag
        }
    }

    public var string: String {
        get throws {
            guard let text = value as? String else { throw failure("a string is expected, not \(printed)") }
            return text
        }
    }

    /// The elements of a list; a single value counts as a list of one.
    public var list: [InputNode] {
        guard let elements = value as? [Any] else { return [self] }
        return elements.enumerated().map { InputNode(file: file, path: "\(path)[\($0)]", value: $1) }
    }

    public func positive() throws -> Double {
        let number = try double
        guard number > 0 else { throw failure("must be positive, not \(printed)") }
        return number
    }

    /// - Parameter most: beyond it memory or time would run out.
    public func atLeast(_ least: Int, most: Int = Count.largest) throws -> Int {
        let number = try int
        guard number >= least else { throw failure("must be at least \(least), not \(number)") }
        guard number <= most else { throw failure("must be at most \(most), not \(number)") }
        return number
    }

    public func notNegative() throws -> Double {
        let number = try double
        guard number >= 0 else { throw failure("must not be negative, but is \(printed)") }
        return number
    }
}
