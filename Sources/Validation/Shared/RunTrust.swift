import Calculations
import Reporting
import Statistics

/// When a run is not to be trusted.
enum RunTrust {
    /// A sample with a force deviation (eV/Å) beyond this is outside what the models know: twice the largest deviation on
    /// frames at 1000 K whose errors were checked with CP2K (reference-data/models/Li10MP2S12/README.md).
    static let deviationLevel = 1.0
    /// The share of such samples that a run may have.
    static let deviationShare = 0.01
    /// Å²: atoms of the framework vibrate by much less; beyond, the crystal has melted or rearranged.
    static let frameworkMeanSquare = 4.0

    /// What speaks against a run; nil when nothing does.
    static func objection(_ record: DynamicsRecord) -> String? {
        if let share = record.deviation?.share(above: deviationLevel), share > deviationShare {
            return "the models' forces deviate by more than \(deviationLevel) eV/Å in "
                + "\(NumberText.significant(100 * share, digits: 2)) % of the samples"
        }
        if let (element, square) = record.framework.meanSquare.max(by: { $0.value < $1.value }),
            square > frameworkMeanSquare
        {
            return
                "\(element) of the framework has moved by \(NumberText.significant(square.squareRoot(), digits: 2)) Å"
        }
        return nil
    }
}
