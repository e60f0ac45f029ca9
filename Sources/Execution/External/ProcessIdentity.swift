import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A process that cannot be mistaken for a later one of the same number.
public struct ProcessIdentity: Codable, Equatable, Sendable {
    public let id: Int32
    /// Clock ticks since the start of the system (Linux), or the date of its start in words.
    public let start: String
    /// Of this start of the system, as ticks and process numbers begin anew with each.
    public let boot: String

    /// - Returns: nil when there is no such process, or it has ended and only waits for its parent.
    public init?(_ id: Int32) {
        guard let start = Self.start(of: id) else { return nil }
        self.id = id
        self.start = start
        boot = Self.boot
    }

    public static var current: ProcessIdentity {
        guard let identity = ProcessIdentity(getpid()) else {
            preconditionFailure("the system does not tell when this process was started")
        }
        return identity
    }

    public var isAlive: Bool { ProcessIdentity(id) == self }

    #if os(Linux)
        private static func start(of id: Int32) -> String? {
            guard let fields = statistics(of: id), fields[0] != "Z", fields[0] != "X" else { return nil }
            return fields[19]
        }

        /// The fields of /proc/ID/stat from the third on, as the second, the name, may hold blanks and brackets.
        static func statistics(of id: Int32) -> [String]? {
            guard let data = FileManager.default.contents(atPath: "/proc/\(id)/stat"),
                let tail = String(decoding: data, as: UTF8.self).split(separator: ")").last
            else { return nil }
            let fields = tail.split(whereSeparator: \.isWhitespace).map(String.init)
            return fields.count > 19 ? fields : nil
        }

        private static var boot: String {
            let data = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id") ?? Data()
            return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    #else
        private static func start(of id: Int32) -> String? {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/ps")
            process.arguments = ["-o", "lstart=,stat=", "-p", "\(id)"]
            let pipe = Pipe()
            process.standardOutput = pipe
            guard (try? process.run()) != nil else { return nil }
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            let words = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            guard let state = words.last, !state.hasPrefix("Z") else { return nil }
            return words.dropLast().joined(separator: " ")
        }

        // A date tells starts of the system apart.
        private static var boot: String { "" }
    #endif
}
