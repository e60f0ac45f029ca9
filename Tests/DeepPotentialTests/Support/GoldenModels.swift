import DeepPotential
import Foundation
import Testing

/// `reference-data/golden`: tiny models and what DeePMD-kit 3.2.0 predicts with them (its README says how they are made).
enum GoldenModel: String, CaseIterable, Sendable {
    case oneSided = "one-sided.yaml"
    case twoSided = "two-sided.dp"
    case float32 = "float32.dp"
    case hybrid = "hybrid.dp"

    /// The se_e2_a ones, whose deviation is in `model_devi.out`.
    static let plain = allCases.filter { $0 != .hybrid }

    /// What the file holds.
    var model: DPModel {
        let sel = [16, 4, 6, 18]
        return switch self {
        case .oneSided: .random(seed: 21, sel: sel, neuron: [3, 6], axisNeuron: 2, fitting: [6, 6])
        case .twoSided:
            .random(
                seed: 22, cutoff: 4.75, smoothStart: 2, sel: sel, neuron: [2, 4, 8], axisNeuron: 3, typeOneSide: false,
                resnetDt: true, fitting: [6, 6, 8])
        case .float32:
            .random(seed: 23, sel: sel, neuron: [3, 6, 12], axisNeuron: 4, fitting: [10, 10], precision: .float32)
        case .hybrid:
            .random(
                seed: 24, sel: sel, neuron: [3, 6], axisNeuron: 2, typeOneSide: false, resnetDt: true, fitting: [6, 6],
                threeBody: [3, 6, 12], threeBodySel: [13, 4, 5, 16])
        }
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("reference-data/golden")

    var path: String { Self.folder.appendingPathComponent(rawValue).path }

    /// The folder of DeePMD-kit's predictions for a system.
    func predictions(_ system: String) -> String {
        let name = rawValue.split(separator: ".")[0]
        return Self.folder.appendingPathComponent("predictions/\(name)/\(system)").path
    }
}

/// The step of `reference-data/golden/make.sh` that writes the models anew.
@Test(.enabled(if: ProcessInfo.processInfo.environment["LGPS_WRITE_GOLDEN_MODELS"] != nil, "run by golden/make.sh"))
func writeGoldenModels() throws {
    for golden in GoldenModel.allCases { try golden.model.write(to: golden.path) }
}
