/// A model file as it stands: the tree that DeePMD-kit's `.yaml` and `.dp` files share
/// (deepmd/dpmodel/utils/serialization.py), before it is understood as a model.
indirect enum ModelTree: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case list([ModelTree])
    case map([String: ModelTree])
    case array(ModelArray)

    /// Lists and maps in each other that are read; models have about ten.
    static let deepest = 100

    /// What the node is, for messages.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): "'\(value)'"
        case .list(let items): items.isEmpty ? "an empty list" : "a list of \(items.count)"
        case .map: "a map"
        case .array(let array): "an array of shape \(array.shape)"
        }
    }

    /// Whether the node says "nothing": what an option that is switched off holds.
    var isNeutral: Bool {
        switch self {
        case .null, .bool(false), .integer(0), .number(0): true
        case .list(let items): items.isEmpty
        case .map(let items): items.isEmpty
        default: false
        }
    }
}

/// A numpy array of a model file, row-major.
struct ModelArray: Equatable, Sendable {
    var shape: [Int]
    /// How the file stores the values; in memory they are Double.
    var precision: Precision
    var values: [Double]

    init(shape: [Int], precision: Precision, values: [Double]) {
        precondition(shape.reduce(1, *) == values.count, "shape and size of an array")
        self.shape = shape
        self.precision = precision
        self.values = values
    }
}

extension ModelTree: Encodable {
    /// Writes JSON; arrays must have been replaced by the names of their datasets.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .list(let items): try container.encode(items)
        case .map(let items): try container.encode(items)
        case .array: preconditionFailure("arrays do not go into JSON")
        }
    }
}
