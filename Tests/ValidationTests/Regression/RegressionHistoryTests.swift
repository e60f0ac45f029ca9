import Files
import Foundation
import Testing

@testable import Validation

@Suite struct RegressionHistoryTests {
    static func report(_ force: Double, speed: Double = 200) -> RegressionReport {
        var accuracy = RegressionReport.Check(name: "accuracy", about: "")
        accuracy.movements = [
            Movement(nil, .made("accuracy/nets/model-000/Ge/force", force), reasons: [:]),
            Movement(nil, .made("accuracy/nets/model-001/Ge/force", force + 2), reasons: [:]),
            Movement(nil, .made("accuracy/nets/model-001/Ge/energy", 1), reasons: [:]),
        ]
        var ratio = RegressionReport.Check(name: "speed", about: "")
        ratio.movements = [Movement(nil, .made("speed/nets/50-atoms", speed), reasons: [:])]
        return RegressionReport(checks: [accuracy, ratio])
    }

    @Test func rowsAreMeansOfEnsembles() throws {
        var history = RegressionHistory()
        history.add(Self.report(20), commit: "a", processor: "EPYC, 2 cores")
        #expect(history.rows.map(\.id) == ["accuracy/nets/energy", "accuracy/nets/force", "speed/nets/50-atoms"])
        #expect(history.rows.map(\.value) == [1, 21, 200])
    }

    @Test func commitsFollowAndRepeatsReplace() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/history.csv"
        var history = RegressionHistory()
        history.add(Self.report(20), commit: "a", processor: "EPYC, 2 cores")
        history.add(Self.report(22), commit: "b", processor: "EPYC, 2 cores")
        history.add(Self.report(24), commit: "b", processor: "EPYC, 2 cores")
        try history.write(to: path)
        let read = try RegressionHistory(contentsOf: path)
        #expect(read == history && read.rows.count == 6)
        #expect(read.rows.filter { $0.id == "accuracy/nets/force" }.map(\.value) == [21, 25])
    }

    @Test func theFigureHasAPanelForEachKind() throws {
        var history = RegressionHistory()
        #expect(history.figure() == nil)
        history.add(Self.report(20), commit: "a", processor: "x")
        history.add(Self.report(30), commit: "b", processor: "x")
        let figure = try #require(history.figure())
        #expect(figure.panels.map(\.series.count) == [1, 1])
        #expect(figure.panels[0].series[0].points.map(\.y) == [21, 31])
    }

    @Test(arguments: [
        "a,b\n", "commit,date,processor,id,unit,value\na,b,c,d,e,much\n", "commit,date,processor,id,unit,value\na,b\n",
    ])
    func damagedFilesAreRefused(text: String) throws {
        let folder = try TemporaryFolder()
        try AtomicFile.write(text, to: folder.path + "/history.csv")
        let error = #expect(throws: InputError.self) { try RegressionHistory(contentsOf: folder.path + "/history.csv") }
        #expect(error?.place?.hasPrefix("line ") == true)
    }
}
