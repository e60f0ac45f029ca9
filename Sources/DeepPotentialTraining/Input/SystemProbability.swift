import Files

/// DeePMD-kit's `auto_prob`.
public enum SystemProbability: Equatable, Sendable {
    /// In proportion to their frames: "prob_sys_size".
    case bySize
    /// All alike: "prob_uniform".
    case uniform
    /// Blocks of systems with given shares, within each in proportion to their frames: "prob_sys_size; 0:3:0.4; 3:5:0.6".
    case blocks([Block])

    public struct Block: Equatable, Sendable {
        public var systems: Range<Int>
        /// Of all blocks together, 1.
        public var share: Double
    }

    init(_ node: InputNode) throws {
        let parts = try node.string.split(separator: ";").map { $0.filter { $0 != " " } }
        if parts == ["prob_uniform"] {
            self = .uniform
            return
        }
        guard parts.first == "prob_sys_size" else {
            throw node.failure("'\(try node.string)' is neither prob_sys_size, also in blocks, nor prob_uniform")
        }
        if parts.count == 1 {
            self = .bySize
            return
        }
        let blocks = try parts.dropFirst().map { part in
            let fields = part.split(separator: ":")
            guard fields.count == 3, let first = Int(fields[0]), let end = Int(fields[1]),
                let share = Double(fields[2]),
                first >= 0, end > first, share >= 0
            else {
                throw node.failure("'\(part)' is no block of systems", mend: "write first:end:share, the end excluded")
            }
            return Block(systems: first..<end, share: share)
        }
        let sum = blocks.reduce(0) { $0 + $1.share }
        guard sum > 0 else { throw node.failure("the shares of all blocks are zero") }
        self = .blocks(blocks.map { Block(systems: $0.systems, share: $0.share / sum) })
    }
}
