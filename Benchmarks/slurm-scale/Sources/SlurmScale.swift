import ArgumentParser

/// A Slurm of stand-ins, for as many jobs and nodes as no machine at hand has: `cluster` plays the nodes, `drive` is the
/// driver whose time is measured.
@main
struct SlurmScale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slurm-scale",
        abstract: "Measure the Slurm engine on a simulated cluster (run.sh starts both parts).",
        subcommands: [PlayCluster.self, Drive.self])
}
