/// What sbatch means by a refusal.
enum SlurmRefusal: Equatable, Sendable {
    /// A limit of jobs is reached: none was submitted, and fewer may be.
    case limit
    /// The controller did not answer, or not in time: nobody knows whether the job was submitted.
    case silence
    /// It is busy: none was submitted.
    case busy
    /// Trying again does not help.
    case fault(mend: String)
    /// Not known to us.
    case other

    init(_ words: String) {
        let text = words.lowercased()
        func says(_ parts: String...) -> Bool { parts.contains { text.contains($0) } }
        if says(
            "unable to contact slurm controller", "socket timed out", "connection refused", "connect failure",
            "communication connection failure", "zero bytes were transmitted", "unexpected message received",
            "slurm backup controller in standby", "message timed out", "insane message")
        {
            self = .silence
        } else if says("temporarily unable to accept", "resource temporarily unavailable", "try again") {
            self = .busy
        } else if says(
            "submitjob", "job submit limit", "maxjobcount", "job count limit", "maxsubmit",
            "too many jobs", "job limit reached")
        {
            self = .limit
        } else if says("invalid partition", "no partition specified or system default") {
            self = .fault(mend: "name one that `sinfo` lists as queue_name in machine.json")
        } else if says(
            "invalid account", "invalid qos", "user's group not permitted", "user not found",
            "not permitted to use this partition", "access/permission denied")
        {
            self = .fault(mend: "set account and qos in machine.json to ones that `sacctmgr show associations` lists")
        } else if says("time limit") {
            self = .fault(mend: "ask for less time_limit in machine.json")
        } else if says(
            "node configuration", "more processors requested", "memory specification", "node count",
            "cpu count", "generic resource", "gres", "constraint", "feature specification")
        {
            self = .fault(mend: "ask for what the partition's nodes have, in machine.json")
        } else if says(
            "unrecognized option", "invalid option", "unable to open file", "invalid directive",
            "invalid numeric value", "batch script contains dos", "this does not look like a batch script")
        {
            self = .fault(mend: "check custom_flags and the other options in machine.json")
        } else {
            self = .other
        }
    }
}
