/// The frames of one step and how their atoms are shared out.
///
/// Atoms of the batch are numbered frame after frame. A block holds atoms of one type from any of the frames, so that
/// its fitting net is one product per layer. The partition depends on the batch alone, never on the threads.
struct Batch {
    let frames: [TrainingFrame]
    /// The number of each frame's first atom; one more entry for the total.
    let starts: [Int]
    let blocks: [Block]

    struct Block {
        let type: Int
        let members: [Member]
    }

    struct Member {
        let frame: Int
        /// Within its frame.
        let atom: Int
    }

    /// Large enough for efficient products, small enough that a 400-atom frame keeps several threads busy.
    static let largestBlock = 96

    init(_ frames: [TrainingFrame], typeCount: Int) {
        self.frames = frames
        var starts = [0]
        var members = [[Member]](repeating: [], count: typeCount)
        for (index, frame) in frames.enumerated() {
            starts.append(starts[index] + frame.atomCount)
            for (atom, type) in frame.types.enumerated() { members[type].append(Member(frame: index, atom: atom)) }
        }
        self.starts = starts
        var blocks: [Block] = []
        for (type, all) in members.enumerated() where !all.isEmpty {
            let pieces = (all.count + Self.largestBlock - 1) / Self.largestBlock
            for piece in 0..<pieces {
                let range = all.count * piece / pieces..<all.count * (piece + 1) / pieces
                blocks.append(Block(type: type, members: Array(all[range])))
            }
        }
        // Large blocks first, so that threads end together.
        self.blocks = blocks.sorted { ($0.members.count, $1.type) > ($1.members.count, $0.type) }
    }

    var atomCount: Int { starts[starts.count - 1] }

    /// The numbers of the blocks of a type, in their order.
    func blocks(ofType type: Int) -> [Int] { blocks.indices.filter { blocks[$0].type == type } }
}
