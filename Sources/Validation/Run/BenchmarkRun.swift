import DeepPotential
import Files
import Foundation
import MolecularDynamics
import Parallel
import Reporting
import Structures

/// A run of some or all parts, from the settings to `summary.md`.
///
/// Every finished part is kept, so that a run killed at any moment goes on with `RunSettings.resume`: finished parts are
/// not repeated, and molecular dynamics goes on from its checkpoints.
public struct BenchmarkRun: Sendable {
    public var settings: RunSettings
    public var reference: ReferenceData
    public var progress: ProgressMeter
    public var stop: StopFlag

    public init(
        settings: RunSettings, reference: ReferenceData, progress: ProgressMeter = .none, stop: StopFlag = StopFlag()
    ) {
        self.settings = settings
        self.reference = reference
        self.progress = progress
        self.stop = stop
    }

    /// Performs `parts` and writes the report.
    ///
    /// The page joins all parts that the output folder holds, also those of earlier calls.
    /// - Throws: `InputError`; `ExternalProgramFailure`; `Interrupted` when stopped, with everything so far kept.
    public func perform(_ parts: [Part]) async throws -> SummaryPage {
        let started = Date.now
        let context = try await onOwnThread { try begin() }
        for part in Part.allCases where parts.contains(part) {
            if try finished(part, context) != nil { continue }
            let record = try await onOwnThread {
                try context.checkStop()
                let record = try perform(part, context)
                try record.save(part, in: settings.output)
                return record
            }
            // At once, so that a long run shows what it has before its end.
            _ = try await record.section.write(to: settings.output, gnuplot: settings.gnuplot)
        }
        return try await report(context, started: started)
    }

    /// Reads the inputs and claims the output folder.
    private func begin() throws -> PartContext {
        let models = try settings.models.map { try DPModel(contentsOf: $0) }
        guard !models.isEmpty else { throw InputError(place: "--model", problem: "no model is given") }
        let modelInputs = try settings.models.map(Inputs.file)
        let dataInputs = try settings.data.map(Inputs.folder)
        let run = RunRecord(
            profile: settings.profile, material: settings.material, seed: settings.seed, models: modelInputs)
        try run.claim(settings.output, resume: settings.resume)
        return PartContext(
            settings: settings, models: models, modelInputs: modelInputs, dataInputs: dataInputs, reference: reference,
            progress: progress, stop: stop)
    }

    private func perform(_ part: Part, _ context: PartContext) throws -> PartRecord {
        let campaign = part.needsDynamics ? try dynamics(context) : nil
        let watch = Stopwatch()
        let section =
            switch part {
            case .accuracy: try AccuracyStudy(context: context).run()
            case .speed: try SpeedStudy(context: context).run()
            case .convergence: try ConvergenceStudy(context: context).section(campaign!)
            case .experiment: try ExperimentStudy(context: context).section(campaign!)
            }
        let record = Manifest.Part(
            name: part.rawValue, wallSeconds: watch.wallSeconds, cpuSeconds: watch.cpuSeconds, details: section.details)
        return PartRecord(section: section, part: record, data: inputs(of: part, context))
    }

    /// The MD runs that several parts draw on, done once.
    private func dynamics(_ context: PartContext) throws -> DiffusionCampaign.Outcome {
        var record = try CampaignRecord(output: settings.output)
        return try record.run(DiffusionCampaign(context: context))
    }

    /// The data that a part reads.
    private func inputs(of part: Part, _ context: PartContext) -> [Manifest.Input] {
        part == .accuracy ? context.dataInputs : []
    }

    private func finished(_ part: Part, _ context: PartContext) throws -> PartRecord? {
        try PartRecord.load(part, in: settings.output, data: inputs(of: part, context))
    }

    // MARK: - Report

    private func report(_ context: PartContext, started: Date) async throws -> SummaryPage {
        let records = try Part.allCases.compactMap { try finished($0, context) }
        let campaign = try CampaignRecord(output: settings.output).part
        var figureMessage: String?
        for record in records {
            let message = try await record.section.write(to: settings.output, gnuplot: settings.gnuplot)
            figureMessage = figureMessage ?? message
        }
        let manifest = Manifest(
            commandLine: settings.commandLine, profile: settings.profile.name, material: settings.material.rawValue,
            seed: settings.seed, threads: settings.threads,
            models: context.modelInputs.map { Inputs.relative($0, to: reference.packageFolder) },
            data: context.dataInputs.map { Inputs.relative($0, to: reference.packageFolder) },
            commit: await InstalledProgram.commit(of: reference.packageFolder), machine: .current,
            versions: await Versions.all(gnuplot: settings.gnuplot), started: started, finished: .now,
            parts: records.map(\.part) + (campaign.wallSeconds > 0 ? [campaign] : []))
        let page = SummaryPage(
            title: "\(settings.material.formula): report of the \(settings.profile.name) profile",
            sections: records.map(\.section),
            otherClaims: try OtherClaims.list(reference: reference, spokenOf: records.map(\.section)),
            manifest: manifest, figureMessage: figureMessage)
        try manifest.write(to: settings.output)
        try page.write(to: settings.output)
        return page
    }
}
