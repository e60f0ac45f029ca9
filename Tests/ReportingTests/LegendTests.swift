import Statistics
import Structures
import Testing

@testable import Reporting

/// Legends cover nothing.
@Suite struct LegendTests {
    static func figure(_ series: [Series], legend: Panel.Legend = .topRight, columns: Int = 1) -> Figure {
        let panel = Panel(x: .init("x"), y: .init("y"), series: series, legend: legend)
        return Figure(name: "f", caption: "", panels: Array(repeating: panel, count: columns), columns: columns)
    }

    static func points(_ count: Int, _ random: inout RandomStream, corner: Double) -> [Series.Point] {
        (0..<count).map { _ in
            let (x, y) = (random.uniform(), random.uniform())
            return .init(x: x * corner, y: y, yError: 0.1 * random.uniform())
        }
    }

    @Test func wantedCornerIsTakenWhenItIsFree() throws {
        let rising = Series("rising", style: .line, colour: .blue, points: [.init(x: 0, y: 0), .init(x: 1, y: 1)])
        for (wanted, isLeft, isTop) in [(Panel.Legend.topLeft, true, true), (.bottomRight, false, false)] {
            let cell = FigureLayout(Self.figure([rising], legend: wanted)).cells[0]
            let legend = try #require(cell.legend)
            #expect(!legend.isBelow && (legend.box.x < cell.area.x + 20) == isLeft)
            #expect((legend.box.top > cell.area.top - 20) == isTop)
        }
        // The line ends in the wanted corner.
        let other = try #require(FigureLayout(Self.figure([rising], legend: .topRight)).cells[0].legend)
        #expect(!other.isBelow && other.box.x < 200)
        #expect(FigureLayout(Self.figure([rising], legend: .none)).cells[0].legend == nil)
    }

    @Test func legendsNeverCoverInk() throws {
        var random = RandomStream(seed: 9, name: "legends")
        var isBelow: Set<Bool> = []
        for round in 0..<200 {
            let series = (0..<(1 + round % 6)).map { index in
                Series(
                    "series \(index) of this round", style: [.points, .linePoints, .band, .dashedLine][index % 4],
                    colour: .blue, points: Self.points(3 + round % 5, &random, corner: round % 2 == 0 ? 1 : 0.4))
            }
            let layout = FigureLayout(Self.figure(series, columns: 1 + round % 3))
            for cell in layout.cells {
                let legend = try #require(cell.legend)
                isBelow.insert(legend.isBelow)
                let ink = PanelInk(cell.panel, x: cell.x, y: cell.y, area: cell.area)
                #expect(!ink.touches(legend.box, margin: 0))
                // On the paper, and beside the area, its marks and its label when below it.
                #expect(legend.box.x >= 0 && legend.box.y >= 0 && legend.box.right <= layout.width)
                #expect(!legend.isBelow || legend.box.top < cell.area.y - 40)
                #expect(cell.area.top < layout.height)
            }
        }
        #expect(isBelow == [true, false], "both ways are tried")
    }

    @Test func legendsBelowLiftWhatIsAboveThem() throws {
        var random = RandomStream(seed: 1, name: "crowd")
        let crowd = [Series("crowd", style: .points, colour: .blue, points: Self.points(400, &random, corner: 1))]
        let figure = Figure(
            name: "f", caption: "",
            panels: (0..<4).map { _ in Panel(x: .init("x"), y: .init("y"), series: crowd) }, columns: 2)
        let layout = FigureLayout(figure)
        let lower = try #require(layout.cells[2].legend)
        let upper = try #require(layout.cells[0].legend)
        #expect(upper.isBelow && upper.box.y > layout.cells[2].area.top && lower.box.top < layout.cells[2].area.y)
        #expect(layout.height > Double(2 * figure.panelSize.height))
        let sizes = Set(layout.cells.map(\.area.height))
        #expect(sizes.count == 1, "panels stay of one size")
    }
}
