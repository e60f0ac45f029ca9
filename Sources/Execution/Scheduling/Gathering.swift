import Files

/// Which of the asked calculations are there already, and what the others need.
struct Gathering {
    /// Says whether a calculation of this key needs no doing.
    typealias Search = (_ calculation: any Calculation, _ key: String) throws -> Bool

    /// Those that are not there, with everything that they need and that is not there either; needs come before.
    private(set) var missing: [PlannedCalculation] = []
    /// Keys of those that were asked for, by experiment, without doubles.
    private(set) var askedBy: [String: [String]] = [:]
    /// All that were looked at and found, by key.
    private(set) var found: [String: any Calculation] = [:]
    private var seen: Set<String> = []
    /// Of dynamics, that several experiments ask for, as a key is a hash of JSON.
    private var keys: [AnyHashable: String] = [:]
    private let known: [String: KnownCalculation]

    /// - Parameters:
    ///   - known: what the ledger has of them.
    ///   - isThere: asked of each calculation once.
    /// - Throws: what `isThere` throws.
    init(_ needs: [String: [any Calculation]], known: [String: KnownCalculation], isThere: Search) throws {
        self.known = known
        for (experiment, calculations) in needs.sorted(by: { $0.key < $1.key }) {
            var own: Set<String> = []
            var keys: [String] = []
            for calculation in calculations {
                let key = try add(calculation, isThere)
                if own.insert(key).inserted { keys.append(key) }
            }
            askedBy[experiment] = keys
        }
    }

    private mutating func add(_ calculation: any Calculation, _ isThere: Search) throws -> String {
        let key = key(of: calculation)
        guard seen.insert(key).inserted else { return key }
        if try isThere(calculation, key) {
            found[key] = calculation
            return key
        }
        // What a finished calculation has needed is not asked for again.
        let needs = try calculation.dependencies.map { try add($0, isThere) }
        missing.append(PlannedCalculation(calculation, key: key, folderKey: known[key]?.folderKey, needs: needs))
        return key
    }

    private mutating func key(of calculation: any Calculation) -> String {
        guard let value = (calculation as? any Hashable).map({ AnyHashable($0) }) else { return calculation.key }
        if let key = keys[value] { return key }
        let key = calculation.key
        keys[value] = key
        return key
    }
}
