import CHDF5
import DeepPotential
import Files
import Foundation
import Structures

/// Reads the H5MD files that `H5MDTrajectory` writes, frame by frame.
public final class H5MDReader {
    /// One frame of the trajectory.
    public struct Frame: Equatable, Sendable {
        public var step: Int
        /// ps.
        public var time: Double
        /// The atoms of the file, with velocities when the file has them. Single precision.
        public var structure: Structure
    }

    public let path: String
    public let frameCount: Int
    /// One per atom of the file.
    public let species: [Species]
    /// The atoms' places in the simulated structure, from 0.
    public let atoms: [Int]
    let series: H5MDWriter.SeriesSet
    private let file: hid_t
    private let isPeriodic: Bool

    private static let group = "particles/atoms"

    /// - Throws: `InputError` when the file is missing, no HDF5, or lacks what an H5MD trajectory has.
    public init(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw InputError(file: path, problem: "there is no such file")
        }
        self.path = path
        (file, series, species, atoms, isPeriodic, frameCount) = try HDF5Library.withLock {
            // The single-writer mode's reader also opens files whose writer was killed.
            let file = H5Fopen(path, lgps_h5f_acc_rdonly() | lgps_h5f_acc_swmr_read(), lgps_h5p_default())
            guard file >= 0 else {
                throw InputError(
                    file: path, problem: "cannot be opened as HDF5",
                    mend: "give an H5MD file written by this program; this one is damaged or something else")
            }
            do {
                let series = try Self.open(file, path)
                let count = series.position.shape[0]
                let ids = try Self.integers("id", count, in: file, path)
                return (
                    file, series, try Self.species(count, in: file, path), ids.map { Int($0) - 1 },
                    try Self.isPeriodic(file, path), try series.all.map { try $0.frameCount() }.min()!
                )
            } catch {
                H5Fclose(file)
                throw error
            }
        }
    }

    deinit {
        HDF5Library.withLock {
            for series in series.all { series.close() }
            H5Fclose(file)
        }
    }

    private static func open(_ file: hid_t, _ path: String) throws -> H5MDWriter.SeriesSet {
        for name in ["particles", group, "\(group)/position", "\(group)/box", "\(group)/box/edges"]
        where H5Lexists(file, name, lgps_h5p_default()) <= 0 {
            throw InputError(
                file: path, place: name, problem: "this group is missing",
                mend: "give an H5MD file written by this program")
        }
        func series(_ name: String, _ dimensions: Int, _ kind: HDF5Series.Kind) throws -> HDF5Series {
            try HDF5Series(opening: "\(group)/\(name)", in: file, dimensions: dimensions, kind, path: path)
        }
        let hasVelocity = H5Lexists(file, "\(group)/velocity", lgps_h5p_default()) > 0
        return H5MDWriter.SeriesSet(
            step: try series("position/step", 0, .int64), time: try series("position/time", 0, .double),
            position: try series("position/value", 2, .float), edges: try series("box/edges/value", 2, .double),
            velocity: hasVelocity ? try series("velocity/value", 2, .float) : nil)
    }

    /// Frame `index`, from 0.
    public func frame(_ index: Int) throws -> Frame {
        precondition(0..<frameCount ~= index, "a frame of the file")
        return try HDF5Library.withLock {
            var (step, time) = (Int64(0), 0.0)
            var vectors = [Double](repeating: 0, count: 9)
            try series.step.read(&step, first: index)
            try series.time.read(&time, first: index)
            try series.edges.read(&vectors, first: index)
            let structure = Structure(
                cell: try Cell(Matrix3(rowMajor: vectors)), species: species,
                positions: try Self.vectors(series.position, index),
                velocities: try series.velocity.map { try Self.vectors($0, index) }, isPeriodic: isPeriodic)
            return Frame(step: Int(step), time: time, structure: structure)
        }
    }

    private static func species(_ count: Int, in file: hid_t, _ path: String) throws -> [Species] {
        try integers("species", count, in: file, path).map { number in
            guard let species = Species(atomicNumber: Int(number)) else {
                throw InputError(file: path, place: "species", problem: "\(number) is not the number of an element")
            }
            return species
        }
    }

    private static func vectors(_ series: HDF5Series, _ frame: Int) throws -> [SIMD3<Double>] {
        var values = [Float](repeating: 0, count: series.valuesPerFrame)
        try series.read(&values, first: frame)
        return (0..<values.count / 3).map {
            SIMD3<Double>(SIMD3(values[3 * $0], values[3 * $0 + 1], values[3 * $0 + 2]))
        }
    }

    private static func integers(_ name: String, _ count: Int, in file: hid_t, _ path: String) throws -> [Int32] {
        let name = "\(group)/\(name)"
        guard H5Lexists(file, name, lgps_h5p_default()) > 0 else {
            throw InputError(file: path, place: name, problem: "this dataset is missing")
        }
        let dataset = try HDF5.check(H5Dopen2(file, name, lgps_h5p_default()), path)
        defer { H5Dclose(dataset) }
        guard try HDF5.extent(of: dataset, path) == [count] else {
            throw InputError(file: path, place: name, problem: "there is not one value per atom")
        }
        var values = [Int32](repeating: 0, count: count)
        try HDF5.check(H5Dread(dataset, lgps_h5t_native_int32(), 0, 0, lgps_h5p_default(), &values), path)
        return values
    }

    private static func isPeriodic(_ file: hid_t, _ path: String) throws -> Bool {
        let box = try HDF5.check(H5Gopen2(file, "\(group)/box", lgps_h5p_default()), path)
        defer { H5Gclose(box) }
        let attribute = try HDF5.check(H5Aopen(box, "boundary", lgps_h5p_default()), path)
        defer { H5Aclose(attribute) }
        let type = try HDF5.check(H5Aget_type(attribute), path)
        defer { H5Tclose(type) }
        var words = [UnsafeMutablePointer<CChar>?](repeating: nil, count: 3)
        guard H5Tis_variable_str(type) > 0, H5Aread(attribute, type, &words) >= 0 else {
            throw InputError(file: path, place: "box", problem: "the attribute boundary is not text of variable length")
        }
        defer { for word in words { H5free_memory(word) } }
        return words.allSatisfy { $0.map { String(cString: $0) } == "periodic" }
    }
}
