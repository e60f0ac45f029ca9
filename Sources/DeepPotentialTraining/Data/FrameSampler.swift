import Statistics

/// Which frames each step takes: every frame of a queue once, in random order, before any again.
///
/// A value that can be saved: an interrupted run goes on with the frames that it would have taken.
struct FrameSampler: Codable, Sendable {
    private var stream: RandomStream
    /// What is left of the current pass through each system, or, for mixed batches, through the whole set.
    private var queues: [[Int]]

    init(seed: UInt64, queues: Int) {
        stream = RandomStream(seed: seed, name: "order of the training frames")
        self.queues = Array(repeating: [], count: queues)
    }

    /// One for each system, or one for all where batches are mixed and no block of systems is favoured.
    static func queues(_ set: TrainingSet, _ run: RunInput) -> Int {
        if case .mixed = run.batchSize, !isInBlocks(run) { 1 } else { set.systems.count }
    }

    private static func isInBlocks(_ run: RunInput) -> Bool {
        if case .blocks = run.probability { true } else { false }
    }

    /// The next batch, as indices into the set's frames.
    mutating func next(_ set: TrainingSet, _ run: RunInput) -> [Int] {
        if case .mixed(let least) = run.batchSize {
            var batch: [Int] = []
            var atoms = 0
            while atoms < least {
                if Self.isInBlocks(run) {
                    let system = system(set, run.probability)
                    batch.append(draw(queue: system, from: set.systems[system].range))
                } else {
                    batch.append(draw(queue: 0, from: 0..<set.frameCount))
                }
                atoms += set.frames[batch[batch.count - 1]].atomCount
            }
            return batch
        }
        let system = system(set, run.probability)
        let atoms = set.systems[system].atomCount
        let frames =
            switch run.batchSize {
            case .frames(let count): count
            case .atoms(let least), .mixed(let least): (least + atoms - 1) / atoms
            }
        return (0..<frames).map { _ in draw(queue: system, from: set.systems[system].range) }
    }

    private mutating func system(_ set: TrainingSet, _ probability: SystemProbability) -> Int {
        switch probability {
        case .uniform: return stream.integer(below: set.systems.count)
        case .bySize: return system(set, of: 0..<set.systems.count)
        case .blocks(let blocks):
            // Blocks that name systems beyond the last have nothing to give.
            let known = blocks.filter { $0.systems.upperBound <= set.systems.count && $0.share > 0 }
            var place = stream.uniform() * known.reduce(0) { $0 + $1.share }
            for block in known {
                place -= block.share
                if place < 0 { return system(set, of: block.systems) }
            }
            return system(set, of: known.last?.systems ?? 0..<set.systems.count)
        }
    }

    /// One of some systems, in proportion to their frames.
    private mutating func system(_ set: TrainingSet, of systems: Range<Int>) -> Int {
        let first = set.systems[systems.lowerBound].range.lowerBound
        let end = set.systems[systems.upperBound - 1].range.upperBound
        let frame = first + stream.integer(below: end - first)
        return set.systems.firstIndex { $0.range.contains(frame) }!
    }

    private mutating func draw(queue: Int, from range: Range<Int>) -> Int {
        if queues[queue].isEmpty { queues[queue] = stream.permutation(range.count) }
        return range.lowerBound + queues[queue].removeLast()
    }
}
