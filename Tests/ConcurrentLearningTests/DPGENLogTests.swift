import Foundation
import Testing

@testable import ConcurrentLearning

@Suite struct DPGENLogTests {
    /// The lines of a public log (luowh35/dpgen_Cu), but for the time.
    @Test func linesAreThoseOfDPGEN() throws {
        let selection = SystemSelection(
            system: 0, accurate: 2214, candidate: 152, failed: 0, adaptedLow: nil, maximum: 20, minimum: -1,
            chosen: (0..<20).map { FramePlace(system: 0, task: 0, frame: $0, step: 10 * $0) }, badBoxes: 0, overfull: 0)
        let thresholds = try ProtocolTests.small().selection
        #expect(
            DPGENLog.lines(selection, thresholds) == [
                "system 000 candidate :    152 in   2366   6.42 %",
                "system 000 failed    :      0 in   2366   0.00 %",
                "system 000 accurate  :   2214 in   2366  93.58 %",
                "system 000 accurate_ratio:   0.9358    thresholds: 1.0000 and 1.0000   eff. task min and max   -1   20   "
                    + "number of fp tasks:     20",
            ])
    }

    @Test func headingsAreSeventyWide() throws {
        let folder = try TestFolder()
        let log = DPGENLog("\(folder.path)/dpgen.log", report: { _ in })
        let iteration = Iteration(index: 0, job: 0, trainings: [])
        try log.begin(iteration)
        try log.task(iteration, 5)
        let lines = try String(contentsOfFile: "\(folder.path)/dpgen.log", encoding: .utf8).split(separator: "\n")
        let time = #/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - INFO : /#
        #expect(lines.allSatisfy { $0.firstMatch(of: time)?.range.lowerBound == $0.startIndex })
        #expect(
            lines.map { $0.split(separator: " : ")[1] } == [
                "=============================iter.000000==============================",
                "-------------------------iter.000000 task 05--------------------------",
            ])
    }
}
