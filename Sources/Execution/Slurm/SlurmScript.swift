import Foundation

/// The batch script of an array: each element does the calculation of its line in `elements.txt`.
///
/// It passes a termination on to the worker, which then leaves a checkpoint, waits for its end, and writes the exit file
/// last of all: under another name, forced to disk, renamed.
enum SlurmScript {
    /// - Parameters:
    ///   - folder: of the array.
    ///   - cores: that a calculation takes.
    ///   - usesProcesses: whether these are MPI processes, which Slurm counts as tasks, and not threads.
    ///   - worker: the command with its first arguments; the calculation's name follows.
    static func text(
        _ resources: ClusterResources, folder: String, cores: Int, usesProcesses: Bool, worker: [String]
    ) -> String {
        let head = ["#!/bin/bash"] + options(resources, cores: cores, usesProcesses: usesProcesses)
        return
            (head + [before] + environment(resources) + [work(folder: folder, worker: worker)]
            + resources.epilogue + [after(folder: folder)]).joined(separator: "\n") + "\n"
    }

    private static func options(
        _ resources: ClusterResources, cores: Int, usesProcesses: Bool
    ) -> [String] {
        var options = ["nodes=1"]
        options += usesProcesses ? ["ntasks-per-node=\(cores)"] : ["ntasks-per-node=1", "cpus-per-task=\(cores)"]
        func add(_ name: String, _ value: String?) { if let value { options.append("\(name)=\(value)") } }
        add("partition", resources.partition)
        add("account", resources.account)
        add("qos", resources.qualityOfService)
        add("time", resources.timeLimit)
        add("mem", resources.memory)
        add("constraint", resources.constraint)
        if !resources.excludedNodes.isEmpty { add("exclude", resources.excludedNodes.joined(separator: ",")) }
        if resources.gpusPerNode > 0, resources.gpuLine == nil { add("gres", "gpu:\(resources.gpusPerNode)") }
        // The user's own lines come last: of equal options, sbatch takes the last.
        return options.map { "#SBATCH --\($0)" } + [resources.gpuLine].compactMap { $0 } + resources.customFlags
    }

    private static func environment(_ resources: ClusterResources) -> [String] {
        (resources.purgesModules ? ["module purge"] : [])
            + resources.unloadedModules.map { "module unload \($0)" }
            + resources.modules.map { "module load \($0)" }
            + resources.sources.map { "source \($0)" }
            + resources.environment.map { "export \($0.name)=\(quoted($0.value))" }
            + resources.prologue
    }

    private static let before = """

        place=${SLURM_ARRAY_TASK_ID:-0}
        started=$(date -u +%Y-%m-%dT%H:%M:%SZ)
        worker=
        stopping=
        trap 'stopping=1; if [ -n "$worker" ]; then kill -TERM "$worker"; fi' TERM

        """

    private static func work(folder: String, worker: [String]) -> String {
        """

        folder=\(quoted(folder))
        # A shared disk may show it late.
        for second in {1..60}; do [ -s "$folder/elements.txt" ] && break; sleep 1; done
        # Slurm starts a job again that it has requeued: how it ended before no longer counts.
        rm -f "$folder/exit/$place.json"
        calculation=$(sed -n "$((place + 1))p" "$folder/elements.txt")
        code=143
        if [ -z "$stopping" ]; then
            \(worker.map(quoted).joined(separator: " ")) "$calculation" &
            worker=$!
            [ -z "$stopping" ] || kill -TERM "$worker"
            # A trap ends `wait`, but not the worker.
            while stopping=; wait "$worker"; now=$?; do
                [ $now -eq 127 ] || code=$now
                [ -n "$stopping" ] && [ $now -gt 128 ] || break
            done
        fi

        """
    }

    private static func after(folder: String) -> String {
        """

        note="$folder/exit/$place.json"
        printf '{"code": %d, "host": "%s", "restarts": %d, "started": "%s", "ended": "%s"}\\n' \\
            "$code" "$(hostname)" "${SLURM_RESTART_COUNT:-0}" "$started" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" > "$note.$$"
        sync "$note.$$"
        mv "$note.$$" "$note"
        exit "$code"
        """
    }

    /// For a shell.
    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
