import Calculations
import ConcurrentLearning
import Foundation
import Reporting

/// Figures of a concurrent-learning loop.
struct LearningFigures {
    let record: LearningRecord

    init(_ record: LearningRecord) { self.record = record }

    /// Fig. 4: the distribution of the maximal deviation, a panel for each iteration.
    var deviations: Figure {
        let explored = record.iterations.filter { !$0.temperatures.isEmpty }
        let panels = explored.enumerated().map { place, iteration in
            Panel(
                tag: "(\(iteration.index))",
                x: .init("Largest deviation of a force (eV/Å)", scale: .logarithmic, range: 0.01...10),
                y: .init("Share of the frames (%)"),
                series: iteration.temperatures.map(Self.series) + Self.levels(iteration),
                legend: place == 0 ? .topRight : .none)
        }
        return Figure(
            name: "fig04-deviation",
            caption: """
                Distribution of the models' largest deviation of a force in each iteration, by temperature; dashed: the trust \
                levels (the paper's Fig. 4). Bins are equally wide on the logarithmic axis; what is beyond 2 eV/Å is drawn \
                in the last.
                """,
            panels: panels.isEmpty ? [Panel(x: .init(""), y: .init(""), series: [])] : panels, columns: 2,
            panelSize: .init(width: 330, height: 230))
    }

    /// Bins of the figure: ten for each power of ten.
    private static func series(_ temperature: TemperatureRecord) -> Series {
        let samples = Double(max(1, temperature.deviation.samples))
        var shares: [Int: Double] = [:]
        for (bin, count) in temperature.deviation.counts.enumerated() where count > 0 {
            let middle = (Double(bin) + 0.5) * DeviationHistogram.binWidth
            shares[Int((10 * log10(middle)).rounded(.down)), default: 0] += 100 * Double(count) / samples
        }
        let points = shares.sorted { $0.key < $1.key }.map {
            Series.Point(x: pow(10, (Double($0.key) + 0.5) / 10), y: $0.value)
        }
        let kelvin = temperature.temperature.formatted(.number.grouping(.never))
        return Series(
            "\(kelvin) K", style: .linePoints, colour: .temperature(temperature.temperature), points: points)
    }

    private static func levels(_ iteration: IterationRecord) -> [Series] {
        guard let first = iteration.temperatures.first else { return [] }
        return [first.trustLow, first.trustHigh].map { level in
            Series(
                "", style: .dashedLine, colour: .grey, points: [.init(x: level, y: 0), .init(x: level, y: 60)])
        }
    }

    /// Errors on the hold-out by labels; nil without one.
    var errors: Figure? {
        var labels = 0
        var points: [Series.Point] = []
        for iteration in record.iterations {
            let forces = (iteration.holdOut ?? []).map { 1000 * $0.forces }
            if !forces.isEmpty, iteration.copiedFrom == nil {
                points.append(
                    .init(
                        x: Double(record.initialFrames + labels), y: LearningPage.mean(forces),
                        yError: LearningPage.spread(forces)))
            }
            labels = iteration.labels
        }
        guard !points.isEmpty else { return nil }
        return Figure(
            name: "hold-out",
            caption: "Error on the hold-out of the models of each iteration, by the frames that they were trained on.",
            panels: [
                Panel(
                    x: .init("Labelled frames"), y: .init("Force error (meV/Å)", scale: .logarithmic),
                    series: [Series("", style: .linePoints, colour: .blue, points: points)], legend: .none)
            ])
    }
}
