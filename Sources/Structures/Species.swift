import Files

/// A chemical element, stored as its atomic number.
public struct Species: Hashable, Sendable, Comparable {
    /// Z, 1 to 83.
    public let atomicNumber: UInt8

    /// The element of this symbol ("Li"), or nil when there is none.
    public init?(symbol: some StringProtocol) {
        guard let index = Self.elements.firstIndex(where: { $0.symbol == symbol }) else { return nil }
        atomicNumber = UInt8(index + 1)
    }

    /// - Throws: `InputError` naming `file` and `place` when `symbol` is no element.
    public init(symbol: some StringProtocol, file: String? = nil, place: String? = nil) throws {
        guard let species = Self(symbol: symbol) else {
            throw InputError(
                file: file, place: place, problem: "'\(symbol)' is not an element",
                mend: "write element symbols such as Li, Ge, P, S")
        }
        self = species
    }

    /// The elements of these symbols, or nil when one is none.
    public static func all(_ symbols: [String]) -> [Species]? {
        let elements = symbols.compactMap { Species(symbol: $0) }
        return elements.count == symbols.count ? elements : nil
    }

    /// The element of this Z, or nil beyond bismuth.
    public init?(atomicNumber: Int) {
        guard (1...Self.elements.count).contains(atomicNumber) else { return nil }
        self.atomicNumber = UInt8(atomicNumber)
    }

    public var symbol: String { Self.elements[Int(atomicNumber) - 1].symbol }

    /// Standard atomic weight (amu; IUPAC 2021, conventional values where it gives an interval).
    public var mass: Double { Self.elements[Int(atomicNumber) - 1].mass }

    public static func < (l: Species, r: Species) -> Bool { l.atomicNumber < r.atomicNumber }

    public static let lithium = Species(symbol: "Li")!
    public static let silicon = Species(symbol: "Si")!
    public static let phosphorus = Species(symbol: "P")!
    public static let sulfur = Species(symbol: "S")!
    public static let germanium = Species(symbol: "Ge")!
    public static let tin = Species(symbol: "Sn")!

    private static let elements: [(symbol: String, mass: Double)] = [
        ("H", 1.008), ("He", 4.002602), ("Li", 6.94), ("Be", 9.0121831), ("B", 10.81), ("C", 12.011), ("N", 14.007),
        ("O", 15.999), ("F", 18.998403162), ("Ne", 20.1797), ("Na", 22.98976928), ("Mg", 24.305), ("Al", 26.9815384),
        ("Si", 28.085), ("P", 30.973761998), ("S", 32.06), ("Cl", 35.45), ("Ar", 39.95), ("K", 39.0983),
        ("Ca", 40.078), ("Sc", 44.955907), ("Ti", 47.867), ("V", 50.9415), ("Cr", 51.9961), ("Mn", 54.938043),
        ("Fe", 55.845), ("Co", 58.933194), ("Ni", 58.6934), ("Cu", 63.546), ("Zn", 65.38), ("Ga", 69.723),
        ("Ge", 72.630), ("As", 74.921595), ("Se", 78.971), ("Br", 79.904), ("Kr", 83.798), ("Rb", 85.4678),
        ("Sr", 87.62), ("Y", 88.905838), ("Zr", 91.224), ("Nb", 92.90637), ("Mo", 95.95), ("Tc", 98), ("Ru", 101.07),
        ("Rh", 102.90549), ("Pd", 106.42), ("Ag", 107.8682), ("Cd", 112.414), ("In", 114.818), ("Sn", 118.710),
        ("Sb", 121.760), ("Te", 127.60), ("I", 126.90447), ("Xe", 131.293), ("Cs", 132.90545196), ("Ba", 137.327),
        ("La", 138.90547), ("Ce", 140.116), ("Pr", 140.90766), ("Nd", 144.242), ("Pm", 145), ("Sm", 150.36),
        ("Eu", 151.964), ("Gd", 157.25), ("Tb", 158.925354), ("Dy", 162.500), ("Ho", 164.930329), ("Er", 167.259),
        ("Tm", 168.934219), ("Yb", 173.045), ("Lu", 174.9668), ("Hf", 178.486), ("Ta", 180.94788), ("W", 183.84),
        ("Re", 186.207), ("Os", 190.23), ("Ir", 192.217), ("Pt", 195.084), ("Au", 196.966570), ("Hg", 200.592),
        ("Tl", 204.38), ("Pb", 207.2), ("Bi", 208.98040),
    ]
}

extension Species: CustomStringConvertible {
    public var description: String { symbol }
}
