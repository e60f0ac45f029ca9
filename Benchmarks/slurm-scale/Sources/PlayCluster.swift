import ArgumentParser
import Execution
import Files
import Foundation

/// Plays a cluster until the folder holds a file `stop`.
struct PlayCluster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "cluster", abstract: "Play the nodes.")

    @Argument var folder: String
    @Option var nodes = 200
    @Option(help: "Of a hundred jobs, how many meet each kind of trouble.") var trouble = 1.0
    @Option(help: "Seconds that an ended job stays in the queue.") var memory = 60.0
    @Option var seed: UInt64 = 1

    func run() async throws {
        let workplace = Workplace(try Store("\(folder)/store"), program: "slurm-scale")
        var cluster = Cluster(
            nodes: nodes, trouble: trouble / 100, memory: memory, seed: seed,
            worker: Worker(workplace, kinds: CalculationKinds([Trial.self])))
        let submitted = "\(folder)/submitted"
        var written = Date.distantPast
        while !FileManager.default.fileExists(atPath: "\(folder)/stop") {
            for name in try InputFile.names(in: submitted) where !name.hasPrefix(".") {
                let lines = try InputFile.text(at: "\(submitted)/\(name)").split(separator: "\n").map(String.init)
                unlink("\(submitted)/\(name)")
                cluster.submit(number: lines[0], name: lines[1], array: lines[2], folder: lines[3])
            }
            for name in try InputFile.names(in: "\(folder)/cancelled") {
                unlink("\(folder)/cancelled/\(name)")
                cluster.cancel(number: name)
            }
            try await cluster.step(at: .now)
            if Date.now.timeIntervalSince(written) > 1 {
                written = .now
                try AtomicFile.write(cluster.queue, to: "\(folder)/queue")
                try JSONText.write(cluster.counts, to: "\(folder)/counts.json")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
