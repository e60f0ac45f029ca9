/// A unit of time that trajectories are written in.
public enum TimeUnit: String, CaseIterable, Sendable {
    case femtoseconds = "fs"
    case picoseconds = "ps"
    case nanoseconds = "ns"

    public var inPicoseconds: Double {
        switch self {
        case .femtoseconds: 1e-3
        case .picoseconds: 1
        case .nanoseconds: 1e3
        }
    }

    /// The key of extended XYZ beside `time` that names its unit: our own files have it.
    public static let key = "time_unit"
}
