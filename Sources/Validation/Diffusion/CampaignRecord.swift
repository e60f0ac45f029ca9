import Files
import Foundation
import Parallel
import Reporting
import Structures

/// The time that a campaign has taken so far: kept as `md/part.json`, so that a resumed run counts all its starts.
struct CampaignRecord {
    let path: String
    private(set) var part: Manifest.Part

    init(output: String) throws {
        path = "\(output)/md/part.json"
        part =
            FileManager.default.fileExists(atPath: path)
            ? try JSONText.read(Manifest.Part.self, from: path)
            : Manifest.Part(name: "molecular dynamics", wallSeconds: 0, cpuSeconds: 0)
    }

    /// Runs the campaign and adds its time, also when it is interrupted.
    mutating func run(_ campaign: DiffusionCampaign) throws -> DiffusionCampaign.Outcome {
        let watch = Stopwatch()
        let outcome = Result { try campaign.run() }
        if case .success(let finished) = outcome {
            part.details = DiffusionText.details(finished.plan, finished.results)
        }
        // Looking up a finished campaign is no work.
        if watch.wallSeconds > 0.5 {
            part.wallSeconds += watch.wallSeconds
            part.cpuSeconds += watch.cpuSeconds
        }
        if FileManager.default.fileExists(atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path) {
            try AtomicFile.write(try JSONText.data(part), to: path)
        }
        return try outcome.get()
    }
}
