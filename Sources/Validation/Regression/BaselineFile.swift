import Files
import Foundation

/// `reference-data/baselines/CHECK.json`: what one check is to find.
public struct BaselineFile: Codable, Equatable, Sendable {
    /// What is measured, in a sentence or two.
    public var about: String
    /// Why tolerances are what they are, by the name that baselines give.
    public var reasons: [String: String]
    public var baselines: [Baseline]

    public init(about: String, reasons: [String: String], baselines: [Baseline]) {
        self.about = about
        self.reasons = reasons
        self.baselines = baselines
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case about, reasons, baselines }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(strictlyKeyedBy: CodingKeys.self)
        self.init(
            about: try values.decode(String.self, forKey: .about),
            reasons: try values.decode([String: String].self, forKey: .reasons),
            baselines: try values.decode([Baseline].self, forKey: .baselines))
    }

    /// - Parameter check: whose file it is: every id begins with its name.
    /// - Throws: `InputError` naming the file, the baseline and what is wrong with it.
    public static func read(_ path: String, check: String) throws -> BaselineFile {
        guard FileManager.default.fileExists(atPath: path) else {
            throw InputError(
                file: path, problem: "the check '\(check)' has no baselines",
                mend: "write them with lgps-bench check --update --only \(check)")
        }
        let file: BaselineFile
        do {
            file = try JSONText.read(BaselineFile.self, from: path)
        } catch var error as InputError {
            error.file = error.file ?? path
            throw error
        }
        var seen: Set<String> = []
        for baseline in file.baselines {
            guard let fault = file.fault(of: baseline, check: check, isKnown: !seen.insert(baseline.id).inserted) else {
                continue
            }
            throw InputError(
                file: path, place: "baseline '\(baseline.id)'", problem: fault.problem, mend: fault.mend)
        }
        return file
    }

    private func fault(of baseline: Baseline, check: String, isKnown: Bool) -> (problem: String, mend: String?)? {
        if isKnown { return ("there are two baselines of this id", "remove one") }
        guard baseline.id.hasPrefix(check + "/") else {
            return ("the id does not begin with '\(check)/'", "move it to the file of its check")
        }
        guard let reason = reasons[baseline.reason], !reason.isEmpty else {
            return ("the reason '\(baseline.reason)' of its tolerance is not told", "add it to \"reasons\"")
        }
        switch (baseline.value, baseline.tolerance) {
        case (.word, nil): return nil
        case (.word, .some): return ("a word has no tolerance", "remove the tolerance")
        case (.number, nil): return ("the number has no tolerance", "add \"tolerance\", in the unit of the value")
        case (.number(let value), .some(let tolerance)):
            guard value.isFinite else { return ("the value is \(value)", "give a finite number") }
            guard tolerance > 0, tolerance.isFinite else {
                return (
                    "a tolerance of \(tolerance) cannot be kept: other processors round differently",
                    "give a positive number in the unit of the value, as small as the reason allows"
                )
            }
            return nil
        }
    }

    /// Writes the file: equal contents make equal bytes.
    ///
    /// - Throws: `InputError` when it cannot be written; the old file then stays.
    public func write(to path: String) throws {
        try Folder.make(URL(fileURLWithPath: path).deletingLastPathComponent().path)
        try JSONText.write(self, to: path)
    }
}
