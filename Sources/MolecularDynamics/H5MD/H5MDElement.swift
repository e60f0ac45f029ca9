import Files
import Foundation

/// An element of an H5MD file (https://www.nongnu.org/h5md/h5md.html, "H5MD elements"): fixed, a dataset; or changing with
/// time, a group of `value`, `step` and, mostly, `time`.
///
/// All methods are called inside `HDF5Library.withLock`.
final class H5MDElement {
    /// When frames were taken.
    enum Times {
        /// One value per frame.
        case listed(HDF5InputDataset)
        /// Value per frame, and value of the first.
        case even(Double, offset: Double)
    }

    let name: String
    /// Of one frame.
    let shape: [Int]
    /// Nil for a fixed element.
    let frameCount: Int?
    /// Whether the values' unit is named.
    let hasUnit: Bool
    /// Whether the times' unit is named.
    let hasTimeUnit: Bool
    let times: Times?
    private let steps: Times?
    private let values: HDF5InputDataset
    private let factor: Double
    private let timeFactor: Double
    private let input: HDF5Input

    /// Opens the element; nil when there is none.
    ///
    /// - Parameters:
    ///   - frameDimensions: numbers of dimensions that one frame may have.
    ///   - length: the power of length in the values' unit; values come in Å and ps.
    ///   - time: the power of time in it.
    init?(_ name: String, in input: HDF5Input, frameDimensions: [Int], length: Int = 0, time: Int = 0) throws {
        guard input.has(name) else { return nil }
        self.name = name
        self.input = input
        let isFixed = input.isDataset(name)
        let place = isFixed ? name : "\(name)/value"
        values = try HDF5InputDataset(place, in: input)
        let dimensions = values.shape.count - (isFixed ? 0 : 1)
        guard frameDimensions.contains(dimensions) else {
            throw input.failure(
                place, "the dataset has \(values.shape.count) dimensions",
                mend: "expected \(frameDimensions.map { "\($0 + (isFixed ? 0 : 1))" }.joined(separator: " or "))")
        }
        shape = isFixed ? values.shape : Array(values.shape.dropFirst())
        frameCount = isFixed ? nil : values.shape[0]
        guard shape.allSatisfy({ $0 > 0 }) else { throw input.failure(place, "the dataset holds nothing") }
        let unit = try Self.unit(of: place, in: input, length: length, time: time)
        (hasUnit, factor) = (unit != nil, unit ?? 1)
        times = isFixed ? nil : try Self.times("\(name)/time", in: input, frames: values.shape[0])
        steps = isFixed ? nil : try Self.times("\(name)/step", in: input, frames: values.shape[0])
        let timeUnit = times == nil ? nil : try Self.unit(of: "\(name)/time", in: input, length: 0, time: 1)
        (hasTimeUnit, timeFactor) = (timeUnit != nil, timeUnit ?? 1)
    }

    func failure(_ problem: String, mend: String? = nil) -> InputError { input.failure(name, problem, mend: mend) }

    /// The values of one frame, row-major, in Å and ps.
    func frame(_ index: Int) throws -> [Double] {
        guard let frameCount else { return scaled(try values.all()) }
        return scaled(try values.rows(frameCount == 1 ? 0 : index))
    }

    /// The time of a frame (ps); nil when the file tells none.
    func time(_ index: Int) throws -> Double? { try times.map { timeFactor * (try Self.value($0, index)) } }

    /// The times of all frames.
    func allTimes() throws -> [Double?] {
        guard let times, let frameCount else { return [Double?](repeating: nil, count: frameCount ?? 0) }
        switch times {
        case .listed(let dataset): return try dataset.rows(0, count: frameCount).map { timeFactor * $0 }
        case .even: return try (0..<frameCount).map { timeFactor * (try Self.value(times, $0)) }
        }
    }

    /// The step of a frame; its number when the file tells none.
    func step(_ index: Int) throws -> Int {
        guard let steps else { return index }
        let value = try Self.value(steps, index)
        guard let step = Count.exactly(value, in: 0...Int.max / 2) else { throw failure("the step \(value) is none") }
        return step
    }

    private func scaled(_ values: [Double]) -> [Double] { factor == 1 ? values : values.map { factor * $0 } }

    private static func value(_ times: Times, _ index: Int) throws -> Double {
        switch times {
        case .listed(let dataset): try dataset.rows(index)[0]
        case .even(let interval, let offset): offset + Double(index) * interval
        }
    }

    private static func times(_ name: String, in input: HDF5Input, frames: Int) throws -> Times? {
        guard input.has(name) else { return nil }
        let dataset = try HDF5InputDataset(name, in: input)
        switch dataset.shape.count {
        case 0: return .even(try dataset.all()[0], offset: input.number("offset", of: name) ?? 0)
        case 1 where dataset.shape[0] >= frames: return .listed(dataset)
        default:
            throw input.failure(name, "the shape is \(dataset.shape) where there are \(frames) frames")
        }
    }

    /// The factor that makes Å and ps of a dataset's values; nil when no unit is named.
    private static func unit(of name: String, in input: HDF5Input, length: Int, time: Int) throws -> Double? {
        guard length != 0 || time != 0, let words = try input.texts("unit", of: name), let text = words.first,
            !text.isEmpty
        else { return nil }
        guard let unit = UnitExpression(text) else {
            throw input.failure(
                "\(name)@unit", "the unit '\(text)' is not understood",
                mend: "known are Angstrom, nm, pm, m, fs, ps, ns, s")
        }
        guard (unit.length, unit.time) == (length, time) else {
            throw input.failure("\(name)@unit", "the unit '\(text)' is not one of this quantity")
        }
        return unit.factor
    }
}
