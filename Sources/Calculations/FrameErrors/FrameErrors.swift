import DeepPotential
import Execution
import Files
import Structures

/// Errors of an ensemble of models on one labelled system.
public struct FrameErrors: Calculation {
    public static let kind = "frame-errors/1"

    public struct Content: Codable, Equatable, Sendable {
        public var atoms: Int
        /// One for each model.
        public var reports: [TestReport]
        /// Of the first model.
        public var parity: Parity
        /// nil for a single model.
        public var calibration: Calibration?
        /// The worst excess of neighbours over `sel`, in words, by element; of the first model.
        public var overflow: [String: String]

        public mutating func merge(_ other: Content) {
            for index in reports.indices { reports[index].merge(other.reports[index]) }
            parity.merge(other.parity)
            if let more = other.calibration { calibration?.merge(more) }
            overflow.merge(other.overflow) { first, _ in first }
        }
    }

    /// SHA-256 of each model.
    public var models: [String]
    /// Names the system in reports: `iter.000004/data.002`.
    public var system: String
    /// SHA-256 of the system's folder.
    public var data: String
    /// The first frame, and every so many from there; 0 and 1 take all.
    public var first: Int
    public var stride: Int
    /// Frames times atoms, for the cost.
    private var size: Int

    /// - Parameter size: frames times atoms of the system.
    public init(models: [String], system: String, data: String, first: Int = 0, stride: Int = 1, size: Int) {
        self.models = models
        self.system = system
        self.data = data
        self.first = first
        self.stride = stride
        self.size = size
    }

    public var title: String { "errors on \(system)" }
    public var cost: Double { Double(size / stride * models.count) * 8e-6 + 2 }

    public func run(in folder: WorkFolder, control: RunControl) throws -> Content {
        let systems = try LabelledSystem.systems(in: try control.inputs.path(of: data))
        let frames = systems.flatMap { system in (0..<system.frameCount).map { (system, $0) } }
        let evaluators = try models.map { CompressedEvaluator(try LoadedModels.model($0, control.inputs)) }
        var content = Content(
            atoms: systems.map(\.atomCount).max() ?? 0, reports: models.map { _ in TestReport() }, parity: Parity(),
            calibration: models.count > 1 ? Calibration() : nil, overflow: [:])
        for place in Swift.stride(from: first, to: frames.count, by: max(1, stride)) {
            try control.checkStop()
            let (system, frame) = frames[place]
            let comparison = try FrameComparison(evaluators, system: system, frame: frame)
            comparison.add(to: &content.reports)
            content.parity.add(
                comparison.predictions[0], reference: system, frame: frame, species: comparison.species)
            content.calibration?.add(comparison.predictions, labels: system.forces(frame: frame))
            for overflow in evaluators[0].overflow { content.overflow[overflow.element] = "\(overflow)" }
            control.report(Double(place + 1) / Double(frames.count))
        }
        return content
    }
}
