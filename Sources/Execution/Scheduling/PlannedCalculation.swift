import Files

/// A calculation with what the scheduler asks of it often, as a key is a hash of JSON.
struct PlannedCalculation: Sendable {
    let calculation: any Calculation
    let key: String
    private let knownFolderKey: String?
    let kind: String
    let title: String
    /// Core seconds.
    let cost: Double
    let cores: CoreDemand
    let needs: [String]

    /// - Parameter folderKey: when it is known already.
    init<C: Calculation>(_ calculation: C, key: String, folderKey: String? = nil, needs: [String]) {
        self.calculation = calculation
        self.key = key
        knownFolderKey = folderKey
        kind = C.kind
        title = calculation.title
        cost = calculation.cost
        cores = calculation.cores
        self.needs = needs
    }

    /// Another hash of JSON, unless the ledger has told it.
    var folderKey: String { knownFolderKey ?? calculation.folderKey }

    /// - Throws: `InputError` when it cannot be written as JSON.
    func record() throws -> CalculationRecord {
        let isAlone = if case .alone = cores { true } else { false }
        let json = String(decoding: try JSONText.canonical(calculation), as: UTF8.self)
        return CalculationRecord(
            key: key, kind: kind, title: title, json: json, cost: cost, cores: cores.count, isAlone: isAlone,
            state: .waiting, folderKey: folderKey, fraction: 0)
    }
}
