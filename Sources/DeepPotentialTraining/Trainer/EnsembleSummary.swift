import Foundation

/// The validation errors of an ensemble, model by model, with mean and sample standard deviation as in the paper's
/// Table V.
public struct EnsembleSummary: Encodable, Sendable {
    public struct Model: Encodable, Sendable {
        public var path: String
        public var step: Int
        /// eV/atom, eV/Å, eV/atom; absent without validation frames (or virials).
        public var energyRMSE: Double?
        public var forceRMSE: Double?
        public var virialRMSE: Double?
        public var seconds: Double
    }

    public var models: [Model]

    public init(_ outcomes: [TrainingOutcome]) {
        models = outcomes.map { outcome in
            func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
            return Model(
                path: outcome.modelPath, step: outcome.bestStep,
                energyRMSE: finite(outcome.validation?.energyRMSE), forceRMSE: finite(outcome.validation?.forceRMSE),
                virialRMSE: finite(outcome.validation?.virialRMSE), seconds: outcome.seconds)
        }
    }

    /// One line per model: path, step, RMSE in meV/atom, meV/Å, meV/atom, seconds.
    public var csv: String {
        func number(_ value: Double?) -> String { value.map { String(format: "%.4f", 1000 * $0) } ?? "" }
        let rows = models.map {
            [
                $0.path, "\($0.step)", number($0.energyRMSE), number($0.forceRMSE), number($0.virialRMSE),
                String(format: "%.2f", $0.seconds),
            ].joined(separator: ",")
        }
        return (["model,step,energy_meV_atom,force_meV_A,virial_meV_atom,seconds"] + rows).joined(separator: "\n")
            + "\n"
    }

    public var text: String {
        var lines = models.map { model in
            "\(model.path) (step \(model.step), \(String(format: "%.0f", model.seconds)) s)"
                + (model.forceRMSE == nil ? "" : ": " + Self.figures(model.energyRMSE, model.forceRMSE))
        }
        if models.count > 1, models.allSatisfy({ $0.forceRMSE != nil && $0.energyRMSE != nil }) {
            let (energy, force) = (models.map { $0.energyRMSE! }, models.map { $0.forceRMSE! })
            lines.append(
                String(
                    format: "RMSE of %d models: %.2f ± %.2f meV/atom, %.1f ± %.2f meV/Å", models.count,
                    1000 * Self.mean(energy), 1000 * Self.deviation(energy), 1000 * Self.mean(force),
                    1000 * Self.deviation(force)))
        }
        return lines.joined(separator: "\n")
    }

    private static func figures(_ energy: Double?, _ force: Double?) -> String {
        String(format: "%.2f meV/atom, %.1f meV/Å", 1000 * (energy ?? .nan), 1000 * (force ?? .nan))
    }

    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    /// The sample standard deviation.
    static func deviation(_ values: [Double]) -> Double {
        let mean = mean(values)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }
}
