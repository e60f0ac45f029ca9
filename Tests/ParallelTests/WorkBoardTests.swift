import Synchronization
import Testing

@testable import Parallel

@Suite struct WorkBoardTests {
    private final class Reports: Sendable {
        private let all = Mutex([WorkProgress]())
        func take(_ progress: WorkProgress) { all.withLock { $0.append(progress) } }
        var list: [WorkProgress] { all.withLock { $0 } }
    }

    @Test func stepsOfAllTasksAddUp() {
        let (board, reports) = (WorkBoard(steps: [100, 300], workers: 2, interval: .zero), Reports())
        board.update(0, to: 1, report: reports.take)
        board.update(1, to: 3, report: reports.take)
        board.end(0, report: reports.take)
        #expect(reports.list.map(\.step) == [1, 4, 103])
        #expect(reports.list.map(\.task) == [0, 1, 0] && reports.list.map(\.ended) == [0, 0, 1])
        #expect(reports.list.allSatisfy { $0.steps == 400 && $0.tasks == 2 })
        #expect(reports.list[2].fraction == 103.0 / 400)
    }

    @Test func stepsOfAnEarlierRunAreNoWork() throws {
        let (board, reports) = (WorkBoard(steps: [100], workers: 1, interval: .zero), Reports())
        board.begin(0, at: 60)
        board.update(0, to: 60, report: reports.take)
        #expect(reports.list[0].stepsPerSecond == 0 && reports.list[0].secondsLeft == nil)
        board.update(0, to: 70, report: reports.take)
        let last = reports.list[1]
        // Ten steps took as long as a third of the thirty that are left will.
        let left = try #require(last.secondsLeft)
        #expect(abs(left * last.stepsPerSecond - 30) < 1e-9 && last.fraction == 0.7)
    }

    @Test func theLongestTaskIsWaitedFor() throws {
        let (board, reports) = (WorkBoard(steps: [10, 10, 1000], workers: 2, interval: .zero), Reports())
        for task in 0..<2 { board.begin(task, at: 0) }
        for task in 0..<2 { board.update(task, to: 10, report: reports.take) }
        let last = try #require(reports.list.last)
        let left = try #require(last.secondsLeft)
        // 1000 steps by one worker at half of the common rate.
        #expect(abs(left * last.stepsPerSecond - 2000) < 1e-6)
    }

    @Test func endsAreAlwaysReportedAndStepsSeldom() {
        let (board, reports) = (WorkBoard(steps: [1000, 10], workers: 2, interval: .seconds(3600)), Reports())
        for step in 1...1000 { board.update(0, to: step, report: reports.take) }
        #expect(reports.list.count == 1)
        board.end(1, report: reports.take)
        #expect(reports.list.count == 2 && reports.list[1].step == 1010)
        // What the second task did not do is no work.
        #expect(reports.list[1].stepsPerSecond > 0 && reports.list[1].secondsLeft == 0)
    }
}
