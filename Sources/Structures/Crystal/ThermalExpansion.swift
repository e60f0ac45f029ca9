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

    /// What Huang et al. (J. Chem. Phys. 154, 094703 (2021), II.D) take for all three materials, after Weber et al. (2016).
    public static let measured = isotropic(3.4e-5)

    /// The temperature that measured cells hold at (K).
    public static let referenceTemperature = 300.0

    /// The cell at `temperature` (K), linear in the temperature.
    public func cell(_ cell: CellLengths, at temperature: Double) -> CellLengths {
        let factors = factors(at: temperature)
        return cell.scaled(factors.a, factors.a, factors.c)
    }

    /// By how much a and c are longer at `temperature` (K).
    public func factors(at temperature: Double) -> (a: Double, c: Double) {
        let kelvins = temperature - Self.referenceTemperature
        return (1 + a * kelvins, 1 + c * kelvins)
    }
}
