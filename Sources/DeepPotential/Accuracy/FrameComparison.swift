import Files
import Structures

/// What one or several potentials predict for a labelled frame.
public struct FrameComparison: Sendable {
    public let system: LabelledSystem
    /// Number within the system.
    public let frame: Int
    /// One per atom.
    public let species: [Species]
    /// One per potential, in their order.
    public let predictions: [Evaluation]

    /// Evaluates a frame.
    ///
    /// - Throws: what a potential throws, with the system and the frame named.
    public init(_ potentials: [any Potential], system: LabelledSystem, frame: Int) throws {
        precondition(!potentials.isEmpty, "a prediction needs a potential")
        let structure = try system.structure(frame: frame)
        self.system = system
        self.frame = frame
        species = structure.species
        predictions = try potentials.map { potential in
            do {
                return try potential.evaluate(structure)
            } catch let error as InputError {
                throw Self.naming(frame, of: system, in: error)
            }
        }
    }

    /// The mean prediction of all potentials.
    public var mean: Evaluation { Evaluation(meanOf: predictions) }

    /// How far the potentials disagree, as `dp model-devi` writes it: the step is the frame. Zeros for one potential.
    public var deviation: ModelDeviationRecord { ModelDeviationRecord(step: frame, ModelDeviation(predictions)) }

    /// Adds each potential's errors to the report in its place.
    public func add(to reports: inout [TestReport]) {
        precondition(reports.count == predictions.count, "one report for each potential")
        for (index, prediction) in predictions.enumerated() { add(prediction, to: &reports[index]) }
    }

    /// Adds the errors of one prediction, as the mean, to a report.
    public func add(_ prediction: Evaluation, to report: inout TestReport) {
        report.add(prediction, species: species, reference: system, frame: frame)
    }

    private static func naming(_ frame: Int, of system: LabelledSystem, in error: InputError) -> InputError {
        let place = ["frame \(frame)", error.place].compactMap { $0 }.joined(separator: ", ")
        return InputError(file: error.file ?? system.name, place: place, problem: error.problem, mend: error.mend)
    }
}
