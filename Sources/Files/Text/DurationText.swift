import Foundation

/// Lengths of time in words.
public enum DurationText {
    /// Seconds as a person says them: `48 s`, `3 min 20 s`, `2 h 05 min`.
    public static func of(seconds: Double) -> String {
        if seconds < 9.95 { return String(format: "%.1f s", max(0, seconds)) }
        // Beyond a million years nobody counts.
        let total = Count.rounding(seconds, in: 0...31_557_600_000_000) ?? 31_557_600_000_000
        if total < 60 { return "\(total) s" }
        if total < 3600 { return String(format: "%d min %02d s", total / 60, total % 60) }
        return String(format: "%d h %02d min", total / 3600, total / 60 % 60)
    }
}
