import Files
import Foundation

/// Reads the forms of machine.json. Keys are of three classes: used, known without effect here (a note), and unknown (an
/// error).
struct MachineFileReader {
    private(set) var limits = QueueLimits()
    private(set) var notes: [String] = []

    private static let top: Set<String> = [
        "machine", "resources", "command", "train", "model_devi", "fp", "slurm", "api_version", "deepmd_version",
        "deepmd_path", "python_path", "python_test_path", "train_machine", "train_resources", "train_command",
        "model_devi_machine", "model_devi_resources", "model_devi_command", "model_devi_group_size", "lmp_command",
        "fp_machine", "fp_resources", "fp_command", "fp_group_size", "task", "work_base", "forward_common_files",
        "backward_common_files",
    ]

    mutating func read(_ root: InputNode) throws -> [ResourceStage?: MachineFile.Stage] {
        let entries = try root.object(known: Self.top)
        if let slurm = entries["slurm"] { try readLimits(slurm) }
        var stages: [ResourceStage?: MachineFile.Stage] = [:]
        for stage in ResourceStage.allCases {
            if let node = entries[stage.rawValue] {
                stages[stage] = try readStage(node)
            } else if let resources = entries["\(stage.rawValue)_resources"] {
                stages[stage] = try readStage(
                    machine: entries["\(stage.rawValue)_machine"], resources: resources,
                    command: entries["\(stage.rawValue)_command"])
            }
        }
        if entries["machine"] != nil || entries["resources"] != nil {
            stages[nil] = try readStage(
                machine: entries["machine"], resources: entries["resources"], command: entries["command"])
        }
        guard !stages.isEmpty else {
            throw root.failure(
                "this describes no machine: it has neither stages (train, model_devi, fp) nor machine and resources",
                mend: "give a machine.json as DP-GEN and dpdispatcher take it")
        }
        return stages
    }

    private mutating func readStage(_ node: InputNode) throws -> MachineFile.Stage {
        // Lists are DP-GEN's older form; it uses the first entry alone.
        guard let first = node.list.first else { throw node.failure("the list is empty") }
        if node.list.count > 1 { note(node, "only the first entry of the list is used") }
        let entries = try first.object(known: [
            "command", "machine", "resources", "user_forward_files", "user_backward_files", "deepmd_path",
            "python_path", "cp2k_command", "group_size", "task_list", "task",
        ])
        for key in ["user_forward_files", "user_backward_files"] {
            if let node = entries[key], !node.list.isEmpty {
                note(node, "jobs see the shared folder, nothing is copied")
            }
        }
        return try readStage(
            machine: entries["machine"], resources: entries["resources"], command: entries["command"])
    }

    private mutating func readStage(
        machine: InputNode?, resources: InputNode?, command: InputNode?
    ) throws -> MachineFile.Stage {
        var stage = MachineFile.Stage()
        stage.command = try command?.string
        if let machine { stage.batch = try MachineContext.batchSystem(machine) }
        if let resources {
            let (read, notes) = try ClusterResources.read(resources)
            stage.resources = read
            self.notes += notes
        }
        return stage
    }

    private mutating func readLimits(_ node: InputNode) throws {
        let entries = try node.object(known: [
            "max_jobs", "throttle", "poll_seconds", "longest_poll_seconds", "patience_seconds",
        ])
        if let jobs = entries["max_jobs"] { limits.jobs = try jobs.atLeast(1) }
        if let throttle = entries["throttle"] { limits.throttle = try throttle.atLeast(1) }
        if let poll = entries["poll_seconds"] { limits.shortestPoll = try poll.positive() }
        limits.longestPoll = max(limits.longestPoll, limits.shortestPoll)
        if let poll = entries["longest_poll_seconds"] {
            limits.longestPoll = try poll.positive()
            guard limits.longestPoll >= limits.shortestPoll else {
                throw poll.failure("it is shorter than poll_seconds (\(limits.shortestPoll))")
            }
        }
        if let patience = entries["patience_seconds"] { limits.patience = try patience.positive() }
    }

    private mutating func note(_ node: InputNode, _ text: String) { notes.append("\(node.path): \(text)") }
}

/// Where and through what jobs are sent.
enum MachineContext {
    private static let known: Set<String> = [
        "batch_type", "context_type", "local_root", "remote_root", "remote_profile", "retry_count",
        "clean_asynchronously", "batch", "machine_type", "context", "hostname", "username", "port", "password",
        "work_path", "timeout", "key_filename", "passphrase", "email",
    ]
    private static let localContexts: Set<String> = ["local", "lazylocal"]
    private static let localHosts: Set<String> = ["localhost", "127.0.0.1", "::1", ""]

    /// - Throws: `InputError` for batch systems and contexts that are not supported.
    static func batchSystem(_ node: InputNode) throws -> MachineFile.BatchSystem {
        let entries = try node.object(known: known)
        if let context = entries["context_type"] ?? entries["context"] {
            var name = try context.string.lowercased().replacing("-", with: "")
            if name.hasSuffix("context") { name.removeLast("context".count) }
            guard localContexts.contains(name) else {
                throw context.failure("the context '\(try context.string)' is not supported", mend: mend)
            }
        }
        // The old form has no context: a host that is named is one to log in to.
        if let host = entries["hostname"], !localHosts.contains(try host.string) {
            throw host.failure("jobs cannot be sent to '\(try host.string)' over SSH", mend: mend)
        }
        guard let batch = entries["batch_type"] ?? entries["batch"] ?? entries["machine_type"] else { return .slurm }
        switch try batch.string.lowercased() {
        case "slurm", "slurmjobarray": return .slurm
        case "shell", "local": return .shell
        default:
            throw batch.failure(
                "the batch system '\(try batch.string)' is not supported",
                mend: "write Slurm, or Shell for this machine")
        }
    }

    private static let mend =
        "run lgps-bench on the cluster, in a folder that its nodes see, with \"context_type\": \"LazyLocalContext\""
}
