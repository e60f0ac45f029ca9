/// A figure as a value: panels with axes and series, which `GnuplotScript` turns into a drawing.
public struct Figure: Codable, Equatable, Sendable {
    /// File name without extension: `fig13-arrhenius`.
    public var name: String
    /// What is seen, in Markdown, with the source of what is not ours.
    public var caption: String
    public var panels: [Panel]
    /// Panels beside each other.
    public var columns: Int
    /// One panel's width and height in points (1/72 inch on paper).
    public var panelSize: Size

    public struct Size: Codable, Equatable, Sendable {
        public var width: Int
        public var height: Int

        public init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }
    }

    public init(
        name: String, caption: String, panels: [Panel], columns: Int = 1,
        panelSize: Size = Size(width: 440, height: 340)
    ) {
        precondition(!panels.isEmpty && columns > 0, "a figure has panels")
        self.name = name
        self.caption = caption
        self.panels = panels
        self.columns = columns
        self.panelSize = panelSize
    }

    /// Whether there is anything to draw: gnuplot refuses axes without data.
    public var hasPoints: Bool { panels.contains { $0.series.contains { !$0.points.isEmpty } } }
}

/// One pair of axes with what is drawn between them.
public struct Panel: Codable, Equatable, Sendable {
    /// Upper left, as `(a)`.
    public var tag: String
    public var x: Axis
    public var y: Axis
    /// Named positions along the upper edge, in units of x: temperatures above an Arrhenius plot.
    public var top: [Tick]
    public var topLabel: String
    public var series: [Series]
    public var notes: [Note]
    public var legend: Legend
    /// Equal lengths of both axes, as a parity plot wants.
    public var isSquare: Bool

    public init(
        tag: String = "", x: Axis, y: Axis, series: [Series], notes: [Note] = [], legend: Legend = .topRight,
        top: [Tick] = [], topLabel: String = "", isSquare: Bool = false
    ) {
        self.tag = tag
        self.x = x
        self.y = y
        self.series = series
        self.notes = notes
        self.legend = legend
        self.top = top
        self.topLabel = topLabel
        self.isSquare = isSquare
    }

    public struct Axis: Codable, Equatable, Sendable {
        public enum Scale: String, Codable, Sendable { case linear, logarithmic }

        public var label: String
        public var scale: Scale
        /// Both ends, or nil to fit the data.
        public var range: ClosedRange<Double>?
        /// Marks at these places only, or nil for regular ones.
        public var ticks: [Tick]?
        /// The distance of regular marks, or nil to leave it to gnuplot.
        public var tickStep: Double?

        public init(
            _ label: String, scale: Scale = .linear, range: ClosedRange<Double>? = nil, ticks: [Tick]? = nil,
            tickStep: Double? = nil
        ) {
            self.tickStep = tickStep
            self.label = label
            self.scale = scale
            self.range = range
            self.ticks = ticks
        }
    }

    public struct Tick: Codable, Equatable, Sendable {
        public var label: String
        public var position: Double

        public init(_ label: String, at position: Double) {
            self.label = label
            self.position = position
        }
    }

    /// Text inside the panel; (0, 0) is lower left and (1, 1) upper right.
    public struct Note: Codable, Equatable, Sendable {
        public enum Side: String, Codable, Sendable { case left, right }

        public var text: String
        public var x: Double
        public var y: Double
        public var side: Side

        public init(_ text: String, x: Double, y: Double, side: Side = .left) {
            self.text = text
            self.x = x
            self.y = y
            self.side = side
        }
    }

    /// The corner where the legend is wanted; where data lie there, it goes to another one or below the panel.
    public enum Legend: String, Codable, Sendable {
        case topRight = "top right"
        case topLeft = "top left"
        case bottomRight = "bottom right"
        case bottomLeft = "bottom left"
        case none

        var isLeft: Bool { self == .topLeft || self == .bottomLeft }
        var isTop: Bool { self == .topLeft || self == .topRight }
    }
}

/// Points, a line, a band or a density, with its look.
public struct Series: Codable, Equatable, Sendable {
    public enum Style: String, Codable, Sendable {
        case points, line, dashedLine, linePoints
        /// Between y − yError and y + yError, shaded.
        case band
        /// Cells of width xError and height yError (half widths) shaded by `weight` on a logarithmic scale.
        case density
    }

    public enum Marker: Int, Codable, Sendable {
        case circle = 7
        case openCircle = 6
        case square = 5
        case openSquare = 4
        case triangle = 9
        case openTriangle = 8
        case diamond = 13
        case openDiamond = 12

        var isFilled: Bool { rawValue % 2 == 1 }
    }

    public struct Point: Codable, Equatable, Sendable {
        public var x: Double
        public var y: Double
        public var xError: Double?
        public var yError: Double?
        public var weight: Double?

        public init(
            x: Double, y: Double, xError: Double? = nil, yError: Double? = nil, weight: Double? = nil
        ) {
            self.x = x
            self.y = y
            self.xError = xError
            self.yError = yError
            self.weight = weight
        }
    }

    /// For the legend; "" leaves it out.
    public var title: String
    public var style: Style
    public var colour: Colour
    public var marker: Marker
    public var points: [Point]

    public init(_ title: String, style: Style, colour: Colour, marker: Marker = .circle, points: [Point]) {
        self.title = title
        self.style = style
        self.colour = colour
        self.marker = marker
        self.points = points
    }
}
