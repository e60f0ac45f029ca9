import Files

/// A unit as H5MD writes it: "nm", "Angstrom ps-1", "fs" (https://www.nongnu.org/h5md/modules/units.html), as a product of
/// powers of lengths and times.
struct UnitExpression: Equatable {
    /// In Å and ps.
    let factor: Double
    /// Powers of length and time.
    let length: Int
    let time: Int

    /// - Returns: nil when a symbol is not known.
    init?(_ text: String) {
        var (factor, length, time) = (1.0, 0, 0)
        for word in text.split(whereSeparator: { $0 == " " || $0 == "*" }) {
            let symbol = word.prefix { $0.isLetter }
            // "ps-1", "ps^-1", "ps**-1"
            let digits = word.dropFirst(symbol.count).filter { $0 != "^" }
            guard let power = digits.isEmpty ? 1 : Int(digits), abs(power) <= 6 else { return nil }
            if let unit = Self.lengths[String(symbol).lowercased()] {
                factor *= Self.power(unit, power)
                length += power
            } else if let unit = Self.times[String(symbol)] {
                factor *= Self.power(unit, power)
                time += power
            } else {
                return nil
            }
        }
        (self.factor, self.length, self.time) = (factor, length, time)
    }

    private static func power(_ base: Double, _ power: Int) -> Double {
        (0..<abs(power)).reduce(1.0) { product, _ in power > 0 ? product * base : product / base }
    }

    private static let lengths = [
        "angstrom": 1, "angstroms": 1, "å": 1, "a": 1, "nm": 10, "pm": 0.01, "um": 1e4, "m": 1e10,
        // CODATA 2018.
        "bohr": 0.529177210903,
    ]
    private static let times = ["fs": 1e-3, "ps": 1.0, "ns": 1e3, "us": 1e6, "s": 1e12]
}
