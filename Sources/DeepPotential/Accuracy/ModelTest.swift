import Files
import Foundation
import Parallel
import Structures

/// `lgps-bench evaluate`: errors of one or several models on labelled data, as `dp test`, and their deviation.
public struct ModelTest: Sendable {
    public struct Options: Sendable {
        public var models: [String]
        public var data: [String]
        /// Prefix of `dp test`'s detail files (`PREFIX.e.out`, ...), for the first model; nil writes none.
        public var detail: String?
        /// Where `model_devi.out` goes when there are several models.
        public var deviationFile: String
        public var threads: Int
        /// Use the slow evaluator in Double, to which the fast one is an approximation.
        public var isReference: Bool

        public init(
            models: [String], data: [String], detail: String?, deviationFile: String, threads: Int,
            isReference: Bool = false
        ) {
            self.models = models
            self.data = data
            self.detail = detail
            self.deviationFile = deviationFile
            self.threads = threads
            self.isReference = isReference
        }
    }

    /// Errors of one model, or of the mean prediction of all.
    public struct ModelErrors: Sendable {
        public var model: String
        public var systems: [(name: String, report: TestReport)]
        public var total: TestReport
        /// Atoms with more neighbours than the model has slots for, over all frames.
        public var overflow: [NeighbourOverflow] = []
    }

    public var options: Options
    public var progress: ProgressMeter

    public init(options: Options, progress: ProgressMeter) {
        self.options = options
        self.progress = progress
    }

    /// Tests all models on all systems, one system in memory at a time.
    ///
    /// - Returns: the errors of each model and, when there are several, those of their mean prediction.
    /// - Throws: `InputError` for a fault in models or data, also when the data hold an element that a model lacks.
    public func run() throws -> [ModelErrors] {
        let models = try options.models.map { try DPModel(contentsOf: $0) }
        let evaluators: [any Potential] = models.map {
            if options.isReference { return ReferenceEvaluator($0) }
            return CompressedEvaluator(model: $0, threads: options.threads)
        }
        let folders = try options.data.flatMap(SystemFolders.find)
        guard !folders.isEmpty else {
            throw InputError(
                file: options.data.first, problem: "there are no labelled systems (folders with type.raw)",
                mend: "name folders of deepmd/npy systems with --data")
        }
        let isEnsemble = models.count > 1
        var results = (options.models + (isEnsemble ? ["mean of the \(models.count) predictions"] : [])).map {
            ModelErrors(model: $0, systems: [], total: TestReport())
        }
        var deviations: [(name: String, records: [ModelDeviationRecord])] = []
        let detail = try options.detail.map { try TestDetails(prefix: $0) }
        progress.begin("evaluate")
        for (position, folder) in folders.enumerated() {
            // As DeePMD-kit: without a type map of their own, the data's types are those of the model.
            let types = Species.all(models[0].typeMap)
            for system in try LabelledSystem.systems(
                in: folder.path, name: folder.name, types: types, needing: .someLabels)
            {
                var reports = [TestReport](repeating: TestReport(), count: results.count)
                var records: [ModelDeviationRecord] = []
                for frame in 0..<system.frameCount {
                    let comparison = try FrameComparison(evaluators, system: system, frame: frame)
                    try detail?.add(comparison.predictions[0], reference: system, frame: frame)
                    if isEnsemble {
                        records.append(comparison.deviation)
                        comparison.add(comparison.mean, to: &reports[models.count])
                    }
                    for (index, prediction) in comparison.predictions.enumerated() {
                        comparison.add(prediction, to: &reports[index])
                        NeighbourOverflow.merge(evaluators[index].overflow, into: &results[index].overflow)
                    }
                    progress.update(
                        (Double(position) + Double(frame + 1) / Double(system.frameCount)) / Double(folders.count),
                        detail: system.name)
                }
                for index in results.indices {
                    results[index].systems.append((system.name, reports[index]))
                    results[index].total.merge(reports[index])
                }
                deviations.append((system.name, records))
            }
        }
        try detail?.finish()
        if isEnsemble { try write(deviations) }
        progress.finish(
            "evaluate: \(results[0].total.frames) frames in \(results[0].systems.count) \(results[0].systems.count == 1 ? "system" : "systems")"
        )
        return results
    }

    /// One file, a header for each system, as `dp model-devi` does for several.
    private func write(_ deviations: [(name: String, records: [ModelDeviationRecord])]) throws {
        let text = deviations.map { name, records in
            let layout = ModelDeviationFile.Layout.dataset(name: name)
            return ModelDeviationFile.header(layout) + records.map { ModelDeviationFile.line($0, layout) }.joined()
        }
        try AtomicFile.write(text.joined(), to: options.deviationFile)
    }
}
