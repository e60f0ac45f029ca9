import Calculations
import Execution
import Files
import Parallel
import Reporting
import Statistics
import Structures

/// Computes an outcome again and compares.
public struct Recomputation: Sendable {
    /// How the new outcome stands to the old one.
    public struct Comparison: Codable, Sendable {
        public var key: String
        public var title: String
        /// Bit for bit.
        public var isIdentical: Bool
        /// In words, for contents that are compared within their errors.
        public var difference: String?
    }

    var reference: ReferenceData
    /// Where the old outcomes are looked for, besides those shipped.
    var store: Store?
    /// A store of its own for the new one.
    var work: Store
    var cores: Int
    var meter: ProgressMeter
    var stop: StopFlag

    public init(
        reference: ReferenceData, store: Store?, work: Store, cores: Int, meter: ProgressMeter, stop: StopFlag
    ) {
        self.reference = reference
        self.store = store
        self.work = work
        self.cores = cores
        self.meter = meter
        self.stop = stop
    }

    /// - Parameters:
    ///   - name: a key, its first characters, or the id of a finding.
    ///   - findings: where ids are looked up.
    /// - Throws: `InputError` when nothing has that name; `Interrupted`.
    public func run(_ name: String, findings: Findings?) async throws -> [Comparison] {
        let stores = [store?.outcomes, reference.outcomes].compactMap { $0 }
        let keys: [String]
        if let finding = findings?[name] {
            keys = finding.keys
        } else {
            keys = Set(try stores.flatMap { try $0.keys() }.filter { $0.hasPrefix(name) }).sorted()
        }
        guard !keys.isEmpty else {
            throw InputError(
                problem: "no outcome or finding is called '\(name)'",
                mend: "give a key, or the id of a finding and --output with the report that has it")
        }
        _ = try ModelCatalogue.ensembles(given: [], reference: reference, library: work.inputs)
        for (_, path) in store?.inputs.paths ?? [:] where !InputFile.isFolder(path) { try work.inputs.add(file: path) }
        var comparisons: [Comparison] = []
        for key in keys {
            guard let place = stores.first(where: { $0.contains(key) }) else {
                throw InputError(problem: "the outcome \(key.prefix(12))… is neither shipped nor in the store")
            }
            let (calculation, _) = try place.check(key, kinds: .all)
            comparisons.append(try await compare(calculation, with: place))
        }
        return comparisons
    }

    private func compare<C: Calculation>(_ calculation: C, with place: OutcomeStore) async throws -> Comparison {
        let workplace = Workplace(work, fresh: .everything, program: "lgps-bench \(Program.version)")
        let scheduler = try Scheduler(
            workplace, engine: LocalEngine(cores: cores), retriesFailures: true, stop: stop, meter: meter
        )
        defer { scheduler.close() }
        let new = try await scheduler.outcomes(of: [calculation], for: "recompute")[calculation].get()
        guard let old = try place.outcome(of: calculation) else {
            throw InputError(file: place.file(calculation.key), problem: "the outcome has gone")
        }
        return Comparison(
            key: calculation.key, title: calculation.title,
            isIdentical: try JSONText.canonical(new.content) == JSONText.canonical(old.content),
            difference: try Self.difference(new.content, old.content))
    }

    private static func difference(_ new: any Sendable, _ old: any Sendable) throws -> String? {
        guard let new = new as? DynamicsRecord, let old = old as? DynamicsRecord,
            let a = try DiffusionEstimator().estimate(new.displacements).estimate?.diffusion,
            let b = try DiffusionEstimator().estimate(old.displacements).estimate?.diffusion
        else { return nil }
        let sigma = (a.standardError * a.standardError + b.standardError * b.standardError).squareRoot()
        let distance = NumberText.significant(abs(a.value - b.value) / sigma, digits: 2)
        return "D is \(a.text()) m²/s here, \(b.text()) m²/s there: \(distance) standard errors apart"
    }
}
