import Files

/// The section `lgps_bench`: what DeePMD-kit's input has no key for.
public struct ExtraInput: Equatable, Sendable {
    /// Initial parameters of the descriptor nets' first layers.
    public enum InitialNets: String, Sendable {
        /// Steps spread over the range of the input.
        case spread
        /// As DeePMD-kit draws them.
        case deepmd
    }

    /// Models to train, with the seeds seed, seed + 1, …
    public var models = 1
    /// Intervals of the embedding tables.
    public var tableIntervals = 128
    /// Steps between validations over all validation frames; the best model is kept.
    public var validationFrequency: Int?
    /// How the descriptor nets' first layers begin.
    public var initialNets = InitialNets.spread
    /// A model to start from, or a folder of models, one for each that is trained.
    public var fineTune: String?
    /// For elements that the model to start from lacks: the element whose networks they begin with.
    public var donors: [String: String] = [:]

    init(_ node: InputNode?) throws {
        guard let node else { return }
        let keys = try node.object(
            known: ["models", "table_intervals", "validation_freq", "fine_tune", "donors", "initial_nets"])
        models = try keys["models"]?.atLeast(1, most: 1000) ?? 1
        tableIntervals = try keys["table_intervals"]?.atLeast(8, most: 65_536) ?? 128
        validationFrequency = try keys["validation_freq"]?.atLeast(1)
        if let node = keys["initial_nets"] {
            guard let choice = InitialNets(rawValue: try node.string) else {
                throw node.failure("'\(try node.string)' is neither \"spread\" nor \"deepmd\"")
            }
            initialNets = choice
        }
        fineTune = try keys["fine_tune"]?.string
        if let donors = keys["donors"], let entries = donors.value as? [String: String] {
            self.donors = entries
        } else if let donors = keys["donors"] {
            throw donors.failure("an object of element: donor element is expected")
        }
    }
}
