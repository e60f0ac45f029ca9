import Parallel

/// How far one call of the scheduler is, each calculation weighted by its cost.
struct RunProgress {
    private var costs: [String: Double]
    private var fractions: [String: Double]
    private var finished = 0.0
    private var ended = 0
    private let count: Int
    private let total: Double
    /// Of the running ones, as last heard.
    private(set) var running: [String: Double] = [:]

    init(_ work: [PlannedCalculation], fractions: [String: Double]) {
        let costs = Dictionary(uniqueKeysWithValues: work.map { ($0.key, $0.cost) })
        self.costs = costs
        self.fractions = fractions.filter { costs[$0.key] != nil && $0.value > 0 && $0.value < 1 }
        count = work.count
        total = max(work.reduce(0) { $0 + $1.cost }, .leastNormalMagnitude)
    }

    private var fraction: Double {
        let partly = fractions.reduce(0) { $0 + $1.value * (costs[$1.key] ?? 0) }
        return min((finished + partly) / total, 1)
    }

    private var detail: String { "\(ended) of \(count) calculations" }

    func begin(_ meter: ProgressMeter) {
        if !costs.isEmpty { meter.begin("Computing", fraction: fraction) }
    }

    mutating func update(_ heard: [String: Double], _ meter: ProgressMeter) {
        // One that has just begun to read its checkpoint does not know yet how far it is.
        running = heard.filter { $0.value > 0 }
        for (key, value) in running where costs[key] != nil { fractions[key] = value }
        meter.update(fraction, detail: detail)
    }

    /// - Parameter fraction: as far as the calculation has told.
    /// - Returns: how far it came.
    mutating func end(_ key: String, isDone: Bool, at fraction: Double?) -> Double {
        running[key] = nil
        if let fraction, costs[key] != nil { fractions[key] = fraction }
        guard isDone else { return fractions[key] ?? 0 }
        drop([key])
        return 1
    }

    /// Nothing more is done for these.
    mutating func drop(_ keys: [String]) {
        for key in keys {
            guard let cost = costs.removeValue(forKey: key) else { continue }
            fractions[key] = nil
            finished += cost
            ended += 1
        }
    }

    func finish(_ meter: ProgressMeter, failures: Int, isWhole: Bool) {
        let rest = failures == 0 ? "" : ", \(failures) without outcome"
        meter.finish(isWhole ? "\(count) calculations ended\(rest)" : "Stopped: \(detail) ended\(rest)")
    }
}
