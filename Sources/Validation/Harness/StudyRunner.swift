import Calculations
import Execution
import Files
import Foundation
import Parallel
import Reporting
import Structures

/// A study from its options to `summary.md`: needs, outcomes, findings, verdicts, pages.
///
/// Nothing after the scheduler is kept: pages are drawn anew from outcomes, in seconds.
public struct StudyRunner: Sendable {
    public var options: StudyOptions
    public var reference: ReferenceData
    public var meter: ProgressMeter
    public var stop: StopFlag

    public init(
        _ options: StudyOptions, reference: ReferenceData, meter: ProgressMeter = .none, stop: StopFlag = StopFlag()
    ) {
        self.options = options
        self.reference = reference
        self.meter = meter
        self.stop = stop
    }

    /// What a run leaves, beside its files.
    public struct Report: Sendable {
        public var verdicts: [Verdict]
        public var findings: Findings
        public var page: SummaryPage
        /// Calculations without an outcome.
        public var failures: [CalculationFailure]
    }

    /// What would be computed, and how long the rest would take.
    ///
    /// - Throws: `InputError` for options that are impossible.
    public func plan() throws -> Plan {
        let (study, _) = try study()
        let store = FileManager.default.fileExists(atPath: options.store) ? try Store(existing: options.store) : nil
        return try Plan(
            of: needs(of: study, in: store), in: store, shipped: [reference.outcomes], fresh: freshness(of: study),
            cores: options.cores)
    }

    /// Computes what is missing and writes the report.
    ///
    /// - Throws: `InputError`; `Interrupted` when stopped, with everything so far kept.
    public func run() async throws -> Report {
        let (started, watch) = (Date.now, Stopwatch())
        // First what may be wrong, so that nothing is left behind of a command that cannot be done.
        let library = InputLibrary()
        let (study, inputs) = try study(library)
        try Folder.prepare(options.output)
        let store = try Store(options.store)
        store.inputs.add(library)
        let workplace = Workplace(
            store, shipped: [reference.outcomes], states: reference.states, fresh: try freshness(of: study),
            program: "lgps-bench \(Program.version)")
        let engine = try options.engine.engine(for: store, cores: options.cores, stop: stop) { [meter] in
            meter.note($0)
        }
        let scheduler = try Scheduler(workplace, engine: engine, stop: stop, meter: meter)
        defer { scheduler.close() }
        // For workers elsewhere, as no calculation knows how it is computed.
        if study.labelling == .computed { try LabellingMachine.current.save(in: store) }
        let found = try await scheduler.outcomes(of: needs(of: study, in: store))

        let findings = try Findings(options.experiments.flatMap { try $0.findings(of: study, from: found) })
        try findings.write(to: "\(options.output)/findings.json")
        let verdicts = try Judgement.verdicts(
            on: reference.claims(), findings: findings, references: reference.values(),
            families: Set(Experiments.all.flatMap(\.families)))
        try JSONText.write(verdicts, to: "\(options.output)/verdicts.json")
        var sections = try options.experiments.map {
            try $0.section(of: study, outcomes: found, findings: findings)
        }
        let agreement = try Agreement(study: study, outcomes: found, shipped: reference.outcomes)
        if let section = agreement.section { sections.append(section) }
        let manifest = Manifest(
            commandLine: options.commandLine, profile: study.profile.name,
            material: study.materials.map(\.rawValue).joined(separator: ","), seed: options.seed,
            threads: options.cores,
            models: inputs.models, data: inputs.data,
            commit: await InstalledProgram.commit(of: reference.packageFolder),
            machine: .current, versions: await Versions.all(gnuplot: options.gnuplot), started: started, finished: .now,
            parts: [.init(name: "this call", wallSeconds: watch.wallSeconds, cpuSeconds: watch.cpuSeconds)])
        let page = try await StudyReport(
            study: study, sections: sections, verdicts: verdicts, findings: findings, manifest: manifest,
            remarks: found.remarks, failures: found.failures
        ).write(to: options.output, gnuplot: options.gnuplot)
        return Report(verdicts: verdicts, findings: findings, page: page, failures: found.failures)
    }

    /// What experiments need, and of what they wish for that which is there or shall be computed.
    private func needs(of study: Study, in store: Store?) throws -> [String: [any Calculation]] {
        let fresh = try freshness(of: study)
        var needs: [String: [any Calculation]] = [:]
        for experiment in options.experiments {
            let wishes = try experiment.wishes(of: study).filter { wish in
                let key = wish.key
                return study.labelling == .computed || store?.outcomes.contains(key) == true
                    || (!fresh.contains(key) && reference.outcomes.contains(key))
            }
            needs[experiment.name] = try experiment.needs(of: study) + wishes
        }
        return needs
    }

    /// What is computed here though it is shipped.
    private func freshness(of study: Study) throws -> Freshness {
        if options.isFresh { return .everything }
        let runs = try options.experiments.flatMap { try study.runs(for: $0.name) }
        return .keys(Set(runs.filter(\.isFresh).map(\.calculation.key)))
    }

    /// The study, and its models and data for the manifest.
    func study(
        _ library: InputLibrary = InputLibrary()
    ) throws -> (Study, (models: [Manifest.Input], data: [Manifest.Input])) {
        let profile = try Profile.named(options.profile, reference: reference)
        let ensembles = try ModelCatalogue.ensembles(given: options.models, reference: reference, library: library)
        let needsLabels = options.experiments.contains { $0.families.contains(.accuracy) }
        let labelled =
            needsLabels
            ? try LabelledSet.find(
                given: options.data, ensembles: ensembles, materials: options.materials, library: library) : []
        let study = Study(
            profile: profile, materials: options.materials, ensembles: ensembles, labelled: labelled,
            seed: options.seed,
            cores: options.cores, reference: reference, lattice: try reference.lattice(),
            learning: try LearningRun.all(given: options.learning, reference: reference),
            labelling: LabellingPolicy(isAskedFor: options.computesLabels || profile.computesLabels == true))
        let models = ensembles.flatMap { ensemble in
            zip(ensemble.paths, ensemble.models).map { path, hash in
                ManifestPath.relative(Manifest.Input(path: path, sha256: hash), to: reference.packageFolder)
            }
        }
        let data = labelled.flatMap { set in
            set.systems.map { system in
                ManifestPath.relative(
                    Manifest.Input(path: "\(set.path)/\(system.name)", sha256: system.hash), to: reference.packageFolder
                )
            }
        }
        return (study, (models, data))
    }
}
