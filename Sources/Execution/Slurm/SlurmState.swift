/// What a state of Slurm's means for a calculation.
enum SlurmState: Equatable, Sendable {
    /// Waits for its turn, also after it was requeued.
    case pending
    case running
    /// Neither, but Slurm has not done with it: it may be requeued under the same number.
    case unsettled
    case completed
    case failed
    case timeout
    case cancelled
    case outOfMemory
    case deadline

    /// - Parameter word: as squeue's `%T` writes it, sometimes with what is going on beside it ("CANCELLED by 1000").
    init(_ word: some StringProtocol) {
        switch word.prefix(while: { $0 != " " && $0 != "+" }) {
        case "PENDING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "SPECIAL_EXIT", "RESV_DEL_HOLD", "CONFIGURING":
            self = .pending
        case "RUNNING", "SUSPENDED", "STOPPED", "SIGNALING", "RESIZING", "STAGE_OUT", "COMPLETING": self = .running
        case "COMPLETED": self = .completed
        case "FAILED": self = .failed
        case "TIMEOUT": self = .timeout
        case "CANCELLED": self = .cancelled
        case "OUT_OF_MEMORY": self = .outOfMemory
        case "DEADLINE": self = .deadline
        // PREEMPTED, NODE_FAIL, BOOT_FAIL, LAUNCH_FAILED, REVOKED, and whatever later versions invent.
        default: self = .unsettled
        }
    }

    /// Whether the calculation may still be run under its number.
    var isAlive: Bool { self == .pending || self == .running || self == .unsettled }
}
