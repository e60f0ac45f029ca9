import Calculations
import Execution
import Structures

/// Table V and Fig. 5: errors of energies, forces and virials against labels.
struct Accuracy: Experiment {
    let name = "accuracy"
    let title = "Accuracy (Table V, Fig. 5)"
    let families: [FindingFamily] = [.accuracy, .calibration]

    /// The errors of one ensemble on one material's frames.
    struct Row {
        var set: LabelledSet
        var ensemble: Ensemble
        /// One for each system: all frames (or every so many of the paper's).
        var whole: [FrameErrors]
        /// The frames that were not trained on; empty where nothing is known of them.
        var heldOut: [FrameErrors]

        /// `accuracy/Ge/CP2K-PBE`.
        var id: String { "accuracy/\(set.material.rawValue)/\(set.level.name)" }
        /// `Li₁₀GeP₂S₁₂, CP2K-PBE`.
        var caption: String { "\(set.material.formula), \(set.level.name)" }
    }

    func needs(of study: Study) -> [any Calculation] { rows(of: study).flatMap { $0.whole + $0.heldOut } }

    func rows(of study: Study) -> [Row] {
        study.labelled.compactMap { set in
            guard
                let ensemble = study.ensembles.first(where: {
                    $0.level == set.level && $0.materials.contains(set.material)
                })
            else { return nil }
            func errors(first: Int, stride: Int) -> [FrameErrors] {
                set.systems.map {
                    FrameErrors(
                        models: ensemble.models, system: $0.name, data: $0.hash, first: first, stride: stride,
                        size: $0.frames * $0.atoms)
                }
            }
            let heldOut = set.source == .ours ? ensemble.heldOut : nil
            return Row(
                set: set, ensemble: ensemble,
                whole: errors(first: 0, stride: set.source == .given ? study.profile.accuracy.stride : 1),
                heldOut: heldOut.map { errors(first: $0.first, stride: $0.stride) } ?? [])
        }
    }
}
