import Calculations
import DeepPotential
import Execution
import Files
import Foundation
import Structures

/// Writes what `dpgen run` leaves, for scripts that read it: `dpgen.log`, `record.dpgen`, `iter.NNNNNN/`. Nothing of it is
/// read again but `record.dpgen`, which tells what is written already.
struct DPGENExport {
    private let plan: LearningPlan
    private let folder: String
    private let store: Store
    private var record: [String]
    private let log: DPGENLog

    /// The last of the steps that end with a stage.
    private static let lastSteps: [Stage: Int] = [.training: 2, .exploration: 5, .labelling: 8]

    init(
        _ plan: LearningPlan, folder: String, store: Store, report: @escaping @Sendable (String) -> Void
    ) throws {
        self.plan = plan
        self.folder = folder
        self.store = store
        let file = "\(folder)/record.dpgen"
        let text = FileManager.default.fileExists(atPath: file) ? try InputFile.text(at: file) : ""
        record = text.split(separator: "\n").map(String.init)
        log = DPGENLog("\(folder)/dpgen.log", report: report)
    }

    /// Writes what has been finished since.
    mutating func write(_ iterations: [Iteration], _ outcomes: Outcomes) throws {
        for iteration in iterations {
            if iteration.models != nil, isNew(.training, iteration) {
                try log.begin(iteration)
                try write(training: iteration)
                try end(.training, iteration)
            }
            if iteration.selections != nil, isNew(.exploration, iteration) {
                try write(exploration: iteration, outcomes)
                try end(.exploration, iteration)
                try log.write(iteration, thresholds: plan.input.selection)
            }
            if iteration.labelling != nil, isNew(.labelling, iteration) {
                try write(labelling: iteration, outcomes)
                try end(.labelling, iteration)
            }
        }
    }

    func finish(_ end: LearningEnd) throws {
        try log.write("finished")
        try log.write(end.message, isWarning: !end.isSuccess)
    }

    private func isNew(_ stage: Stage, _ iteration: Iteration) -> Bool {
        !record.contains("\(iteration.index) \(Self.lastSteps[stage] ?? 0)")
    }

    private mutating func end(_ stage: Stage, _ iteration: Iteration) throws {
        let last = Self.lastSteps[stage] ?? 0
        for step in last - 2...last {
            if stage != .labelling || step != 6 { try log.task(iteration, step) }
            record.append("\(iteration.index) \(step)")
        }
        try AtomicFile.write(record.joined(separator: "\n") + "\n", to: "\(folder)/record.dpgen")
        if stage == .labelling, let counts = iteration.labelling { try log.write(counts) }
    }

    /// Without what a killed run has left there half written.
    private func folder(of stage: Stage, _ iteration: Iteration) throws -> String {
        let path = "\(folder)/\(iteration.name)/\(stage.rawValue)"
        try Folder.make(path)
        TemporaryName.removeLeftovers(in: path, andBelow: true)
        return path
    }

    private func write(training iteration: Iteration) throws {
        let stage = try folder(of: .training, iteration)
        if iteration.copiedFrom != nil { try AtomicFile.write("", to: "\(stage)/copied") }
        for (member, training) in iteration.trainings.enumerated() {
            let number = String(format: "%03d", member)
            let own = "\(stage)/\(number)"
            try Folder.make(own)
            try AtomicFile.write(training.input + "\n", to: "\(own)/input.json")
            let work = try store.workFolder(training.folderKey)
            for (name, target) in [
                ("\(stage)/graph.\(number).dp", work.file(Training.modelFile)),
                ("\(own)/lcurve.out", work.file("training/lcurve.out")),
            ] where FileManager.default.fileExists(atPath: target) {
                unlink(name)
                try? FileManager.default.createSymbolicLink(
                    atPath: name, withDestinationPath: URL(fileURLWithPath: target).standardizedFileURL.path)
            }
        }
    }

    private func write(exploration iteration: Iteration, _ outcomes: Outcomes) throws {
        let stage = try folder(of: .exploration, iteration)
        if let job = iteration.job {
            try JSONText.write(plan.input.exploration.jobs[job], to: "\(stage)/cur_job.json")
        }
        for explored in plan.explored(iteration, outcomes) {
            let task = explored.task
            let own = "\(stage)/\(DPGENNames.task(task.system, task.number))"
            try Folder.make(own)
            let bar = task.exploration.pressure * 1e4
            try JSONText.write(
                ["temps": task.exploration.temperature, "press": bar], to: "\(own)/job.json")
            try ModelDeviationFile.write(
                explored.record?.rows ?? [], to: "\(own)/model_devi.out", layout: .dynamics)
        }
    }

    private func write(labelling iteration: Iteration, _ outcomes: Outcomes) throws {
        let stage = try folder(of: .labelling, iteration)
        guard let number = iteration.job else { return }
        let explored = plan.explored(iteration, outcomes)
        for selection in iteration.selections ?? [] {
            let levels = plan.levels(
                of: explored, system: selection.system, plan.input.exploration.jobs[number])
            let chosen = Set(selection.chosen)
            let candidates = selection.chosen + levels.candidate.filter { !chosen.contains($0) }
            for (name, places) in [
                ("candidate", candidates), ("rest_accurate", levels.accurate), ("rest_failed", levels.failed),
            ] {
                let lines = places.map {
                    "\(iteration.name)/\(Stage.exploration.rawValue)/\(DPGENNames.task($0.system, $0.task)) \($0.step)\n"
                }
                try AtomicFile.write(
                    lines.joined(), to: "\(stage)/\(name).shuffled.\(DPGENNames.system(selection.system)).out")
            }
            try write(labels: iteration, system: selection.system, to: stage, outcomes)
        }
    }

    /// `data.SSS`, or `data.SSS.CCCC` for each configuration where they differ in their atoms.
    private func write(labels iteration: Iteration, system: Int, to stage: String, _ outcomes: Outcomes) throws {
        let labels = iteration.labels.filter { $0.place.system == system }.compactMap { label -> ExtendedXYZ.Frame? in
            guard case .success(let outcome) = outcomes[label.calculation],
                let result = outcome.content.labels[plan.inputs.code.levels[0]]
            else { return nil }
            return ExtendedXYZ.Frame(
                structure: label.calculation.structure, energy: result.energy, forces: result.forces,
                virial: result.virial)
        }
        let elements = plan.input.elements
        // In the order of their first frames.
        var groups: [[ExtendedXYZ.Frame]] = []
        for label in labels {
            if let number = groups.firstIndex(where: { $0[0].structure.species == label.structure.species }) {
                groups[number].append(label)
            } else {
                groups.append([label])
            }
        }
        for (number, group) in groups.enumerated() {
            let suffix = groups.count > 1 ? String(format: ".%04d", number) : ""
            let path = "\(stage)/data.\(DPGENNames.system(system))\(suffix)"
            try? FileManager.default.removeItem(atPath: path)
            try LabelledSystem(name: "data", frames: group, typeMap: elements).write(to: path)
        }
    }
}

enum DPGENNames {
    static func system(_ index: Int) -> String { String(format: "%03d", index) }
    static func task(_ system: Int, _ number: Int) -> String { String(format: "task.%03d.%06d", system, number) }
}
