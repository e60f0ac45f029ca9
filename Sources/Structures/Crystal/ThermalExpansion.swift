/// How the cell measured at 300 K grows with temperature.
public struct ThermalExpansion: Codable, Hashable, Sendable {
    /// Linear coefficients along a (and b) and along c, per kelvin.
    public var a: Double
    public var c: Double

    public init(a: Double, c: Double) {
        self.a = a
        self.c = c
    }

    /// The cell as it was measured, at every temperature.
    public static let none = ThermalExpansion(a: 0, c: 0)
    /// The same along every axis.
    public static func isotropic(_ coefficient: Double) -> ThermalExpansion {
        ThermalExpansion(a: coefficient, c: coefficient)
    }

    /// The temperature that measured cells hold at (K).
    public static let referenceTemperature = 300.0

    /// The cell at `temperature` (K), linear in the temperature.
    public func cell(_ cell: CellLengths, at temperature: Double) -> CellLengths {
        let kelvins = temperature - Self.referenceTemperature
        return cell.scaled(1 + a * kelvins, 1 + a * kelvins, 1 + c * kelvins)
    }
}
