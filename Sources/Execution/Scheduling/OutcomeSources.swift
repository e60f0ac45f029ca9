import Files

/// Where finished outcomes are taken from: the store first, then what is shipped.
struct OutcomeSources {
    private let here: OutcomeStore
    private let shipped: [OutcomeStore]
    private let fresh: Freshness
    /// What was found, and remarks on what was damaged.
    private(set) var outcomes = Outcomes()

    init(_ workplace: Workplace) {
        here = workplace.store.outcomes
        shipped = workplace.shipped
        fresh = workplace.fresh
    }

    /// Whether there is a whole outcome, which then is among `outcomes`. A damaged one of the store is set aside; a damaged
    /// shipped one is passed over.
    ///
    /// - Throws: `InputError` when a damaged file cannot be set aside.
    mutating func find(_ calculation: some Calculation, key: String) throws -> Bool {
        do {
            if let outcome = try here.outcome(of: calculation, key: key) {
                outcomes.insert(outcome, of: key, from: .here)
                return true
            }
        } catch let error as InputError {
            try here.setAside(key)
            outcomes.remarks.append(
                "The outcome of '\(calculation.title)' was damaged, and is computed again: \(error.problem)"
                    + " (kept as \(here.file(key)).damaged)")
        }
        for store in fresh.contains(key) ? [] : shipped {
            do {
                guard let outcome = try store.outcome(of: calculation, key: key) else { continue }
                outcomes.insert(outcome, of: key, from: .shipped)
                return true
            } catch let error as InputError {
                outcomes.remarks.append(
                    "The shipped outcome of '\(calculation.title)' is damaged, and not used: \(error)")
            }
        }
        return false
    }
}
