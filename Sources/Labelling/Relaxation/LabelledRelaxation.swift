import Files
import Foundation
import Structures

/// A relaxation by a labeller, saved after every evaluation: hours of CP2K that can be stopped and resumed.
public struct LabelledRelaxation: Sendable {
    public let labeller: any Labeller
    public let level: String
    /// Where the state is kept.
    public let stateFile: String
    public let maximumEvaluations: Int

    public init(labeller: any Labeller, level: String, stateFile: String, maximumEvaluations: Int) {
        self.labeller = labeller
        self.level = level
        self.stateFile = stateFile
        self.maximumEvaluations = maximumEvaluations
    }

    /// What is saved: the relaxation and the settings that its labels were made with.
    private struct State: Codable {
        var settings: [String: String]
        var relaxation: CellRelaxation
    }

    /// Goes on from the saved state where there is one, from `start` otherwise.
    ///
    /// - Throws: `LabelFailure` when an evaluation fails; `InputError` for a state of other settings, and a labeller that
    ///   gives no virial.
    public func relax(
        _ start: CellRelaxation, progress: @Sendable (CellRelaxation) -> Void
    ) async throws -> CellRelaxation {
        let settings = labeller.settings(of: level)
        var state = try saved() ?? State(settings: settings, relaxation: start)
        guard state.settings == settings else {
            throw InputError(
                file: stateFile, problem: "this relaxation was begun with other settings",
                mend: "remove the file to begin anew")
        }
        state.relaxation.forceTolerance = start.forceTolerance
        state.relaxation.stressTolerance = start.stressTolerance
        while !state.relaxation.isConverged, state.relaxation.evaluations < maximumEvaluations {
            let label = try await evaluate(state.relaxation.structure)
            guard let virial = label.virial else {
                throw InputError(problem: "\(label.code) gives no virial, which a relaxation of the cell needs")
            }
            try state.relaxation.advance(energy: label.energy, forces: label.forces, virial: virial)
            try AtomicFile.write(try JSONEncoder().encode(state), to: stateFile)
            progress(state.relaxation)
        }
        return state.relaxation
    }

    private func evaluate(_ structure: Structure) async throws -> Label {
        let folder = "\(stateFile).work"
        let files = FileManager.default
        try? files.removeItem(atPath: folder)
        try Folder.make(folder)
        do {
            let label = try await labeller.label(structure, level: level, folder: folder)
            try? files.removeItem(atPath: folder)
            return label
        } catch var failure as LabelFailure {
            // The folder stays, so that its output can be read.
            failure.folder = folder
            throw failure
        }
    }

    private func saved() throws -> State? {
        guard FileManager.default.fileExists(atPath: stateFile) else { return nil }
        do {
            return try JSONDecoder().decode(State.self, from: try InputFile.data(at: stateFile))
        } catch is DecodingError {
            throw InputError(
                file: stateFile, problem: "this is no saved relaxation", mend: "remove the file to begin anew")
        }
    }
}
