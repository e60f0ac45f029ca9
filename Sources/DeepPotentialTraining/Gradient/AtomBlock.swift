import DeepPotential

/// The workspace of one block of atoms: their pairs, T and its derivatives, the fitting net's sweeps, and the block's own
/// contributions to forces, virials and gradients, which the engine adds up in the order of the blocks.
final class AtomBlock {
    private let layout: ParameterLayout
    private let settings: EnvironmentSettings
    private let tables: NetworkTables
    /// The three-body part, in a hybrid model.
    let threeBody: ThreeBodyBlock?
    /// The fitting sweeps by type, made when first needed.
    private var passes: [DensePass?]
    private var type = 0
    private var members: [Batch.Member] = []
    private var starts: [Int] = []

    /// Where each member's pairs begin, in whole vectors; one more entry for the total.
    private var pairStarts: [Int] = []
    private var pairCounts: [Int] = []
    private var records = UnsafeMutablePointer<PairRecord>.allocate(capacity: 1)
    private var recordCapacity = 1
    private var columns = Buffer<Float>()
    private var contractions = Buffer<Float>()
    private var scratch = Buffer<Float>()

    /// [batch atoms, 3] (eV/Å).
    private(set) var forces = Buffer<Float>()
    /// The tables' adjoints for the neighbours of this type of centre.
    private(set) var tableAdjoint = Buffer<Float>()
    /// The gradient of this type's fitting net but its weights, of blocks that are not the first of their type.
    private(set) var fittingGradient = Buffer<Float>()
    /// One per frame of the batch (eV), biases excluded.
    private(set) var energies: [Double] = []
    /// [frames, 9] (eV).
    private(set) var virials: [Double] = []

    init(
        _ layout: ParameterLayout, settings: EnvironmentSettings, tables: NetworkTables, threeBody: ThreeBodyBlock?
    ) {
        self.layout = layout
        self.settings = settings
        self.tables = tables
        self.threeBody = threeBody
        passes = Array(repeating: nil, count: layout.fittings.count)
    }

    deinit { records.deallocate() }

    private var pass: DensePass { passes[type]! }
    /// Floats of one T.
    private var contractionSize: Int { 4 * layout.paddedWidth }
    private var width: Int { tables.width }
    /// Inputs of the fitting nets.
    private var inputs: Int { layout.fittings[type].inputs }
    /// The tables of this type of centre.
    private var table: UnsafePointer<Vector> { tables[settings.firstTable(centre: type)] }
    /// T's place in a row of the fitting net's inputs.
    private func threeBodyPart(_ rows: UnsafeMutablePointer<Float>, _ member: Int) -> UnsafeMutablePointer<Vector> {
        vectors(rows + member * inputs + layout.threeBodyStart)
    }
    private func vectors(_ p: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Vector> {
        UnsafeMutableRawPointer(p).assumingMemoryBound(to: Vector.self)
    }
    /// T, dE/dT, Ṫ and the adjoint of T of all members.
    private func contraction(_ kind: Int, _ member: Int) -> UnsafeMutablePointer<Vector> {
        vectors(contractions.base + (kind * members.count + member) * contractionSize)
    }
    private var columnView: PairColumns { PairColumns(columns.base, capacity: pairStarts[members.count]) }
    private var knotScaleColumn: UnsafeMutablePointer<Float> {
        columns.base + PairColumns.count * pairStarts[members.count]
    }

    /// Energies, forces and virials of the block's atoms; leaves behind what `reverse` needs.
    func evaluate(_ batch: Batch, block: Int, _ parameters: UnsafePointer<Float>) {
        begin(batch, batch.blocks[block])
        gather(batch)
        let pass = self.pass
        let table = self.table
        for (n, _) in members.enumerated() {
            DescriptorKernels.contract(
                records + pairStarts[n] + n * typeCount, count: pairCounts[n] + typeCount, table: table, width: width,
                into: contraction(0, n))
            DescriptorKernels.square(
                contraction(0, n), tangent: nil, axis: layout.axis, width: width, columns: layout.width,
                into: pass.input + n * inputs)
            threeBody?.contract(n, into: threeBodyPart(pass.input, n))
        }
        pass.forward(parameters)
        for (n, member) in members.enumerated() {
            energies[member.frame] += Double(pass.output[n])
            pass.outputGradient[n] = 1
        }
        pass.backward(parameters, toInput: true)
        for (n, member) in members.enumerated() {
            let gradient = contraction(1, n)
            gradient.update(repeating: .zero, count: 4 * width)
            DescriptorKernels.squareTransposed(
                pass.inputGradient + n * inputs, contraction(0, n), axis: layout.axis, width: width,
                columns: layout.width, into: gradient)
            let stride = Vector.padded(pairCounts[n])
            scratch.reserve(5 * stride)
            let pairs = records + pairStarts[n] + n * typeCount
            DescriptorKernels.backward(
                pairs, count: pairCounts[n], gradient: gradient, table: table, width: width, into: scratch.base,
                stride: stride)
            virials.withUnsafeMutableBufferPointer { virials in
                PairKernels.addForces(
                    pairs, count: pairCounts[n], columns: columnView, at: pairStarts[n], gamma: scratch.base,
                    stride: stride, scale: settings.rowScales[type], knotScales: knotScaleColumn + pairStarts[n],
                    centre: batch.starts[member.frame] + member.atom, forces: forces.base,
                    virial: virials.baseAddress! + 9 * member.frame)
                threeBody?.addForces(
                    n, gradient: threeBodyPart(pass.inputGradient, n),
                    centre: batch.starts[member.frame] + member.atom, forces: forces.base,
                    virial: virials.baseAddress! + 9 * member.frame)
            }
        }
    }

    /// The block's part of the gradient of Σ_f a_f E_f + Ė, after `evaluate`: of its fitting net in `fitting`, of its tables'
    /// knots in `tableAdjoint`.
    ///
    /// - Parameters:
    ///   - seeds: a, one per frame.
    ///   - directions: v, [batch atoms, 3]: the displacements of the tangent.
    ///   - strains: V, [frames, 9]: δr_ij = v_j − v_i − V·r_ij.
    ///   - fitting: overwritten, from the fitting net's first parameter on; `fittingGradient` when nil. The weights' part is
    ///     left to `weightGradient`.
    func reverse(
        _ batch: Batch, _ parameters: UnsafePointer<Float>, seeds: UnsafePointer<Float>,
        directions: UnsafePointer<Float>, strains: UnsafePointer<Float>, into fitting: UnsafeMutablePointer<Float>?
    ) {
        let pass = self.pass
        let table = self.table
        for (n, member) in members.enumerated() {
            let pairs = records + pairStarts[n] + n * typeCount
            PairKernels.setTangents(
                pairs, count: pairCounts[n], columns: columnView, at: pairStarts[n],
                scale: settings.rowScales[type], knotScales: knotScaleColumn + pairStarts[n],
                centre: batch.starts[member.frame] + member.atom, directions: directions,
                strain: strains + 9 * member.frame)
            DescriptorKernels.contractTangent(
                pairs, count: pairCounts[n], table: table, width: width, into: contraction(2, n))
            DescriptorKernels.square(
                contraction(0, n), tangent: contraction(2, n), axis: layout.axis, width: width, columns: layout.width,
                into: pass.inputTangent + n * inputs)
            threeBody?.contractTangent(
                n, centre: batch.starts[member.frame] + member.atom, directions: directions,
                strain: strains + 9 * member.frame, into: threeBodyPart(pass.inputTangent, n))
        }
        pass.tangent(parameters)
        for (n, member) in members.enumerated() { pass.outputAdjoint[n] = seeds[member.frame] }
        if fitting == nil { fittingGradient.reserve(layout.fittings[type].range.count) }
        pass.reverse(parameters, into: fitting ?? fittingGradient.base, toInput: true, withWeights: false)

        let size = typeCount * tables.tableStride * 16
        tableAdjoint.reserve(size)
        tableAdjoint.base.update(repeating: 0, count: size)
        threeBody?.clearAdjoint()
        for n in members.indices {
            let adjoint = contraction(3, n)
            adjoint.update(repeating: .zero, count: 4 * width)
            DescriptorKernels.squareTransposed(
                pass.inputAdjoint + n * inputs, contraction(0, n), axis: layout.axis, width: width,
                columns: layout.width, into: adjoint)
            DescriptorKernels.squareTransposed(
                pass.inputGradient + n * inputs, contraction(2, n), axis: layout.axis, width: width,
                columns: layout.width, into: adjoint)
            DescriptorKernels.reverse(
                records + pairStarts[n] + n * typeCount, count: pairCounts[n] + typeCount, adjoint: adjoint,
                gradient: contraction(1, n), width: width, into: vectors(tableAdjoint.base))
            threeBody?.reverse(
                n, adjoint: threeBodyPart(pass.inputAdjoint, n), gradient: threeBodyPart(pass.inputGradient, n))
        }
    }

    /// The block's part of the gradient of some of its fitting net's weights: see `DensePass`.
    func weightGradient(
        layer: Int, inputs: Range<Int>, into target: UnsafeMutablePointer<Float>, adding: Bool
    ) {
        pass.weightGradient(layer: layer, inputs: inputs, into: target, adding: adding)
    }

    private var typeCount: Int { settings.typeCount }

    private func begin(_ batch: Batch, _ block: Batch.Block) {
        type = block.type
        threeBody?.gather(batch, block)
        members = block.members
        energies = Array(repeating: 0, count: batch.frames.count)
        virials = Array(repeating: 0, count: 9 * batch.frames.count)
        forces.reserve(3 * batch.atomCount)
        forces.base.update(repeating: 0, count: 3 * batch.atomCount)
        contractions.reserve(4 * members.count * contractionSize)
        let pass = passes[type] ?? DensePass(layout.fittings[type])
        passes[type] = pass
        pass.resize(rows: members.count)
    }

    /// The members' pairs.
    private func gather(_ batch: Batch) {
        pairStarts = [0]
        pairCounts = []
        for member in members {
            let starts = batch.frames[member.frame].geometry.starts
            let count = Int(starts[(member.atom + 1) * typeCount] - starts[member.atom * typeCount])
            pairCounts.append(count)
            pairStarts.append(pairStarts[pairStarts.count - 1] + Vector.padded(count))
        }
        let capacity = pairStarts[members.count]
        columns.reserve((PairColumns.count + 1) * capacity)
        if capacity + members.count * typeCount > recordCapacity {
            records.deallocate()
            recordCapacity = (capacity + members.count * typeCount) * 5 / 4
            records = .allocate(capacity: recordCapacity)
        }
        for (n, member) in members.enumerated() {
            let geometry = batch.frames[member.frame].geometry
            let pairs = records + pairStarts[n] + n * typeCount
            EnvironmentKernel.fill(
                geometry, atom: member.atom, type: type, batchStart: batch.starts[member.frame], settings: settings,
                rowStride: tables.rowStride, records: pairs, columns: columnView, at: pairStarts[n])
            let first = Int(geometry.starts[member.atom * typeCount])
            for neighbour in 0..<typeCount {
                let start = Int(geometry.starts[member.atom * typeCount + neighbour]) - first
                let end = Int(geometry.starts[member.atom * typeCount + neighbour + 1]) - first
                let scale = settings.knotScales[type * typeCount + neighbour]
                for k in start..<end { knotScaleColumn[pairStarts[n] + k] = scale }
            }
        }
    }
}
