import Files

extension ClusterResources {
    /// Keys without effect here, with the reason.
    private static let idle = [
        "group_size": "every calculation is an element of a job array of its own",
        "para_deg": "every calculation is an element of a job array of its own",
        "wait_time": "jobs are not started by hand one after another",
        "with_mpi": "calculations start their MPI processes themselves",
        "cuda_multi_tasks": "every calculation is an element of a job array of its own",
        "task_max": "the object \"slurm\" has \"max_jobs\"",
        "allow_failure": "a calculation that fails leaves the others alone",
        "license_list": "give licences by custom_flags",
        "cvasp": "VASP is started by --vasp-command",
    ]

    /// dpdispatcher's `resources`, or the older names of DP-GEN.
    ///
    /// - Returns: what they ask for, and notes on what has no effect.
    /// - Throws: `InputError` that names the key at fault.
    static func read(_ node: InputNode) throws -> (ClusterResources, notes: [String]) {
        let entries = try node.object(
            known: Set(idle.keys).union([
                "number_node", "numb_node", "cpu_per_node", "task_per_node", "gpu_per_node", "numb_gpu", "queue_name",
                "partition", "account", "qos", "time_limit", "mem_limit", "exclude_list", "constraint_list",
                "custom_flags", "module_purge", "module_unload_list", "module_list", "source_list", "envs",
                "prepend_script", "append_script", "strategy", "kwargs",
            ]))
        func first(_ names: String...) -> InputNode? { names.compactMap { entries[$0] }.first }
        func strings(_ name: String) throws -> [String] { try entries[name]?.list.map { try $0.string } ?? [] }
        func text(_ names: String...) throws -> String? {
            let text = try names.compactMap { entries[$0] }.first?.string
            return text == "" ? nil : text
        }

        var resources = ClusterResources()
        if let nodes = first("number_node", "numb_node"), try nodes.atLeast(0) > 1 {
            throw nodes.failure("a calculation runs on one node, not on \(try nodes.int)", mend: "write 1")
        }
        resources.coresPerNode = try first("cpu_per_node", "task_per_node").map { try $0.atLeast(1) }
        resources.gpusPerNode = try first("gpu_per_node", "numb_gpu")?.atLeast(0) ?? 0
        resources.partition = try text("queue_name", "partition")
        resources.account = try text("account")
        resources.qualityOfService = try text("qos")
        resources.timeLimit = try entries["time_limit"].map { try textOrNumber($0) }
        // DP-GEN's number is in gigabytes.
        resources.memory = try entries["mem_limit"].map { $0.value is String ? try $0.string : "\(try $0.atLeast(1))G" }
        resources.excludedNodes = try strings("exclude_list")
        resources.constraint = try strings("constraint_list").joined(separator: "&").nonEmpty
        resources.customFlags = try entries["custom_flags"]?.list.map(flag) ?? []
        resources.purgesModules = try entries["module_purge"]?.bool ?? false
        resources.unloadedModules = try strings("module_unload_list")
        resources.modules = try strings("module_list")
        resources.sources = try strings("source_list")
        if let variables = entries["envs"] { resources.environment = try environment(variables) }
        resources.prologue = try strings("prepend_script")
        resources.epilogue = try strings("append_script")
        if let options = entries["kwargs"] {
            let known = try options.object(known: ["custom_gpu_line", "slurm_job_size"])
            resources.gpuLine = try known["custom_gpu_line"]?.string.nonEmpty
        }
        var notes = idle.keys.sorted().compactMap { key in entries[key].map { "\($0.path): \(idle[key] ?? "")" } }
        if let strategy = entries["strategy"] { notes.append("\(strategy.path): it has no effect here") }
        return (resources, notes)
    }

    private static func flag(_ node: InputNode) throws -> String {
        let line = try node.string
        guard line.hasPrefix("#SBATCH "), !line.contains("\n") else {
            throw node.failure("'\(line)' is no option of sbatch", mend: "write \"#SBATCH --option=value\"")
        }
        return line
    }

    private static func environment(_ node: InputNode) throws -> [Variable] {
        guard let entries = node.value as? [String: Any] else { throw node.failure("an object {...} is expected") }
        return try entries.sorted { $0.key < $1.key }.flatMap { name, value in
            let place = InputNode(file: node.file, path: "\(node.path)/\(name)", value: value)
            guard name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
                throw place.failure("'\(name)' is no name of a variable")
            }
            return try place.list.map { Variable(name: name, value: try textOrNumber($0)) }
        }
    }

    private static func textOrNumber(_ node: InputNode) throws -> String {
        if node.value is String { return try node.string }
        let number = try node.double
        return Count.exactly(number, in: -Count.largest...Count.largest).map { "\($0)" } ?? "\(number)"
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
