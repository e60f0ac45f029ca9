import Reporting
import Statistics

/// The axis of Arrhenius plots.
enum InverseTemperature {
    /// 1000/T (1/K).
    static func position(_ temperature: Double) -> Double { 1000 / temperature }

    /// Temperatures (K) above the plot.
    static func ticks(_ temperatures: [Double]) -> [Panel.Tick] {
        Set(temperatures).sorted().map { Panel.Tick(NumberText.significant($0, digits: 3), at: position($0)) }
    }
}

extension DiffusionPoint {
    /// A coefficient (m²/s) of this temperature as it is drawn.
    func overInverseTemperature(_ estimate: Estimate) -> Series.Point {
        .init(x: InverseTemperature.position(temperature), y: estimate.value, yError: estimate.standardError)
    }

    /// D as it is drawn; nil where the motion is not diffusive.
    var overInverseTemperature: Series.Point? { diffusion.map { overInverseTemperature($0) } }
}
