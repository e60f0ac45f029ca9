import Files
import Structures

/// A structure that waits for its labels.
public struct QueuedFrame: Sendable {
    /// The dataset that the labels go to, a relative path below each level's folder: "Li10GeP2S12-perturbed".
    public var dataset: String
    /// Where the structure comes from, for the manifest.
    public var source: String
    /// Its place there; the dataset keeps this order.
    public var index: Int
    public var structure: Structure
    /// The order of the elements in the dataset's types.
    public var typeMap: [String]

    public init(dataset: String, source: String, index: Int, structure: Structure, typeMap: [String]) {
        self.dataset = dataset
        self.source = source
        self.index = index
        self.structure = structure
        self.typeMap = typeMap
    }

    /// The type of every atom, its element's place in the type map.
    ///
    /// - Throws: `InputError` for an element that is not in it.
    public var types: [Int] {
        get throws {
            try structure.species.enumerated().map { atom, species in
                guard let type = typeMap.firstIndex(of: species.symbol) else {
                    throw InputError(
                        file: source, place: "frame \(index), atom \(atom)",
                        problem: "\(species) is not in the type map \(typeMap.joined(separator: " "))")
                }
                return type
            }
        }
    }

    /// Every frame of a labelled system, whose own labels are not looked at.
    public static func frames(of system: LabelledSystem) throws -> [QueuedFrame] {
        try (0..<system.frameCount).map {
            QueuedFrame(
                dataset: system.name, source: system.name, index: $0, structure: try system.structure(frame: $0),
                typeMap: system.typeMap)
        }
    }

    /// Frames taken in turn from several lists, so that whatever is done when a run ends is balanced.
    public static func interleaved(_ lists: [[QueuedFrame]]) -> [QueuedFrame] {
        (0..<(lists.map(\.count).max() ?? 0)).flatMap { index in
            lists.compactMap { index < $0.count ? $0[index] : nil }
        }
    }
}
