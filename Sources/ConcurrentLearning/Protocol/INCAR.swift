import Files
import Foundation
import Labelling
import Structures

/// VASP's tags as users give them, in a file or as an object: what of them our labeller sets itself, and what it adds.
public struct INCAR: Equatable, Sendable {
    public var functional: Functional
    public var settings: VASPSettings

    /// Tags that say how VASP runs, not what it computes.
    private static let ofTheRun: Set<String> = [
        "SYSTEM", "NPAR", "KPAR", "NCORE", "LWAVE", "LCHARG", "ISTART", "NWRITE", "LPLANE", "NSIM", "LSCALU", "PSTRESS",
    ]
    /// What a single point with forces and stress has, as printed; ICHARG from 10 on keeps the charge density.
    private static let fixed: [String: Set<String>] = [
        "ICHARG": ["0", "1", "2"],
        "NSW": ["0"], "IBRION": ["-1"], "ISIF": ["2", "3"], "LREAL": [".FALSE.", "F", "FALSE"],
    ]

    /// `user_fp_params`.
    init(_ node: InputNode) throws {
        guard let object = node.uncommented as? [String: Any] else { throw node.failure("an object {...} is expected") }
        var tags: [String: String] = [:]
        for (key, value) in object {
            let entry = InputNode(file: node.file, path: "\(node.path)/\(key)", value: value)
            tags[key.uppercased()] = entry.isBoolean ? (try entry.bool ? ".TRUE." : ".FALSE.") : entry.printed
        }
        try self.init(tags: tags, file: node.file, place: node.path)
    }

    /// `fp_incar`.
    ///
    /// - Throws: `InputError` that names the tag at fault.
    public init(contentsOf path: String) throws {
        var tags: [String: String] = [:]
        for line in try InputFile.text(at: path).split(whereSeparator: \.isNewline) {
            let text = line.prefix { $0 != "#" && $0 != "!" }
            for statement in text.split(separator: ";") {
                let parts = statement.split(separator: "=", maxSplits: 1).map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                guard parts.count == 2 else { continue }
                tags[parts[0].uppercased()] = parts[1]
            }
        }
        try self.init(tags: tags, file: path, place: nil)
    }

    private init(tags: [String: String], file: String, place: String?) throws {
        var tags = tags.filter { !Self.ofTheRun.contains($0.key) }
        func failure(_ tag: String, _ problem: String, _ mend: String) -> InputError {
            InputError(
                file: file, place: [place, tag].compactMap { $0 }.joined(separator: "/"), problem: problem, mend: mend)
        }
        for (tag, values) in Self.fixed {
            guard let value = tags.removeValue(forKey: tag) else { continue }
            // Projections in real space are an approximation that is not made here.
            guard tag == "LREAL" || values.contains(value.uppercased()) else {
                throw failure(tag, "labels are single points, but \(tag) is \(value)", "leave it out")
            }
        }
        var settings = VASPSettings()
        func number(_ tag: String, in range: ClosedRange<Double>) throws -> Double? {
            guard let text = tags.removeValue(forKey: tag) else { return nil }
            let plain = text.lowercased().replacingOccurrences(of: "d", with: "e")
            guard let value = Double(plain.split(separator: " ").first ?? ""),
                range.contains(value)
            else {
                throw failure(
                    tag, "'\(text)' is no number from \(range.lowerBound) to \(range.upperBound)", "give one")
            }
            return value
        }
        guard let spacing = try number("KSPACING", in: 0.01...100) else {
            throw failure("KSPACING", "the tag is missing", "DP-GEN needs it too: it makes the k-points")
        }
        settings.kSpacing = spacing
        settings.cutoff = try number("ENCUT", in: 1...1e5) ?? settings.cutoff
        settings.selfConsistency = try number("EDIFF", in: 1e-20...1) ?? settings.selfConsistency
        if let steps = try number("NELM", in: 1...1e6) {
            settings.maximumSteps = Count.rounding(steps, .down) ?? settings.maximumSteps
        }
        if let text = tags.removeValue(forKey: "KGAMMA") {
            // VASP and DP-GEN look at the first letter.
            switch text.uppercased().first(where: { $0 != "." }) {
            case "T": break
            case "F": settings.isMonkhorstPack = true
            default: throw failure("KGAMMA", "'\(text)' is neither .TRUE. nor .FALSE.", "write one of them")
            }
        }
        functional = try Self.functional(&tags, failure)
        // What our input says already is not said again.
        for (tag, value) in ["PREC": "ACCURATE", "ISMEAR": "0", "SIGMA": "0.05"]
        where tags[tag].map({ value.hasPrefix($0.uppercased()) && !$0.isEmpty }) ?? false {
            tags[tag] = nil
        }
        settings.tags = tags.isEmpty ? nil : tags
        self.settings = settings
    }

    private static func functional(
        _ tags: inout [String: String], _ failure: (String, String, String) -> InputError
    ) throws -> Functional {
        let (gga, meta) = (tags.removeValue(forKey: "GGA"), tags.removeValue(forKey: "METAGGA"))
        for tag in ["LHFCALC", "LUSE_VDW", "IVDW", "LDAU"] where tags[tag] != nil {
            throw failure(tag, "this tag is not supported", "label with PBE, PBEsol, LDA or SCAN")
        }
        if let meta, meta.uppercased() != "NONE" {
            guard meta.uppercased() == "SCAN" else {
                throw failure("METAGGA", "'\(meta)' is not supported", "use SCAN")
            }
            tags["LASPH"] = nil
            return .scan
        }
        switch gga?.uppercased() {
        case nil, "PE": return .pbe
        case "PS": return .pbesol
        case "CA", "PZ", "VW": return .lda
        case let other: throw failure("GGA", "'\(other ?? "")' is not supported", "use PE (PBE) or PS (PBEsol)")
        }
    }
}
