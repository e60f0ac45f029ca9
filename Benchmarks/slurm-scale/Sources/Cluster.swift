import Execution
import Files
import Foundation
import Parallel

/// Nodes of random speeds that take one job each, and what may happen to a job: its node dies, and Slurm requeues it or not;
/// someone kills it; its time is up. Files appear late.
struct Cluster {
    enum Trouble: CaseIterable { case requeue, vanish, kill, timeLimit, lateFile }

    private struct Element {
        var number: String
        var name: String
        var place: Int
        var folder: String
        /// FOLDERKEY/KEY.
        var calculation: String
        var seconds: Double
        var restarts = 0
        var state = "PENDING"
        var node: Int?
        var begun = Date.distantPast
        var end = Date.distantFuture
        var trouble: Trouble?
        /// When the queue forgets it.
        var forgotten = Date.distantFuture
    }

    struct Counts: Codable {
        var arrays = 0
        var requeued = 0
        var vanished = 0
        var killed = 0
        var timeLimits = 0
        var lateFiles = 0
        var done = 0
    }

    private(set) var counts = Counts()
    private let speeds: [Double]
    private let trouble: Double
    private let memory: Double
    private let worker: Worker
    private var generator: SeededGenerator
    private var elements: [Element] = []
    private var free: [Int]
    /// Nodes that are down, and until when.
    private var down: [(node: Int, until: Date)] = []
    /// Exit files that appear later.
    private var late: [(path: String, exit: Exit, at: Date)] = []

    /// As the batch script writes it.
    private struct Exit: Codable {
        var code: Int
        var host: String
        var restarts: Int
        var started: String
        var ended: String
    }

    init(nodes: Int, trouble: Double, memory: Double, seed: UInt64, worker: Worker) {
        var generator = SeededGenerator(seed: seed)
        speeds = (0..<nodes).map { _ in pow(2, Double.random(in: -1...1, using: &generator)) }
        self.trouble = trouble
        self.memory = memory
        self.worker = worker
        self.generator = generator
        free = Array(0..<nodes)
    }

    mutating func submit(number: String, name: String, array: String, folder: String) {
        counts.arrays += 1
        let ends = array.split(separator: "-").compactMap { Int($0) }
        let lines = ((try? InputFile.text(at: "\(folder)/elements.txt")) ?? "").split(separator: "\n").map(String.init)
        guard let first = ends.first, let last = ends.last, lines.indices.contains(last) else { return }
        for place in first...last {
            elements.append(
                Element(
                    number: number, name: name, place: place, folder: folder, calculation: lines[place],
                    seconds: Self.cost(lines[place], folder)))
        }
    }

    /// Seconds at speed 1, as the calculation's own file says.
    private static func cost(_ calculation: String, _ folder: String) -> Double {
        struct File: Decodable { var calculation: Trial }
        let parts = calculation.split(separator: "/")
        let store = URL(fileURLWithPath: folder).deletingLastPathComponent().deletingLastPathComponent().path
        let path = "\(store)/work/\(parts[0])/calculations/\(parts[1]).json"
        return (try? JSONText.read(File.self, from: path).calculation.cost) ?? 1
    }

    mutating func cancel(number: String) {
        for index in elements.indices where elements[index].number == number && elements[index].state == "PENDING" {
            elements[index].state = "CANCELLED"
            elements[index].forgotten = .now + memory
        }
    }

    /// As squeue shows it.
    var queue: String {
        elements.map { element in
            let node = element.node.map { "n\($0)" } ?? ""
            let reason = element.state == "PENDING" ? "Resources" : "None"
            return "\(element.number)_\(element.place)|\(element.state)|\(node)|\(element.name)|\(reason)\n"
        }.joined()
    }

    mutating func step(at now: Date) async throws {
        for entry in late where entry.at <= now { try JSONText.write(entry.exit, to: entry.path) }
        late.removeAll { $0.at <= now }
        free += down.filter { $0.until <= now }.map(\.node)
        down.removeAll { $0.until <= now }
        var ended: [Int] = []
        for index in elements.indices where elements[index].state == "RUNNING" && elements[index].end <= now {
            ended.append(index)
        }
        try await work(ended.filter { [nil, .timeLimit, .lateFile].contains(elements[$0].trouble) })
        for index in ended { try end(index, at: now) }
        elements.removeAll { $0.forgotten <= now }
        start(at: now)
    }

    /// What workers do on the nodes whose jobs end now.
    private func work(_ indices: [Int]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in indices {
                let element = elements[index]
                group.addTask { [worker] in
                    let stop = StopFlag()
                    if element.trouble == .timeLimit { stop.raise() }
                    _ = try await worker.perform(element.calculation, stop: stop)
                }
            }
            try await group.waitForAll()
        }
    }

    private mutating func end(_ index: Int, at now: Date) throws {
        let element = elements[index]
        guard let node = element.node else { return }
        elements[index].forgotten = now + memory
        switch element.trouble {
        case .requeue:
            counts.requeued += 1
            elements[index].state = "PENDING"
            elements[index].restarts += 1
            elements[index].node = nil
            elements[index].forgotten = .distantFuture
            return down.append((node, now + 10))
        case .vanish:
            counts.vanished += 1
            elements[index].forgotten = now
            return down.append((node, now + 10))
        case .kill:
            counts.killed += 1
            elements[index].state = "FAILED"
            try tell(137, element, at: now)
        case .timeLimit:
            counts.timeLimits += 1
            elements[index].state = "TIMEOUT"
            try tell(143, element, at: now)
        case .lateFile:
            counts.lateFiles += 1
            counts.done += 1
            elements[index].state = "COMPLETED"
            try tell(0, element, at: now, later: Double.random(in: 1...20, using: &generator))
        case nil:
            counts.done += 1
            elements[index].state = "COMPLETED"
            try tell(0, element, at: now)
        }
        free.append(node)
    }

    private mutating func tell(_ code: Int, _ element: Element, at now: Date, later: Double = 0) throws {
        let exit = Exit(
            code: code, host: "n\(element.node ?? 0)", restarts: element.restarts,
            started: element.begun.ISO8601Format(),
            ended: now.ISO8601Format())
        let path = "\(element.folder)/exit/\(element.place).json"
        if later > 0 { late.append((path, exit, now + later)) } else { try JSONText.write(exit, to: path) }
    }

    private mutating func start(at now: Date) {
        var waiting = elements.indices.filter { elements[$0].state == "PENDING" }[...]
        while let index = waiting.first, let node = free.popLast() {
            waiting = waiting.dropFirst()
            elements[index].state = "RUNNING"
            elements[index].node = node
            elements[index].begun = now
            elements[index].end = now + elements[index].seconds / speeds[node]
            let luck = Double.random(in: 0..<1, using: &generator)
            let kinds = Trouble.allCases
            let kind = Int(luck / trouble)
            elements[index].trouble = trouble > 0 && kind < kinds.count ? kinds[kind] : nil
        }
    }
}
