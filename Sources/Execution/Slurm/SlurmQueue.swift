import Files
import Foundation

/// What one call of squeue says of our jobs.
struct SlurmQueue: Sendable {
    struct Entry: Equatable, Sendable {
        /// Of the array, or of a job that is none.
        var job: String
        var state: SlurmState
        /// As Slurm writes it.
        var word: String
        var nodes: String
        var reason: String
    }

    /// By job name, then by the place in the array; a name that was submitted twice has several entries for a place.
    private var entries: [String: [Int: [Entry]]] = [:]
    /// In the place of places: those of an array that have no line of their own, or a job that is no array.
    static let others = -1

    /// Names of our jobs.
    var names: Set<String> { Set(entries.keys) }

    func entries(_ name: String, _ place: Int) -> [Entry] {
        entries[name]?[place] ?? entries[name]?[Self.others] ?? []
    }

    /// All of one name.
    func entries(_ name: String) -> [Entry] { entries[name].map { Array($0.values.joined()) } ?? [] }

    /// One call for all of a user's jobs: Slurm's controller then looks at no others.
    static func arguments(user: UInt32) -> [String] {
        // Names and reasons may hold anything, so that ours, which hold no bar, come before.
        ["--noheader", "--array", "--states=all", "--user=\(user)", "--format=%i|%T|%N|%j|%r"]
    }

    /// - Parameter prefix: of the names of our jobs; other lines are passed over.
    init(_ output: String, prefix: String) {
        let bar = UInt8(ascii: "|")
        // Bytes, as there may be tens of thousands of lines.
        for line in output.utf8.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: bar, maxSplits: 4, omittingEmptySubsequences: false)
            guard fields.count == 5, fields[3].starts(with: prefix.utf8) else { continue }
            let (number, name) = (String(Substring(fields[0])), String(Substring(fields[3])))
            let word = String(Substring(fields[1]))
            let (job, places) = Self.places(number.filter { !$0.isWhitespace })
            let entry = Entry(
                job: job, state: SlurmState(word), word: word, nodes: String(Substring(fields[2])),
                reason: String(Substring(fields[4])))
            for place in places { entries[name, default: [:]][place, default: []].append(entry) }
        }
    }

    /// "12_3" is place 3 of array 12, "12_[4-6,9%2]" are several that wait; "12" is a job that is no array, or all of an array
    /// that were cancelled before they began.
    static func places(_ number: String) -> (job: String, places: [Int]) {
        let parts = number.split(separator: "_", maxSplits: 1)
        guard parts.count == 2 else { return (number, [others]) }
        if let place = Int(parts[1]) { return (String(parts[0]), [place]) }
        let list = parts[1].drop { $0 == "[" }.prefix { $0 != "%" && $0 != "]" }
        let places = list.split(separator: ",").flatMap { range -> [Int] in
            let ends = range.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last else { return [] }
            return Array(first...last)
        }
        return (String(parts[0]), places)
    }
}
