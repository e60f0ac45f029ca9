import Files
import Foundation

/// How often (reference, prediction) pairs fall into the cells of a grid: a parity plot whose memory does not grow with
/// the data.
public struct ParityDensity: Codable, Equatable, Sendable {
    /// A cell by its place; it spans `width` from there.
    public struct Cell: Hashable, Comparable, Sendable {
        public var x: Int32
        public var y: Int32

        public init(x: Int32, y: Int32) {
            self.x = x
            self.y = y
        }

        public static func < (a: Cell, b: Cell) -> Bool { (a.x, a.y) < (b.x, b.y) }
    }

    /// Width of a cell, in the unit of the values.
    public let width: Double
    public private(set) var counts: [Cell: Int32] = [:]

    public init(width: Double) { self.width = width }

    public mutating func add(reference: Double, prediction: Double) {
        let cell = Cell(x: Self.place(reference / width), y: Self.place(prediction / width))
        counts[cell, default: 0] += 1
    }

    /// Labels may be as wrong as they like: those beyond the grid count at its edge, of which a plot shows nothing.
    private static func place(_ position: Double) -> Int32 {
        position.isNaN ? .max : Int32(max(-1e9, min(floor(position), 1e9)))
    }

    public mutating func merge(_ other: ParityDensity) {
        precondition(width == other.width, "densities of one grid")
        counts.merge(other.counts, uniquingKeysWith: +)
    }

    public var total: Int { counts.values.reduce(0) { $0 + Int($1) } }

    /// The least and greatest value of either kind, by whole cells; nil when there is none.
    public var range: ClosedRange<Double>? {
        guard let low = counts.keys.map({ min($0.x, $0.y) }).min(),
            let high = counts.keys.map({ max($0.x, $0.y) }).max()
        else { return nil }
        return Double(low) * width...Double(high + 1) * width
    }

    // As three packed columns, in the order of the cells: thousands of cells as JSON objects would be most of an outcome.
    private enum CodingKeys: CodingKey { case width, x, y, count }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        width = try values.decode(Double.self, forKey: .width)
        let columns = try [.x, .y, .count].map { try values.decode(PackedArray<Int32>.self, forKey: $0).values }
        guard columns.allSatisfy({ $0.count == columns[0].count }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .count, in: values, debugDescription: "columns of different lengths")
        }
        for row in columns[0].indices { counts[Cell(x: columns[0][row], y: columns[1][row])] = columns[2][row] }
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        let cells = counts.keys.sorted()
        try values.encode(width, forKey: .width)
        try values.encode(PackedArray(cells.map(\.x)), forKey: .x)
        try values.encode(PackedArray(cells.map(\.y)), forKey: .y)
        try values.encode(PackedArray(cells.map { counts[$0] ?? 0 }), forKey: .count)
    }
}
