import DeepPotential
import Files
import Parallel
import Structures

/// The model that training starts from: random networks with the data's statistics, or another model's.
enum ModelBuilder {
    /// - Throws: `InputError` when `sel` is too small for the data, or a model to fine-tune does not fit.
    static func build(_ input: TrainingInput, _ set: TrainingSet, seed: UInt64, pool: WorkerPool) throws -> DPModel {
        let model = input.model
        var result: DPModel
        if let path = input.extras.fineTune {
            result = try adapt(
                try DPModel(contentsOf: path), to: input, path: path, mostNeighbours: set.mostNeighbours)
            try check(result.descriptor.sel, set.mostNeighbours, input)
            if let threeBody = result.threeBody {
                try check(threeBody.sel, set.mostNeighbours(within: threeBody.cutoff), input, place: "list[1]/sel")
            }
            // The old biases describe other data (and none of the new elements).
            result.outBias = Array(repeating: 0, count: model.typeMap.count)
        } else {
            result = try random(input, set, seed: seed, pool: pool)
        }
        result.fitting.biases = EnergyBias.leastSquares(
            counts: set.frames.map { frame in
                frame.types.reduce(into: [Double](repeating: 0, count: model.typeMap.count)) { $0[$1] += 1 }
            }, energies: set.frames.map(\.energy))
        return result
    }

    static func check(_ sel: [Int], _ most: [Int], _ input: TrainingInput, place: String = "sel") throws {
        for (type, (slots, needed)) in zip(sel, most).enumerated() where needed > slots {
            throw InputError(
                file: input.file, place: "model/descriptor/\(place)",
                problem:
                    "atoms of the data have up to \(needed) \(input.model.typeMap[type]) neighbours, sel has \(slots)",
                mend: "set it to \(needed) or more, or to \"auto\"")
        }
        guard most.contains(where: { $0 > 0 }) else {
            throw InputError(
                file: input.file, place: "model/descriptor/\(place.replacing("sel", with: "rcut"))",
                problem: "no atom of the data has a neighbour within it", mend: "set a longer one")
        }
    }
}
