import Files

/// Which Li10MP2S12 is simulated: everything that its starting structure depends on.
public struct Crystal: Codable, Hashable, Sendable {
    /// Where M and P are.
    public enum Arrangement: Codable, Hashable, Sendable {
        /// P 4_2 m c, as `LGPSPrototype`.
        case ordered
        /// At random over the 4d sites: number `index` of the series that `seed` begins.
        case disordered(seed: UInt64, index: Int)

        public var isOrdered: Bool { self == .ordered }
    }

    /// Numbers of unit cells along a, b and c.
    public struct Supercell: Codable, Hashable, Sendable {
        public var a: Int
        public var b: Int
        public var c: Int

        public init(_ a: Int, _ b: Int, _ c: Int) {
            self.a = a
            self.b = b
            self.c = c
        }

        /// - Throws: `InputError` when `text` is no three positive numbers such as `3x3x2`.
        public init(_ text: String, place: String = "supercell") throws {
            let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
            guard numbers.count == 3, numbers.allSatisfy({ $0 > 0 }) else {
                throw InputError(
                    place: place, problem: "'\(text)' is no supercell",
                    mend: "write three positive numbers such as 3x3x2")
            }
            self.init(numbers[0], numbers[1], numbers[2])
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            do {
                try self.init(text)
            } catch let error as InputError {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: error.problem)
            }
        }

        /// As text: `3x3x2`.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode("\(a)x\(b)x\(c)")
        }

        /// Unit cells in it.
        public var cells: Int { a * b * c }
        /// Atoms of Li10MP2S12 in it.
        public var atoms: Int { 50 * cells }
        /// `3×3×2`.
        public var text: String { "\(a)×\(b)×\(c)" }
    }

    public var material: Material
    /// Of one unit cell, at the temperature of the run.
    public var cell: CellLengths
    public var supercell: Supercell
    public var arrangement: Arrangement

    public init(material: Material, cell: CellLengths, supercell: Supercell, arrangement: Arrangement = .ordered) {
        self.material = material
        self.cell = cell
        self.supercell = supercell
        self.arrangement = arrangement
    }

    /// The atoms in their ideal places.
    ///
    /// - Throws: `InputError` for a cell or supercell that is impossible.
    public func structure() throws -> Structure {
        guard supercell.a > 0, supercell.b > 0, supercell.c > 0 else {
            throw InputError(
                place: "supercell", problem: "\(supercell.text) is no supercell", mend: "give positive numbers of cells"
            )
        }
        let unitCell = try LGPSPrototype.ordered(material, cell: cell)
        switch arrangement {
        case .ordered:
            return try unitCell.supercell(supercell.a, supercell.b, supercell.c)
        case .disordered(let seed, let index):
            return try FourDSites.disorderedSupercell(
                of: unitCell, supercell.a, supercell.b, supercell.c, seed: seed, arrangement: index)
        }
    }
}
