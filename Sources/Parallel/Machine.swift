import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The machine that a run used.
public struct Machine: Codable, Equatable, Sendable {
    public var processor: String
    /// Logical cores that the system shows.
    public var cores: Int
    public var memoryGiB: Double
    public var system: String

    public init(processor: String, cores: Int, memoryGiB: Double, system: String) {
        self.processor = processor
        self.cores = cores
        self.memoryGiB = memoryGiB
        self.system = system
    }

    public static var current: Machine {
        let information = ProcessInfo.processInfo
        return Machine(
            processor: processorName(), cores: information.activeProcessorCount,
            memoryGiB: (Double(information.physicalMemory) / 1_073_741_824 * 10).rounded() / 10,
            system: information.operatingSystemVersionString)
    }

    private static func processorName() -> String {
        let description = FileManager.default.contents(atPath: "/proc/cpuinfo").map {
            String(decoding: $0, as: UTF8.self)
        }
        let line = description?.split(separator: "\n").first { $0.hasPrefix("model name") || $0.hasPrefix("Model") }
        guard let name = line?.split(separator: ":", maxSplits: 1).last else { return "unknown" }
        return name.trimmingCharacters(in: .whitespaces)
    }
}

/// Wall and CPU time (user and system, all threads) since it was made.
public struct Stopwatch: Sendable {
    private let start = ContinuousClock.now
    private let cpuStart = Self.cpuSeconds

    public init() {}

    public var wallSeconds: Double {
        let components = (ContinuousClock.now - start).components
        return Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }

    public var cpuSeconds: Double { Self.cpuSeconds - cpuStart }

    private static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
