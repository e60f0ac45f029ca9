import Testing

@testable import DeepPotential

@Suite struct BlockPlanTests {
    @Test(arguments: [[0, 360, 396, 468, 900], [0, 0, 1, 1, 14], [0, 5760, 6336, 7488, 14400], [0, 0]])
    func coversEveryRowOnceWithoutMixingTypes(typeStarts: [Int]) {
        let plan = BlockPlan(typeStarts: typeStarts)
        #expect(plan.blocks.flatMap { Array($0.rows) } == Array(0..<typeStarts.last!))
        for block in plan.blocks {
            #expect(block.rows.count <= BlockPlan.rowsPerBlock && !block.rows.isEmpty)
            #expect(block.rows.lowerBound >= typeStarts[block.type])
            #expect(block.rows.upperBound <= typeStarts[block.type + 1])
        }
        #expect(plan.groups.flatMap { Array($0) } == Array(plan.blocks.indices))
        #expect(plan.groups.count <= BlockPlan.largestGroupCount)
    }
}
