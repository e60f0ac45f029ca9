import Files
import Foundation
import Parallel

@testable import Execution

/// A store that goes with the test.
final class TemporaryStore {
    let folder: String
    let store: Store

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/execution-\(UUID().uuidString)"
        store = try Store("\(folder)/store")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func workplace(
        shipped: [OutcomeStore] = [], states: StateStore? = nil, fresh: Freshness = .nothing
    ) -> Workplace {
        Workplace(store, shipped: shipped, states: states, fresh: fresh, program: "toys 1")
    }

    /// As a driver that comes and goes.
    func outcomes(
        _ toys: [Toy], cores: Int = 2, shipped: [OutcomeStore] = [], fresh: Freshness = .nothing, retries: Bool = false,
        stop: StopFlag = StopFlag()
    ) async throws -> Outcomes {
        let scheduler = try Scheduler(
            workplace(shipped: shipped, fresh: fresh), engine: LocalEngine(cores: cores), retriesFailures: retries,
            stop: stop)
        defer { scheduler.close() }
        return try await scheduler.outcomes(of: toys, for: "test")
    }

    func prepare(_ toy: Toy) throws {
        try Worker.prepare(
            Job(toy, key: toy.key, folderKey: toy.folderKey, cores: toy.cores, rank: toy.cost), at: workplace())
    }

    func attempts(of toy: Toy) throws -> [AttemptRecord] { try LedgerReader(of: store).attempts(of: toy.key) }

    func state(of toy: Toy) throws -> CalculationState? { try LedgerReader(of: store).known()[toy.key]?.state }
}

func provenance(_ program: String = "toys 0") -> Provenance {
    Provenance(
        program: program, machine: .current, threads: 1, finished: "2026-01-01T00:00:00Z", wallSeconds: 1,
        coreSeconds: 1)
}

extension Toy {
    /// Whatever is thrown when the value of a toy is missing is the test's failure.
    func value(in outcomes: Outcomes) throws -> Int { try outcomes[self].get().content }
}
