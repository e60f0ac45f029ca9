import Files
import Structures

/// The se_e2_a (DeepPot-SE) descriptor: its settings, statistics and embedding nets.
public struct SmoothDescriptor: Equatable, Sendable, SmoothCutoff {
    /// rcut (Å): no interaction beyond it.
    public var cutoff: Double
    /// rcut_smth (Å): 1/r is unsmoothed below it.
    public var smoothStart: Double
    /// sel: slots per neighbour type, in the order of the type map.
    public var sel: [Int]
    /// Widths of the embedding nets; the last is M1.
    public var neuron: [Int]
    /// axis_neuron, M2.
    public var axisNeuron: Int
    /// One embedding net per neighbour type when true, per pair (centre, neighbour) when false.
    public var typeOneSide: Bool
    /// Whether the embedding nets' residual layers carry idt.
    public var resnetDt: Bool
    public var precision: Precision
    /// davg by centre type: the mean of the radial component; the three angular means are zero or stored as read.
    public var averages: [SIMD4<Double>]
    /// dstd by centre type: (radial, angular, angular, angular).
    public var deviations: [SIMD4<Double>]
    /// One-sided: index = neighbour type. Two-sided: index = centre + neighbour·ntypes.
    public var embeddings: [DenseNetwork]

    public init(
        cutoff: Double, smoothStart: Double, sel: [Int], neuron: [Int], axisNeuron: Int, typeOneSide: Bool,
        resnetDt: Bool, precision: Precision, averages: [SIMD4<Double>], deviations: [SIMD4<Double>],
        embeddings: [DenseNetwork]
    ) {
        self.cutoff = cutoff
        self.smoothStart = smoothStart
        self.sel = sel
        self.neuron = neuron
        self.axisNeuron = axisNeuron
        self.typeOneSide = typeOneSide
        self.resnetDt = resnetDt
        self.precision = precision
        self.averages = averages
        self.deviations = deviations
        self.embeddings = embeddings
    }

    /// M1.
    public var width: Int { neuron[neuron.count - 1] }
    /// Σ sel, by which the contraction is normalised.
    public var slots: Int { sel.reduce(0, +) }
    /// M1·M2, the length of the descriptor.
    public var dimension: Int { width * axisNeuron }

    /// The embedding net for a neighbour of type `neighbour` of a centre of type `centre`.
    public func embeddingIndex(centre: Int, neighbour: Int) -> Int {
        typeOneSide ? neighbour : centre + neighbour * sel.count
    }
}

/// The `ener` fitting: one net per centre type and the energy biases.
public struct EnergyFitting: Equatable, Sendable {
    /// Widths of the hidden layers.
    public var neuron: [Int]
    public var resnetDt: Bool
    public var precision: Precision
    /// One per type: D (and T) → 1.
    public var nets: [DenseNetwork]
    /// bias_atom_e by type (eV).
    public var biases: [Double]

    public init(neuron: [Int], resnetDt: Bool, precision: Precision, nets: [DenseNetwork], biases: [Double]) {
        self.neuron = neuron
        self.resnetDt = resnetDt
        self.precision = precision
        self.nets = nets
        self.biases = biases
    }
}

/// A Deep Potential model as DeePMD-kit's `.yaml` and `.dp` hold it: se_e2_a, or `hybrid` of se_e2_a and se_e3, and ener.
public struct DPModel: Equatable, Sendable {
    /// Element symbols in the order of the types.
    public var typeMap: [String]
    public var descriptor: SmoothDescriptor
    /// The second part of a `hybrid` descriptor.
    public var threeBody: ThreeBodyDescriptor?
    public var fitting: EnergyFitting
    /// out_bias by type (eV), added to each atomic energy.
    public var outBias: [Double]

    public init(
        typeMap: [String], descriptor: SmoothDescriptor, threeBody: ThreeBodyDescriptor? = nil, fitting: EnergyFitting,
        outBias: [Double]
    ) {
        self.typeMap = typeMap
        self.descriptor = descriptor
        self.threeBody = threeBody
        self.fitting = fitting
        self.outBias = outBias
    }

    /// Inputs of the fitting nets: the length of D and T.
    public var fittingInputs: Int { descriptor.dimension + (threeBody?.width ?? 0) }

    /// The energy of an atom of `type` before its net's contribution (eV).
    public func bias(ofType type: Int) -> Double { outBias[type] + fitting.biases[type] }

    /// Maps each atom to its type.
    ///
    /// - Throws: `InputError` when the model lacks an element of the structure.
    public func types(of species: [Species]) throws -> [Int] {
        let known = typeMap.map { Species(symbol: $0) }
        return try species.enumerated().map { index, element in
            guard let type = known.firstIndex(of: element) else {
                throw InputError(
                    place: "atom \(index + 1)",
                    problem: "the model knows \(typeMap.joined(separator: ", ")) but not \(element)",
                    mend: "use a model trained with \(element), or replace the element")
            }
            return type
        }
    }
}
