import Foundation
import Structures
import Testing

@testable import Reporting

@Suite struct FigureTests {
    /// Two panels with every style, special characters and both kinds of axes.
    static let figure = Figure(
        name: "all-styles", caption: "Every style",
        panels: [
            Panel(
                tag: "(a)", x: .init("1000/T (K⁻¹)", range: 0.9...3.5), y: .init("D (m²/s)", scale: .logarithmic),
                series: [
                    Series("a_b^c {'x'}", style: .points, colour: .blue, points: [.init(x: 1, y: 1e-9, yError: 2e-10)]),
                    Series("fit", style: .line, colour: .blue, points: [.init(x: 1, y: 1e-9), .init(x: 3, y: 1e-11)]),
                    Series(
                        "", style: .band, colour: .blue,
                        points: [.init(x: 1, y: 1e-9, yError: 2e-10), .init(x: 3, y: 1e-11, yError: 5e-12)]),
                ],
                notes: [.init("not diffusive yet", x: 0.05, y: 0.1)], legend: .topRight,
                top: [.init("1000 K", at: 1), .init("300 K", at: 3.333)], topLabel: "T"),
            Panel(
                tag: "(b)", x: .init("x"), y: .init("y"),
                series: [
                    Series(
                        "", style: .density, colour: .blue,
                        points: [.init(x: 1, y: 1, xError: 0.5, yError: 0.5, weight: 20)])
                ], legend: .none, isSquare: true),
        ], columns: 2)

    @Test func scriptHoldsAxesSeriesAndEscapes() {
        let input = GnuplotScript(Self.figure)
        for expected in [
            "set logscale y 10", "unset logscale x", "set xrange [0.9:3.5]", "set label 'a\\_b\\^c \\{''x''\\}'",
            "set x2tics ('1000 K' 1.0, '300 K' 3.333)", "set multiplot\n", "with boxxyerror", "with filledcurves",
            "with yerrorbars", "set key off",
        ] {
            #expect(input.script.contains(expected), "\(expected)")
        }
        #expect(input.data.contains("1.0 1e-09 NaN 2e-10 NaN"))
        // Four blocks, each ended by two empty lines, as `index` wants.
        #expect(input.data.components(separatedBy: "\n\n\n").count == 5)
    }

    /// Error bars come after all marks and in another colour than filled ones, so that even short ones are seen.
    @Test func errorBarsLieUponMarks() throws {
        let script = GnuplotScript(Self.figure).script
        let (points, bars) = (
            try #require(script.range(of: "with points")), try #require(script.range(of: "yerrorbars"))
        )
        #expect(points.lowerBound < bars.lowerBound)
        let rest = script[bars.upperBound...].prefix { $0 != "," && !$0.isNewline }
        #expect(rest.contains(Colour.blue.contrast.hex) && Colour.blue.contrast != .blue, "\(rest)")
        for colour in [Colour.black, .grey, .yellow, .temperature(300), .temperature(1000)] {
            #expect(colour.contrast != colour && colour.contrast.hex.count == 7)
        }
    }

    @Test(.enabled(if: gnuplotIsThere, "needs gnuplot (Debian: gnuplot-nox)"))
    func gnuplotDrawsWithoutComplaint() async throws {
        let folder = try TemporaryFolder()
        #expect(try await Gnuplot.draw(Self.figure, in: folder.path) == .drawn)
        #expect(folder.names == ["all-styles.dat", "all-styles.gp", "all-styles.png", "all-styles.svg"])
        #expect(try folder.text("all-styles.svg").contains("not diffusive yet"))
    }

    @Test(.enabled(if: gnuplotIsThere, "needs gnuplot (Debian: gnuplot-nox)"))
    func figuresOfNothingAreDrawn() async throws {
        let folder = try TemporaryFolder()
        let empty = [
            Panel(x: .init(""), y: .init(""), series: []),
            Panel(
                x: .init("x", scale: .logarithmic, ticks: []), y: .init("y"),
                series: [
                    Series("none", style: .points, colour: .blue, points: [.init(x: .nan, y: 1), .init(x: -1, y: 0)])
                ]),
        ]
        let figure = Figure(name: "empty", caption: "", panels: empty, columns: 2)
        #expect(try await Gnuplot.draw(figure, in: folder.path) == .drawn)
    }

    @Test func missingGnuplotLeavesScriptsAndSaysHowToInstall() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Gnuplot.draw(Self.figure, in: folder.path, program: "no-such-gnuplot")
        guard case .missing(let message) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(message.contains("apt-get install gnuplot-nox"))
        #expect(folder.names == ["all-styles.dat", "all-styles.gp"])
    }

    @Test func failingGnuplotIsAnError() async throws {
        let folder = try TemporaryFolder()
        let error = await #expect(throws: ExternalProgramFailure.self) {
            try await Gnuplot.draw(Self.figure, in: folder.path, program: "false")
        }
        #expect(error?.problem.hasPrefix("failed on") == true)
        #expect(folder.names == ["all-styles.dat", "all-styles.gp"])
    }

    static let gnuplotIsThere = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
        .contains { FileManager.default.isExecutableFile(atPath: "\($0)/gnuplot") }
}
