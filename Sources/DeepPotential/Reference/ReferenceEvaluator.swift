import Files
import Structures

/// Deep Potential in Double, written to be read: the oracle for every faster path.
///
/// The equations are those of DeepPot-SE (Zhang et al., NeurIPS 2018) in DeePMD-kit's normalisation. For an atom i of
/// type t with neighbours j, R_j the normalised environment rows and G_j the embedding net's output at R_j's first
/// element,
///
///     A = Σ_j G_j ⊗ R_j / Σ sel      [M1, 4], over neighbours and padded slots
///     D = A · A[:M2]ᵀ                [M1, M2]
///     E_i = net_t(D, T) + bias_t     T of `ThreeBodyDescriptor` in a hybrid model, else nothing
///
/// Slots of `sel` that no neighbour fills carry the row −davg/dstd and contribute a constant to A. A neighbour at the
/// cutoff has just that row, so that it takes the place of a padded slot smoothly. Atoms with more neighbours than `sel`
/// are treated with all of them: the number of padded slots then becomes negative, which keeps the energy smooth
/// where the next neighbour enters. See `overflow`.
public final class ReferenceEvaluator: Potential {
    public let model: DPModel
    /// Neighbours beyond `sel` in the structure evaluated last.
    public private(set) var overflow: [NeighbourOverflow] = []
    /// G at the padded row, by embedding net index and centre type.
    private let paddedEmbeddings: [[[Double]]]

    /// Below this distance (Å) the descriptor is numerically meaningless; such pairs are refused.
    static let closestDistance = 0.01

    public init(_ model: DPModel) {
        self.model = model
        let descriptor = model.descriptor
        paddedEmbeddings = model.typeMap.indices.map { centre in
            model.typeMap.indices.map { neighbour in
                let index = descriptor.embeddingIndex(centre: centre, neighbour: neighbour)
                return descriptor.embeddings[index]([descriptor.paddedRow(centre: centre).x])
            }
        }
    }

    public func evaluate(_ structure: Structure, into evaluation: inout Evaluation) throws {
        let types = try model.types(of: structure.species)
        let list = try NeighbourList(structure, cutoff: model.descriptor.cutoff)
        var counter = NeighbourOverflow.Counter(model)
        var threeBodyCounter = NeighbourOverflow.Counter(threeBodyOf: model)
        evaluation = Evaluation()
        evaluation.atomicEnergies = Array(repeating: 0, count: structure.count)
        evaluation.forces = Array(repeating: .zero, count: structure.count)
        for atom in 0..<structure.count {
            let rows = try environment(of: atom, structure, list)
            let neighbours = list.neighbours(of: atom).map { Int($0) }
            if let threeBody = model.threeBody {
                let near = zip(rows, neighbours).filter { $0.0.distance < threeBody.cutoff }.map { types[$0.1] }
                for type in threeBody.sel.indices {
                    threeBodyCounter?.record(near.count { $0 == type }, ofType: type)
                }
            }
            let result = centre(
                type: types[atom], rows: rows, neighbourTypes: neighbours.map { types[$0] }, counter: &counter)
            evaluation.atomicEnergies[atom] = result.energy
            evaluation.energy += result.energy
            for (k, neighbour) in neighbours.enumerated() {
                evaluation.forces[atom] += result.gradients[k]
                evaluation.forces[neighbour] -= result.gradients[k]
                evaluation.virial = evaluation.virial - .outer(result.gradients[k], rows[k].displacement)
            }
        }
        overflow = counter.overflow + (threeBodyCounter?.overflow ?? [])
    }

    private func environment(
        of atom: Int, _ structure: Structure, _ list: NeighbourList
    ) throws -> [EnvironmentRow] {
        try list.entries(of: atom).map { entry in
            let neighbour = Int(list.neighbours[entry])
            let row = EnvironmentRow(
                structure.positions[neighbour] + SIMD3<Double>(list.shifts[entry]) * structure.cell.vectors
                    - structure.positions[atom],
                descriptor: model.descriptor)
            guard row.distance >= Self.closestDistance else {
                throw InputError(
                    place: "atoms \(atom + 1) and \(neighbour + 1)", problem: "they are \(row.distance) Å apart",
                    mend: "atoms must not sit on each other; check the coordinates and the cell")
            }
            return row
        }
    }

    /// The energy of one atom (eV) and its gradient by the displacement of each neighbour (eV/Å).
    private func centre(
        type: Int, rows: [EnvironmentRow], neighbourTypes: [Int], counter: inout NeighbourOverflow.Counter
    ) -> (energy: Double, gradients: [SIMD3<Double>]) {
        let descriptor = model.descriptor
        let (average, deviation) = (descriptor.averages[type], descriptor.deviations[type])
        let normalised = rows.map { ($0.row - average) / deviation }
        let traces = zip(normalised, neighbourTypes).map { row, neighbour in
            descriptor.embeddings[descriptor.embeddingIndex(centre: type, neighbour: neighbour)].forward([row.x])
        }

        var a = [SIMD4<Double>](repeating: .zero, count: descriptor.width)
        for (row, trace) in zip(normalised, traces) {
            for m in a.indices { a[m] += trace.output[m] * row }
        }
        for (neighbour, sel) in descriptor.sel.enumerated() {
            let count = neighbourTypes.count { $0 == neighbour }
            counter.record(count, ofType: neighbour)
            let padding = Double(sel - count) * descriptor.paddedRow(centre: type)
            for m in a.indices { a[m] += paddedEmbeddings[type][neighbour][m] * padding }
        }
        let scale = 1 / Double(descriptor.slots)
        for m in a.indices { a[m] *= scale }

        let axis = descriptor.axisNeuron
        let d = a.flatMap { left in a.prefix(axis).map { right in (left * right).sum() } }
        let threeBody = model.threeBody.map {
            ThreeBodyTerm($0, centre: type, displacements: rows.map(\.displacement), types: neighbourTypes)
        }
        let net = model.fitting.nets[type]
        let trace = net.forward(d + (threeBody?.values ?? []))
        let gradientInput = net.backward([1], trace: trace)
        let (gradientD, gradientT) = (gradientInput.prefix(d.count), Array(gradientInput.dropFirst(d.count)))

        // D is bilinear in A, and its first axis rows appear on both sides.
        var gradientA = [SIMD4<Double>](repeating: .zero, count: a.count)
        for m in a.indices {
            for n in 0..<axis {
                gradientA[m] += gradientD[m * axis + n] * a[n]
                gradientA[n] += gradientD[m * axis + n] * a[m]
            }
        }
        for m in a.indices { gradientA[m] *= scale }

        var gradients = rows.indices.map { k in
            let embedding = descriptor.embeddings[
                descriptor.embeddingIndex(centre: type, neighbour: neighbourTypes[k])]
            var gradientRow = SIMD4<Double>.zero
            for m in a.indices { gradientRow += traces[k].output[m] * gradientA[m] }
            let gradientG = gradientA.map { ($0 * normalised[k]).sum() }
            gradientRow.x += embedding.backward(gradientG, trace: traces[k])[0]
            return rows[k].gradient(gradientRow / deviation)
        }
        if let threeBody {
            for (k, gradient) in threeBody.backward(gradientT).enumerated() { gradients[k] += gradient }
        }
        return (trace.output[0] + model.bias(ofType: type), gradients)
    }
}
