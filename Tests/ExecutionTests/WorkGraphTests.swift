import Testing

@testable import Execution

struct WorkGraphTests {
    private func plan(_ toys: [Toy]) -> [PlannedCalculation] {
        toys.map { PlannedCalculation($0, key: $0.key, needs: $0.needs.map(\.key)) }
    }

    @Test func needsComeFirst() {
        let first = Toy.make()
        let second = Toy.make(needs: [first])
        var graph = WorkGraph(plan([first, second]))
        #expect(graph.takeReady().map(\.key) == [first.key])
        #expect(graph.takeReady().isEmpty)
        graph.finish(first.key)
        #expect(graph.takeReady().map(\.key) == [second.key])
        graph.finish(second.key)
        #expect(graph.unfinished.isEmpty)
    }

    @Test func folderIsUsedByOneAtATimeTheCheapestFirst() {
        let toys = [30.0, 10, 20].map { Toy.make(cost: $0, group: "a") }
        var graph = WorkGraph(plan(toys))
        var order: [Double] = []
        while let next = graph.takeReady().first {
            #expect(graph.active.count == 1)
            order.append(next.cost)
            graph.finish(next.key)
        }
        #expect(order == [10, 20, 30])
    }

    @Test func failureOfAShorterLetsTheLongerGo() {
        let toys = [1.0, 2].map { Toy.make(cost: $0, group: "a") }
        var graph = WorkGraph(plan(toys))
        _ = graph.takeReady()
        #expect(graph.fail(toys[0].key).isEmpty)
        #expect(graph.takeReady().map(\.key) == [toys[1].key])
    }

    @Test func failureTakesAllThatNeedIt() {
        let root = Toy.make()
        let one = Toy.make(needs: [root])
        let two = Toy.make(needs: [one])
        let other = Toy.make()
        var graph = WorkGraph(plan([root, one, two, other]))
        #expect(graph.takeReady().count == 2)
        #expect(graph.fail(root.key).map(\.key) == [one.key, two.key])
        #expect(graph.unfinished == [other.key])
    }

    /// The shorter one needs the longer, which the folder's order would hold back.
    @Test func contradictionOfNeedsAndLengthEnds() {
        let long = Toy.make(cost: 5, group: "a")
        let short = Toy.make(cost: 1, needs: [long], group: "a")
        var graph = WorkGraph(plan([long, short]))
        #expect(graph.takeReady().map(\.key) == [long.key])
        graph.finish(long.key)
        #expect(graph.takeReady().map(\.key) == [short.key])
    }

    @Test func rankIsTheLongestChain() {
        let root = Toy.make(cost: 1)
        let one = Toy.make(cost: 10, needs: [root])
        let two = Toy.make(cost: 20, needs: [root])
        let short = Toy.make(cost: 2, group: "a")
        let long = Toy.make(cost: 50, group: "a")
        let ranks = WorkGraph(plan([root, one, two, short, long])).ranks
        #expect(ranks[root.key] == 21 && ranks[one.key] == 10)
        #expect(ranks[short.key] == 50 && ranks[long.key] == 50)
    }
}
