import Files
import Structures

/// Something that the paper says, and how it is decided: a row of `reference-data/paper/claims.json`.
///
/// In tests, `{M}` stands for each of `materials` in turn (all must pass) and `{CODE}` for one of `codes`, the same in all
/// tests: the first that decides the claim is taken, so that no comparison mixes levels of theory.
public struct Claim: Decodable, Equatable, Sendable {
    /// What would decide it.
    public struct DecidingRun: Codable, Equatable, Sendable {
        public var command: String
        /// On two cores.
        public var hours: Double

        public init(command: String, hours: Double) {
            self.command = command
            self.hours = hours
        }
    }

    /// `size-400`.
    public var id: String
    /// Where the paper says it: `Fig. 7b`.
    public var source: String
    /// The paper's own words.
    public var quotation: String
    /// What is tested, in ours; with the paper's contradictions of itself, if any.
    public var statement: String
    /// Those that the paper shows: what is found for others decides nothing.
    public var materials: [Material]
    /// Whose labels the models may have learnt from, in order of preference: those of models that the user brings (own), of
    /// the paper (VASP), of this package (CP2K).
    public var codes: [String]
    /// All must pass.
    public var tests: [ClaimTest]
    public var decidedBy: DecidingRun

    public init(
        id: String, source: String, quotation: String, statement: String, materials: [Material],
        codes: [String] = ["own", "VASP", "CP2K"], tests: [ClaimTest], decidedBy: DecidingRun
    ) {
        self.id = id
        self.source = source
        self.quotation = quotation
        self.statement = statement
        self.materials = materials
        self.codes = codes
        self.tests = tests
        self.decidedBy = decidedBy
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, source, quotation, statement, materials, codes, tests, decidedBy
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(strictlyKeyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(String.self, forKey: .id),
            source: try container.decode(String.self, forKey: .source),
            quotation: try container.decode(String.self, forKey: .quotation),
            statement: try container.decode(String.self, forKey: .statement),
            materials: try container.decode([Material].self, forKey: .materials),
            codes: try container.decode(.codes, default: ["own", "VASP", "CP2K"]),
            tests: try container.decode([ClaimTest].self, forKey: .tests),
            decidedBy: try container.decode(DecidingRun.self, forKey: .decidedBy))
    }

    /// The tests with `{M}` and `{CODE}` replaced.
    func tests(code: String) -> [ClaimTest] {
        tests.flatMap { test in
            let usesMaterial = test.names.contains { $0.contains("{M}") }
            return (usesMaterial ? materials.map(\.rawValue) : [""]).map { material in
                test.renamed { $0.replacing("{M}", with: material).replacing("{CODE}", with: code) }
            }
        }
    }
}

// MARK: - What a claim must be

extension Claim {
    /// - Parameters:
    ///   - references: values that tests may name besides findings.
    ///   - file: for the error.
    /// - Throws: `InputError` naming the file, the claim, the test and the key at fault.
    func check(references: ReferenceValues, file: String) throws {
        func fail(_ key: String, _ problem: String, _ mend: String? = nil) -> InputError {
            InputError(file: file, place: "claim '\(id)', \(key)", problem: problem, mend: mend)
        }
        guard !id.isEmpty else { throw fail("id", "a claim needs a name") }
        guard !tests.isEmpty else { throw fail("tests", "a claim without tests can never be decided", "give one") }
        guard !materials.isEmpty else { throw fail("materials", "no material is named") }
        guard !codes.isEmpty else { throw fail("codes", "no code is named") }
        guard decidedBy.hours.isFinite, decidedBy.hours >= 0 else {
            throw fail("decidedBy.hours", "\(decidedBy.hours) is no number of hours")
        }
        for (index, test) in tests.enumerated() {
            do {
                try test.check()
            } catch let error as InputError {
                throw fail("tests[\(index)].\(error.place ?? "of")", error.problem, error.mend)
            }
        }
        for code in codes {
            for test in tests(code: code) {
                for name in test.names {
                    if ReferenceValues.isReference(name) {
                        guard references[name] != nil else {
                            throw fail(
                                "tests", "there is no reference value '\(name)'",
                                "known: \(references.names.joined(separator: ", "))")
                        }
                        continue
                    }
                    do {
                        let pattern = try FindingPattern(name)
                        _ = try FindingFamily.family(of: pattern)
                        let others = Set(Material.allCases).subtracting(materials).map(\.rawValue)
                        if pattern.components.count > 1, others.contains(pattern.components[1]) {
                            throw InputError(
                                problem: "'\(name)' is of a material that the claim does not count for",
                                mend: "add it to materials, if the paper shows it")
                        }
                    } catch let error as InputError {
                        throw fail("tests", error.problem, error.mend)
                    }
                }
            }
        }
    }
}
