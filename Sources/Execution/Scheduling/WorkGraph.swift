/// Which calculations may begin: those whose needs are done, and of those that share a folder one at a time, the cheapest
/// first, as the longer ones go on from it.
struct WorkGraph {
    private let nodes: [String: PlannedCalculation]
    private let folders: [String: String]
    /// The longest chain (core seconds) that begins with a calculation, or with one that goes on from it.
    let ranks: [String: Double]
    private let dependants: [String: [String]]
    /// How many unfinished needs a calculation has.
    private var open: [String: Int] = [:]
    /// Unfinished calculations of each folder, the cheapest first.
    private var mates: [String: [String]]
    /// Folders in which something has changed since the last `takeReady`.
    private var changed: [String]
    private(set) var active: Set<String> = []
    private(set) var unfinished: Set<String>

    /// - Parameter work: what is to do; needs that are not among it are done.
    init(_ work: [PlannedCalculation]) {
        let nodes = Dictionary(uniqueKeysWithValues: work.map { ($0.key, $0) })
        var dependants: [String: [String]] = [:]
        for node in work {
            let needs = Set(node.needs).filter { nodes[$0] != nil }
            open[node.key] = needs.count
            for need in needs { dependants[need, default: []].append(node.key) }
        }
        let folders = nodes.mapValues(\.folderKey)
        var mates: [String: [String]] = [:]
        for node in work.sorted(by: { ($0.cost, $0.key) < ($1.cost, $1.key) }) {
            mates[folders[node.key, default: node.key], default: []].append(node.key)
        }
        self.nodes = nodes
        self.folders = folders
        self.dependants = dependants
        self.mates = mates
        changed = work.compactMap { folders[$0.key] }
        unfinished = Set(nodes.keys)
        ranks = Self.ranks(work, dependants, mates)
    }

    /// Takes what may begin now; it is active until it ends.
    mutating func takeReady() -> [PlannedCalculation] {
        var ready: [PlannedCalculation] = []
        for folder in changed {
            guard let first = mates[folder]?.first, open[first] == 0, !isBusy(folder) else { continue }
            take(first, into: &ready)
        }
        changed = []
        // The order within folders may contradict the needs, though nothing sensible does that: then the needs count.
        if ready.isEmpty, active.isEmpty, let any = unfinished.filter({ open[$0] == 0 }).min() {
            take(any, into: &ready)
        }
        return ready
    }

    private mutating func take(_ key: String, into ready: inout [PlannedCalculation]) {
        guard let node = nodes[key] else { return }
        active.insert(key)
        ready.append(node)
    }

    private func isBusy(_ folder: String) -> Bool { mates[folder]?.contains(where: active.contains) ?? false }

    /// A calculation is done.
    mutating func finish(_ key: String) {
        remove(key)
        for dependant in dependants[key] ?? [] {
            open[dependant]? -= 1
            if open[dependant] == 0, let folder = folders[dependant] { changed.append(folder) }
        }
    }

    /// A calculation has failed.
    ///
    /// - Returns: all that need it, and so fail with it, each after what it needs.
    mutating func fail(_ key: String) -> [PlannedCalculation] {
        guard unfinished.contains(key) else { return [] }
        remove(key)
        var fallen: [PlannedCalculation] = []
        var next = dependants[key] ?? []
        while let dependant = next.popLast() {
            guard unfinished.contains(dependant), let node = nodes[dependant] else { continue }
            remove(dependant)
            fallen.append(node)
            next += dependants[dependant] ?? []
        }
        return fallen
    }

    /// A calculation has stopped at a checkpoint, and may go on.
    mutating func release(_ key: String) {
        active.remove(key)
        if let folder = folders[key] { changed.append(folder) }
    }

    private mutating func remove(_ key: String) {
        active.remove(key)
        unfinished.remove(key)
        guard let folder = folders[key] else { return }
        mates[folder]?.removeAll { $0 == key }
        changed.append(folder)
    }

    private static func ranks(
        _ work: [PlannedCalculation], _ dependants: [String: [String]], _ mates: [String: [String]]
    ) -> [String: Double] {
        var chains: [String: Double] = [:]
        // Needs come before what needs them, so that backwards every dependant is known.
        for node in work.reversed() {
            chains[node.key] = node.cost + (dependants[node.key] ?? []).reduce(0) { max($0, chains[$1] ?? 0) }
        }
        var ranks = chains
        for keys in mates.values where keys.count > 1 {
            var longest = 0.0
            for key in keys.reversed() {
                longest = max(longest, chains[key] ?? 0)
                ranks[key] = longest
            }
        }
        return ranks
    }
}
