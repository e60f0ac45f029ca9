/// Why jobs wait, in a sentence for those who could do something about it.
enum SlurmReason {
    /// How long a reason is left alone that passes by itself.
    static let patience = Duration.seconds(600)

    /// - Returns: what it means, and whether it does not pass by itself; nil for reasons that need no words.
    static func meaning(_ reason: String) -> (sentence: String, isLasting: Bool)? {
        switch reason {
        case "None", "(null)", "": nil
        case "Priority": ("others have a higher priority", false)
        case "Resources": ("no node has room", false)
        case "JobArrayTaskLimit": ("as many elements run as the throttle allows", false)
        case "BeginTime": ("Slurm holds them back for a while, as after a requeue", false)
        case "PartitionTimeLimit":
            ("the time limit is longer than the partition's: lower it in machine.json, then cancel these jobs", true)
        case "PartitionNodeLimit": ("the partition has no such nodes: ask for fewer cores or another partition", true)
        case "PartitionDown", "PartitionInactive": ("the partition is closed", true)
        case "DependencyNeverSatisfied":
            ("they depend on a job that failed: remove the dependency in custom_flags", true)
        case "JobHeldAdmin": ("the administrators hold them", true)
        case "JobHeldUser": ("you hold them: scontrol release", true)
        case "BadConstraints": ("no node fulfils the constraint", true)
        case "ReqNodeNotAvail", "Nodes": ("the nodes that are asked for are down or reserved", false)
        case "AccountNotAllowed", "InvalidAccount": ("the account may not use this partition", true)
        case "InvalidQOS", "QOSNotAllowed": ("the quality of service may not be used here", true)
        default: pattern(reason)
        }
    }

    private static func pattern(_ reason: String) -> (sentence: String, isLasting: Bool)? {
        let lowered = reason.lowercased()
        if lowered.contains("launch failed requeued held") {
            return ("a node could not start them, and they are held: scontrol release, or ask the administrators", true)
        }
        if lowered.hasPrefix("reqnodenotavail") || lowered.contains("nodes required for job are down") {
            return ("the nodes that are asked for are down or reserved", false)
        }
        for (prefix, owner) in [("Assoc", "account"), ("QOS", "quality of service")] where reason.hasPrefix(prefix) {
            if reason.contains("MaxWall") || reason.contains("MaxCpuPerJob") || reason.contains("MaxMemoryPerJob") {
                return ("they ask for more than the \(owner) allows a job: lower it in machine.json", true)
            }
            return ("the \(owner) is at its limit", false)
        }
        return ("Slurm gives no other reason", false)
    }
}
