import Files
import Foundation

/// `dpgen.log`, in Python's logging format and DP-GEN's words.
struct DPGENLog {
    private let path: String
    private let report: @Sendable (String) -> Void

    init(_ path: String, report: @escaping @Sendable (String) -> Void) {
        self.path = path
        self.report = report
    }

    /// "===== iter.000003 =====", 70 columns wide.
    func begin(_ iteration: Iteration) throws { try write(Self.centred(iteration.name, in: "=")) }

    /// "----- iter.000003 task 05 -----".
    func task(_ iteration: Iteration, _ step: Int) throws {
        try write(Self.centred(iteration.name + String(format: " task %02d", step), in: "-"), isReported: false)
    }

    /// How the frames of each system fell, and how many are labelled.
    func write(_ iteration: Iteration, thresholds: SelectionProtocol) throws {
        try task(iteration, 6)
        for selection in iteration.selections ?? [] {
            for line in Self.lines(selection, thresholds) { try write(line) }
        }
        for line in iteration.advice { try write(line, isWarning: true) }
    }

    /// After the labels.
    func write(_ counts: LabellingCounts) throws {
        let total = counts.labelled + counts.failures
        let share = total == 0 ? 0 : 100 * Double(counts.failures) / Double(total)
        for what in ["failed tasks", "failed frame"] {
            try write(String(format: "\(what): %6d in %6d  %6.2f %% ", counts.failures, total, share))
        }
    }

    func write(_ message: String, isWarning: Bool = false, isReported: Bool = true) throws {
        let line = "\(Self.time(.now)) - \(isWarning ? "WARNING" : "INFO") : \(message)\n"
        if isReported { report(message) }
        let file = FileHandle(forWritingAtPath: path)
        guard let file else { return try AtomicFile.write(line, to: path) }
        defer { try? file.close() }
        do {
            try file.seekToEnd()
            try file.write(contentsOf: Data(line.utf8))
        } catch {
            throw InputError(file: path, problem: "cannot be written: \(error.localizedDescription)")
        }
    }

    static func lines(_ selection: SystemSelection, _ thresholds: SelectionProtocol) -> [String] {
        let system = DPGENNames.system(selection.system)
        let total = selection.total
        func line(_ name: String, _ count: Int) -> String {
            let share = total == 0 ? 0 : 100 * Double(count) / Double(total)
            let padded = name.padding(toLength: 9, withPad: " ", startingAt: 0)
            return String(format: "system \(system) \(padded) : %6d in %6d %6.2f %%", count, total, share)
        }
        let adapted = selection.adaptedLow.map {
            [String(format: "system \(system) adapted   : f_trust_lo %6.3f   v_trust_lo %6.3f", $0, 1e10)]
        }
        let ratio = String(
            format:
                "system \(system) accurate_ratio: %8.4f    thresholds: %6.4f and %6.4f   eff. task min and max %4d %4d"
                + "   number of fp tasks: %6d",
            selection.accurateShare, thresholds.softThreshold, thresholds.threshold, selection.minimum,
            selection.maximum, selection.chosen.count)
        return (adapted ?? [])
            + [
                line("candidate", selection.candidate), line("failed", selection.failed),
                line("accurate", selection.accurate), ratio,
            ]
    }

    private static func centred(_ text: String, in mark: Character) -> String {
        let blanks = max(0, 70 - text.count)
        return String(repeating: mark, count: blanks / 2) + text + String(repeating: mark, count: blanks - blanks / 2)
    }

    /// "2023-03-24 16:03:27,718", local time.
    private static func time(_ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyy-MM-dd HH:mm:ss,SSS"
        return formatter.string(from: date)
    }
}
