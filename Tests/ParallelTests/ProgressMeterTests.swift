import Parallel
import Synchronization
import Testing

@testable import Parallel

@Suite struct ProgressMeterTests {
    final class Output: Sendable {
        let text = Mutex("")
        var all: String { text.withLock { $0 } }
    }

    @Test func barStaysOnOneLineAndNamesTheTimeLeft() {
        #expect(
            ProgressMeter.text(activity: "md", fraction: 0.5, detail: "400 K", left: 200, bar: true)
                == "md ▕████████████            ▏ 50 %  400 K, 3 min 20 s left")
        let output = Output()
        let meter = ProgressMeter(style: .bar) { new in output.text.withLock { $0 += new } }
        meter.begin("md")
        meter.update(1)
        meter.finish("md done")
        #expect(output.all.filter { $0 == "\n" }.count == 1)
        #expect(output.all.hasSuffix("md done\n"))
    }

    @Test func linesAreSeldom() {
        let output = Output()
        let meter = ProgressMeter(style: .lines) { new in output.text.withLock { $0 += new } }
        meter.begin("md")
        for i in 1...1000 { meter.update(Double(i) / 1000) }
        #expect(output.all == "md   0 %\n")
    }

    @Test func silentWritesNothing() {
        let output = Output()
        let meter = ProgressMeter(style: .silent) { new in output.text.withLock { $0 += new } }
        meter.begin("md")
        meter.update(0.5)
        meter.finish("done")
        #expect(output.all.isEmpty)
    }
}
