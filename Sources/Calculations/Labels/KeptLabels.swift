import Execution
import Files
import Labelling
import Structures

/// Labels that one calculation makes one after another. Those of a code that runs for minutes are kept in its work folder,
/// so that another attempt goes on from them.
struct KeptLabels {
    let runner: LabelRunner
    let level: String

    /// - Parameter code: for one level of theory.
    init(_ code: LabelCode, machine: LabellingMachine, in folder: WorkFolder, _ control: RunControl) {
        runner = LabelRunner(code: code, machine: machine, work: folder, control: control)
        level = code.levels[0]
    }

    /// One as it is stored.
    private struct Kept: Codable {
        var structure: Structure
        var label: Label
    }

    /// The label of a structure: that which an earlier attempt has left, or a new one.
    ///
    /// - Parameter number: of the structure in the calculation.
    /// - Throws: as `LabelRunner.label`.
    func label(_ structure: Structure, number: Int) throws -> (label: Label, isNew: Bool) {
        // A model's is made again as soon as read.
        if case .model = runner.code { return (try runner.label(structure, level: level, in: "evaluation"), true) }
        let file = runner.work.file("evaluations/\(number).json")
        // A file that cannot be read, or is of another way, is no label: it is made again.
        if let old = try? JSONText.read(Kept.self, from: file), old.structure == structure {
            return (old.label, false)
        }
        let label = try runner.label(structure, level: level, in: "evaluation")
        try Folder.make(runner.work.file("evaluations"))
        try JSONText.write(Kept(structure: structure, label: label), to: file)
        return (label, true)
    }
}
