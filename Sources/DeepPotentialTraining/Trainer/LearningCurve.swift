import Files
import Foundation
import Structures

/// `lcurve.out` as DeePMD-kit writes it: one line per display step, energy and virial per atom.
///
/// Training columns are root mean squares over all batches since the line before, validation columns over the displayed
/// validation frames. The whole file is kept in memory and rewritten at every line, so that it is never half a line.
struct LearningCurve {
    private let path: String
    private var lines: [String]
    private let hasValidation: Bool
    private let hasVirial: Bool

    struct Row {
        var errors: ErrorSums
        /// The mean loss.
        var loss: Double
    }

    /// - Parameter restartStep: keeps the lines of an existing file up to this step.
    init(path: String, hasValidation: Bool, hasVirial: Bool, restartStep: Int?) {
        self.path = path
        self.hasValidation = hasValidation
        self.hasVirial = hasVirial
        let sides = hasValidation ? ["val", "trn"] : ["trn"]
        let kinds = ["", "e_", "f_"] + (hasVirial ? ["v_"] : [])
        let names = kinds.flatMap { kind in sides.map { "rmse_\(kind)\($0)" } }
        lines = ["#  step " + (names + ["lr"]).map { Self.pad($0) }.joined()]
        if let restartStep, let text = try? String(contentsOfFile: path, encoding: .utf8) {
            lines += text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init).filter { line in
                line.split(separator: " ").first.flatMap { Int($0) }.map { $0 <= restartStep } ?? false
            }
        }
    }

    mutating func add(step: Int, training: Row, validation: Row?, learningRate: Double) throws {
        let rows = hasValidation ? [validation ?? training, training] : [training]
        var values = rows.map { $0.loss.squareRoot() } + rows.map(\.errors.energyRMSE) + rows.map(\.errors.forceRMSE)
        if hasVirial { values += rows.map(\.errors.virialRMSE) }
        let columns =
            values.map { Self.pad(Self.number($0, digits: 2)) } + [Self.pad(Self.number(learningRate, digits: 1))]
        lines.append(String(repeating: " ", count: max(0, 7 - "\(step)".count)) + "\(step) " + columns.joined())
        try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
    }

    private static func pad(_ text: String) -> String { String(repeating: " ", count: max(1, 14 - text.count)) + text }

    private static func number(_ value: Double, digits: Int) -> String { String(format: "%.\(digits)e", value) }
}
