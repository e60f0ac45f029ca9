import ArgumentParser
import Foundation
import MolecularDynamics
import Parallel
import Reporting
import Validation

/// Everything: all experiments, joined by one summary page.
struct All: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run every experiment of the profile and write OUTPUT/summary.md.")

    @OptionGroup var options: RunOptions

    func run() async throws { try await PartsRunner.run(Part.allCases, options) }
}

struct Accuracy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Errors of energies, forces and virials against labelled data (Table V, Fig. 5).")

    @OptionGroup var options: RunOptions

    func run() async throws { try await PartsRunner.run([.accuracy], options) }
}

struct Speed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Time per MD step against the number of atoms (Fig. 6).")

    @OptionGroup var options: RunOptions

    func run() async throws { try await PartsRunner.run([.speed], options) }
}

struct Convergence: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Diffusion coefficients against the length of the trajectory (Fig. 7a).")

    @OptionGroup var options: RunOptions

    func run() async throws { try await PartsRunner.run([.convergence], options) }
}

struct Experiment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Diffusion coefficients against temperature, beside experiment (Fig. 13).")

    @OptionGroup var options: RunOptions

    func run() async throws { try await PartsRunner.run([.experiment], options) }
}

/// Runs parts and tells where the report is.
enum PartsRunner {
    static func run(_ parts: [Part], _ options: RunOptions) async throws {
        let reference = try ReferenceData.locate()
        let settings = try options.settings(reference: reference)
        StopSignal.install(resumeHint: "continue with: \(resumeCommand())")
        let run = BenchmarkRun(
            settings: settings, reference: reference, progress: options.common.progress,
            stop: .signals)
        let page: SummaryPage
        do {
            page = try await run.perform(parts)
        } catch let interruption as Interrupted {
            FileHandle.standardError.write(Data("stopped; continue with: \(resumeCommand())\n".utf8))
            throw interruption
        }
        if options.common.json {
            try options.common.printJSON(page.claims)
        } else {
            for claim in page.claims { options.common.say("\(claim.source): \(claim.verdict.text) - \(claim.reason)") }
        }
        if let message = page.figureMessage { FileHandle.standardError.write(Data("\(message)\n".utf8)) }
        if !options.common.json { options.common.say("\nThe report is \(settings.output)/summary.md") }
    }

    private static func resumeCommand() -> String {
        let arguments = CommandLine.arguments
        return (arguments + (arguments.contains("--resume") ? [] : ["--resume"])).joined(separator: " ")
    }
}
