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

    static func queues(_ set: TrainingSet, _ size: RunInput.BatchSize) -> Int {
        if case .mixed = size { 1 } else { set.systems.count }
    }

    /// The next batch, as indices into the set's frames.
    mutating func next(_ set: TrainingSet, _ size: RunInput.BatchSize, probabilityBySize: Bool) -> [Int] {
        if case .mixed(let least) = size {
            var batch: [Int] = []
            var atoms = 0
            while atoms < least {
                batch.append(draw(queue: 0, from: 0..<set.frameCount))
                atoms += set.frames[batch[batch.count - 1]].atomCount
            }
            return batch
        }
        let system: Int
        if probabilityBySize {
            let frame = stream.integer(below: set.frameCount)
            system = set.systems.firstIndex { $0.range.contains(frame) }!
        } else {
            system = stream.integer(below: set.systems.count)
        }
        let atoms = set.systems[system].atomCount
        let frames =
            switch size {
            case .frames(let count): count
            case .atoms(let least), .mixed(let least): (least + atoms - 1) / atoms
            }
        return (0..<frames).map { _ in draw(queue: system, from: set.systems[system].range) }
    }

    private mutating func draw(queue: Int, from range: Range<Int>) -> Int {
        if queues[queue].isEmpty { queues[queue] = stream.permutation(range.count) }
        return range.lowerBound + queues[queue].removeLast()
    }
}
