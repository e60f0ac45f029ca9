import Execution
import Foundation

/// A calculation that takes no time by itself: the cluster lets it last.
struct Trial: Calculation {
    static let kind = "trial/1"

    var index: Int
    /// Seconds on a node of speed 1.
    var cost: Double

    var title: String { "trial \(index)" }

    /// Each attempt that is stopped does half of what is left; each that ends well leaves a line, so that one which is done
    /// twice is seen.
    func run(in folder: WorkFolder, control: RunControl) throws -> Int {
        let attempts = folder.file("attempts.txt")
        let count = (try? String(contentsOfFile: attempts, encoding: .utf8).count) ?? 0
        control.report(1 - pow(0.5, Double(count + 1)))
        try String(repeating: "x", count: count + 1).write(toFile: attempts, atomically: true, encoding: .utf8)
        try control.checkStop()
        let done = folder.file(Self.doneFile)
        let lines = (try? String(contentsOfFile: done, encoding: .utf8)) ?? ""
        try (lines + "done\n").write(toFile: done, atomically: true, encoding: .utf8)
        return index * index
    }

    static let doneFile = "done.txt"

    /// A few seconds each, some four times as long as others.
    static func all(_ count: Int, seconds: Double, seed: UInt64) -> [Trial] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { Trial(index: $0, cost: seconds * Double.random(in: 0.4...1.6, using: &generator)) }
    }
}

/// SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
