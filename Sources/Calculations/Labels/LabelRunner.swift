import DeepPotential
import Execution
import Files
import Foundation
import Labelling
import Parallel
import Structures

/// Computes single labels for a calculation, each in a folder of its own inside the calculation's work folder.
struct LabelRunner {
    let code: LabelCode
    let machine: LabellingMachine
    let work: WorkFolder
    let control: RunControl

    /// Where a converged state is that the next level starts from.
    struct State {
        let functional: Functional
        let folder: String
    }

    /// Labels a structure at one level.
    ///
    /// - Parameters:
    ///   - folder: a name in the work folder; what an earlier attempt has left under it is removed.
    ///   - state: of an earlier level; only CP2K uses one.
    ///   - keepsState: whether a state is left for a later level.
    /// - Throws: `LabelFailure` when there is no label, with input, output and `reason.txt` in the folder; `Interrupted`
    ///   after a stop, when no program runs any more; `InputError` and `ExternalProgramFailure` for what is missing.
    func label(
        _ structure: Structure, level: String, in folder: String, from state: State? = nil, keepsState: Bool = false
    ) throws -> Label {
        let path = work.file(folder)
        try? FileManager.default.removeItem(atPath: path)
        try Folder.make(path)
        do {
            return try compute(structure, level, path, state, keepsState).checked(for: structure)
        } catch var failure as LabelFailure {
            failure.folder = path
            try AtomicFile.write("\(level)\n\(failure)\n", to: "\(path)/reason.txt")
            throw failure
        }
    }

    private func compute(
        _ structure: Structure, _ level: String, _ folder: String, _ state: State?, _ keepsState: Bool
    ) throws -> Label {
        let watch = ProcessWatch(
            started: { [work] in try ExternalProcessGuard.record($0, in: work) },
            ended: { [work] in ExternalProcessGuard.clear(in: work) })
        switch code {
        case .cp2k(_, let settings):
            let functional = try Functional(name: level)
            let labeller = try CP2KLabeller(
                settings: settings, execution: machine.cp2k,
                installation: machine.cp2kInstallation ?? CP2KInstallation.find())
            let stateFile = state.flatMap { state in
                CP2KLabeller.stateFiles(of: state.functional).map { "\(state.folder)/\($0)" }
                    .first { FileManager.default.fileExists(atPath: work.file($0)) }
            }
            return try blocking(stop: control.stop) {
                try await labeller.label(
                    structure, functional, in: folder, startingFrom: stateFile.map { "../\($0)" },
                    keepsState: keepsState, watch: watch)
            }
        case .vasp(let functional, let settings):
            let labeller = VASPLabeller(
                settings: settings, execution: machine.vasp ?? .init(exchange: work.file("vasp")))
            return try blocking(stop: control.stop) {
                try await labeller.label(structure, functional, keepingFailuresIn: folder, watch: watch)
            }
        case .model(let hash):
            let evaluator = CompressedEvaluator(try LoadedModels.model(hash, control.inputs))
            return try Self.label(structure, by: evaluator, code: LabelCode.teacher(hash))
        }
    }

    private static func label(_ structure: Structure, by teacher: any Potential, code: String) throws -> Label {
        let watch = Stopwatch()
        do {
            let evaluation = try teacher.evaluate(structure)
            return Label(
                energy: evaluation.energy, forces: evaluation.forces,
                virial: structure.isPeriodic ? evaluation.virial : nil, wallTime: watch.wallSeconds, code: code)
        } catch let error as InputError {
            throw LabelFailure(.badStructure, error.description)
        }
    }
}
