/// Which rows are worked on together: blocks of atoms of one type, and groups of blocks that share a force buffer.
///
/// The plan depends on the counts of the types alone, so sums come out the same whatever the number of threads.
struct BlockPlan: Equatable {
    struct Block: Equatable {
        var type: Int
        /// Rows of the sorted centres.
        var rows: Range<Int>
    }

    private(set) var blocks: [Block] = []
    /// Ranges of blocks; each group is one worker's task.
    private(set) var groups: [Range<Int>] = []

    /// Rows of a block: enough for sgemm to run near its best, which packs the weights anew in every call, and few enough
    /// to leave every thread some blocks.
    static let rowsPerBlock = 128
    /// More groups balance better; each costs a force buffer.
    static let largestGroupCount = 32

    /// - Parameter typeStarts: the first row of each type, and the count of rows at the end.
    init(typeStarts: [Int]) {
        for type in 0..<typeStarts.count - 1 {
            let rows = typeStarts[type]..<typeStarts[type + 1]
            let pieces = (rows.count + Self.rowsPerBlock - 1) / Self.rowsPerBlock
            for piece in 0..<pieces {
                let start = rows.lowerBound + rows.count * piece / pieces
                let end = rows.lowerBound + rows.count * (piece + 1) / pieces
                blocks.append(Block(type: type, rows: start..<end))
            }
        }
        let count = min(blocks.count, Self.largestGroupCount)
        groups = (0..<count).map { blocks.count * $0 / count..<blocks.count * ($0 + 1) / count }
    }

    var largestBlock: Int { blocks.map(\.rows.count).max() ?? 0 }
}
