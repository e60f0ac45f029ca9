import Files
import Foundation
import Synchronization

/// Says on standard error how far long work is: a bar with the time left on a terminal, one line a minute otherwise.
///
/// May be called from any thread, as often as the work likes; it writes seldom.
public final class ProgressMeter: Sendable {
    public enum Style: Sendable { case silent, bar, lines }

    private struct State {
        var activity = ""
        var started = ContinuousClock.now
        var initialFraction = 0.0
        var lastWritten: ContinuousClock.Instant?
        var lineIsOpen = false
    }

    private let style: Style
    private let lineInterval: Duration
    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - lineInterval: between two lines of style `.lines`.
    ///   - write: takes the text; standard error unless given.
    public init(
        style: Style, lineInterval: Duration = .seconds(60),
        write: @escaping @Sendable (String) -> Void = { FileHandle.standardError.write(Data($0.utf8)) }
    ) {
        self.style = style
        self.lineInterval = lineInterval
        self.write = write
    }

    /// A bar when standard error is a terminal, lines when it is not, nothing when `quiet`.
    public static func standard(quiet: Bool) -> ProgressMeter {
        ProgressMeter(style: quiet ? .silent : (isatty(STDERR_FILENO) != 0 ? .bar : .lines))
    }

    /// Shows no progress.
    public static let none = ProgressMeter(style: .silent)

    /// Begins an activity, of which `fraction` is done already (by an earlier start of the same run).
    public func begin(_ activity: String, fraction: Double = 0) {
        guard style != .silent else { return }
        state.withLock { state in
            closeLine(&state)
            state.activity = activity
            state.started = .now
            state.initialFraction = fraction
            state.lastWritten = nil
        }
        update(fraction)
    }

    /// - Parameters:
    ///   - fraction: done of the activity, from 0 to 1.
    ///   - detail: a few words, as `3 of 5 replicas`.
    public func update(_ fraction: Double, detail: String = "") {
        guard style != .silent else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            let interval = style == .bar ? Duration.milliseconds(200) : lineInterval
            if let last = state.lastWritten, now - last < interval, fraction < 1 || style == .lines { return }
            state.lastWritten = now
            let text = Self.text(
                activity: state.activity, fraction: fraction, detail: detail,
                left: Self.secondsLeft(state, fraction: fraction, now: now), bar: style == .bar)
            if style == .bar {
                write("\r\u{1b}[2K" + text)
                state.lineIsOpen = true
            } else {
                write(text + "\n")
            }
        }
    }

    /// Says something beside the progress, in a line that stays.
    public func note(_ message: String) {
        guard style != .silent else { return }
        state.withLock { state in
            if state.lineIsOpen { write("\r\u{1b}[2K") }
            state.lineIsOpen = false
            write(message + "\n")
        }
    }

    /// Ends the activity with a line that stays.
    public func finish(_ message: String) {
        guard style != .silent else { return }
        state.withLock { state in
            if state.lineIsOpen { write("\r\u{1b}[2K") }
            state.lineIsOpen = false
            write(message + "\n")
        }
    }

    private func closeLine(_ state: inout State) {
        if state.lineIsOpen { write("\n") }
        state.lineIsOpen = false
    }

    private static func secondsLeft(_ state: State, fraction: Double, now: ContinuousClock.Instant) -> Double? {
        let elapsed = (now - state.started) / .seconds(1)
        let gained = fraction - state.initialFraction
        guard elapsed > 1, gained > 1e-6, fraction < 1 else { return nil }
        return elapsed / gained * (1 - fraction)
    }

    static func text(activity: String, fraction: Double, detail: String, left: Double?, bar: Bool) -> String {
        let clamped = fraction.isNaN ? 0 : min(max(fraction, 0), 1)
        let percent = String(format: "%3.0f %%", 100 * clamped)
        let filled = Int((clamped * 24).rounded(.down))
        let drawing =
            bar ? "▕" + String(repeating: "█", count: filled) + String(repeating: " ", count: 24 - filled) + "▏" : ""
        let rest = left.map { "\(DurationText.of(seconds: $0)) left" }
        let tail = [detail.isEmpty ? nil : detail, rest].compactMap { $0 }.joined(separator: ", ")
        return "\(activity) \(drawing)\(percent)\(tail.isEmpty ? "" : "  " + tail)"
    }
}
