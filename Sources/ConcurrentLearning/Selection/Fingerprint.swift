import Foundation
import Structures

/// What a frame looks like: numbers that are near for frames whose atoms are surrounded alike.
///
/// Of every atom, the descriptor of DeepPot-SE (Zhang et al., NeurIPS 2018) with fixed functions of the distance in the place
/// of trained nets, so that frames of all iterations can be compared,
///
///     A = Σ_j g(r_ij) ⊗ (1, x/r, y/r, z/r)    [4 functions of each element, 4]
///     D = A·Aᵀ                                  its upper triangle
///
/// then the mean of D over the atoms of each element, and D of one atom: that on which the models disagree most, which a mean
/// would drown. Each of these parts is compared on the scale of its own spread.
struct Fingerprint: Sendable {
    /// Å.
    static let cutoff = 6.0
    /// Å: where the four functions are centred, and their width.
    private static let centres: [Float] = [2.0, 3.2, 4.4, 5.6]
    private static let width: Float = 0.7

    /// [elements + 1, `part`].
    let values: [Float]
    /// How long a part is.
    let part: Int

    /// - Parameters:
    ///   - elements: of all frames that are compared, in one order.
    ///   - atom: on which the models disagree most; nil takes the mean over all.
    /// - Throws: `InputError` when the structure has no neighbour list.
    init(_ structure: Structure, elements: [Species], atom: Int?) throws {
        let list = try NeighbourList(structure, cutoff: Self.cutoff)
        let functions = Self.centres.count * elements.count
        let part = functions * (functions + 1) / 2
        var means = [Float](repeating: 0, count: (elements.count + 1) * part)
        let types = structure.species.map { elements.firstIndex(of: $0) ?? 0 }
        var counts = [Float](repeating: 0, count: elements.count)
        for type in types { counts[type] += 1 }
        var a = [SIMD4<Float>](repeating: .zero, count: functions)
        for centre in 0..<structure.count {
            for m in a.indices { a[m] = .zero }
            for entry in list.entries(of: centre) {
                let vector = list.displacement(entry, from: centre, in: structure)
                let r = vector.norm
                guard r > 0.01 else { continue }
                let direction = SIMD4<Float>(1, Float(vector.x / r), Float(vector.y / r), Float(vector.z / r))
                let distance = Float(r)
                let smooth = 0.5 * (1 + cos(Float.pi * distance / Float(Self.cutoff)))
                let first = types[Int(list.neighbours[entry])] * Self.centres.count
                for (k, middle) in Self.centres.enumerated() {
                    let x = (distance - middle) / Self.width
                    a[first + k] += smooth * exp(-0.5 * x * x) * direction
                }
            }
            let isWorst = atom == nil || atom == centre
            let share = atom == nil ? 1 / Float(structure.count) : 1
            let weight = 1 / counts[types[centre]]
            let own = types[centre] * part
            let last = elements.count * part
            var k = 0
            for m in 0..<functions {
                for n in m..<functions {
                    let d = (a[m] * a[n]).sum()
                    means[own + k] += weight * d
                    if isWorst { means[last + k] += share * d }
                    k += 1
                }
            }
        }
        values = means
        self.part = part
    }

    /// Of those that are not compared.
    static let empty = Fingerprint(values: [], part: 1)

    private init(values: [Float], part: Int) {
        self.values = values
        self.part = part
    }

    /// The spread of each part over some frames: the root mean square distance from their mean.
    static func scales(_ frames: [Fingerprint]) -> [Float] {
        guard let first = frames.first else { return [] }
        let parts = first.values.count / first.part
        var mean = [Float](repeating: 0, count: first.values.count)
        for frame in frames {
            for k in mean.indices { mean[k] += frame.values[k] / Float(frames.count) }
        }
        return (0..<parts).map { part in
            let range = part * first.part..<(part + 1) * first.part
            let sum = frames.reduce(Float(0)) { sum, frame in
                range.reduce(sum) { $0 + (frame.values[$1] - mean[$1]) * (frame.values[$1] - mean[$1]) }
            }
            let spread = (sum / Float(frames.count)).squareRoot()
            // An element that is not there has none, and no distance either.
            return spread > 0 ? spread : 1
        }
    }

    /// The values over the spread of their parts: Euclidean distances of these are compared.
    func scaled(_ scales: [Float]) -> [Float] { values.indices.map { values[$0] / scales[$0 / part] } }
}
