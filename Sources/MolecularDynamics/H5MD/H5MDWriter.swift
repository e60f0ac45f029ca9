import CHDF5
import DeepPotential
import Files
import Foundation
import Structures

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes an H5MD file, version 1.1 (de Buyl, Colberg, Höfling, Comput. Phys. Commun. 185, 1546 (2014);
/// https://www.nongnu.org/h5md/h5md.html), which MDAnalysis and VMD read.
///
///     particles/atoms/species         [N] atomic numbers
///     particles/atoms/id              [N] the atoms' places in the structure, from 1
///     particles/atoms/position        step, time (ps), value [frames, N, 3] (Å)
///     particles/atoms/velocity        value [frames, N, 3] (Å/ps), optional
///     particles/atoms/box/edges       value [frames, 3, 3] (Å), rows a, b, c
///
/// The file is written in HDF5's single-writer mode: whenever the process dies, the frames of the last `flush` can be
/// read (with `swmr=True` in h5py; a resumed run makes the file whole again).
final class H5MDWriter {
    struct Contents {
        var species: [Species]
        /// From 0.
        var atoms: [Int]
        var isPeriodic: Bool
        var hasVelocities: Bool
    }

    private(set) var path: String
    private(set) var frameCount = 0
    private var file: hid_t
    private let series: SeriesSet
    /// Whether a write was refused, as by a full disk. HDF5 then damages the file if it goes on, even by closing it; left
    /// alone it holds the frames of the last flush, as if the process had been killed.
    private var hasFailed = false

    /// The growing datasets.
    struct SeriesSet {
        var step: HDF5Series
        var time: HDF5Series
        var position: HDF5Series
        var edges: HDF5Series
        var velocity: HDF5Series?

        var all: [HDF5Series] { [step, time, position, edges] + (velocity.map { [$0] } ?? []) }
    }

    /// Creates the file, or empties it.
    init(creating path: String, _ contents: Contents) throws {
        self.path = path
        (file, series) = try HDF5Library.withLock {
            let access = try HDF5.check(H5Pcreate(lgps_h5p_file_access()), path)
            defer { H5Pclose(access) }
            // The single-writer mode needs the indices of HDF5 1.10.
            try HDF5.check(H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110), path)
            let file = try HDF5.check(H5Fcreate(path, lgps_h5f_acc_trunc(), lgps_h5p_default(), access), path)
            do {
                try Self.writeMetadata(file, path)
                let series = try Self.makeParticles(contents, in: file, path)
                try HDF5.check(H5Fstart_swmr_write(file), path)
                return (file, series)
            } catch {
                H5Fclose(file)
                throw error
            }
        }
    }

    deinit { try? close() }

    private static func writeMetadata(_ file: hid_t, _ path: String) throws {
        let h5md = try HDF5.group("h5md", in: file, path)
        defer { H5Gclose(h5md) }
        try HDF5.attribute("version", [1, 1], isArray: true, of: h5md, path)
        for (name, attributes) in [
            ("author", ["name": "unknown"]), ("creator", ["name": "lgps-bench", "version": "1"]),
        ] {
            let group = try HDF5.group(name, in: h5md, path)
            defer { H5Gclose(group) }
            for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
                try HDF5.attribute(key, [value], isArray: false, of: group, path)
            }
        }
    }

    /// The group particles/atoms with everything in it.
    private static func makeParticles(_ contents: Contents, in file: hid_t, _ path: String) throws -> SeriesSet {
        let particles = try HDF5.group("particles", in: file, path)
        defer { H5Gclose(particles) }
        let atoms = try HDF5.group("atoms", in: particles, path)
        defer { H5Gclose(atoms) }
        try HDF5.write(
            contents.atoms.map { Int32(contents.species[$0].atomicNumber) }, as: "species", in: atoms, path)
        try HDF5.write(contents.atoms.map { Int32($0 + 1) }, as: "id", in: atoms, path)
        let count = contents.atoms.count

        let position = try HDF5.group("position", in: atoms, path)
        defer { H5Gclose(position) }
        let step = try HDF5Series(
            creating: "step", in: position, shape: [], .int64, unit: nil, path: path)
        let time = try HDF5Series(creating: "time", in: position, shape: [], .double, unit: "ps", path: path)
        func shareTimes(with group: hid_t) throws {
            for name in ["step", "time"] {
                try HDF5.check(
                    H5Lcreate_hard(position, name, group, name, lgps_h5p_default(), lgps_h5p_default()), path)
            }
        }

        let box = try HDF5.group("box", in: atoms, path)
        defer { H5Gclose(box) }
        try HDF5.attribute("dimension", [3], isArray: false, of: box, path)
        try HDF5.attribute(
            "boundary", Array(repeating: contents.isPeriodic ? "periodic" : "none", count: 3), isArray: true, of: box,
            path)
        let edges = try HDF5.group("edges", in: box, path)
        defer { H5Gclose(edges) }
        try shareTimes(with: edges)

        var velocity: HDF5Series?
        if contents.hasVelocities {
            let group = try HDF5.group("velocity", in: atoms, path)
            defer { H5Gclose(group) }
            try shareTimes(with: group)
            velocity = try HDF5Series(
                creating: "value", in: group, shape: [count, 3], .float, unit: "Angstrom ps-1", path: path)
        }
        return SeriesSet(
            step: step, time: time,
            position: try HDF5Series(
                creating: "value", in: position, shape: [count, 3], .float, unit: "Angstrom", path: path),
            edges: try HDF5Series(
                creating: "value", in: edges, shape: [3, 3], .double, unit: "Angstrom", path: path),
            velocity: velocity)
    }

    /// Appends a frame.
    ///
    /// - Parameters:
    ///   - positions: of the atoms that the file holds (Å), flat.
    ///   - velocities: Å/ps, flat, when the file has them.
    func append(step frameStep: Int, time frameTime: Double, cell: Cell, positions: [Float], velocities: [Float]?)
        throws
    {
        try writing {
            var stepValue = Int64(frameStep)
            var timeValue = frameTime
            try series.position.write(positions, first: frameCount)
            if let velocities { try series.velocity?.write(velocities, first: frameCount) }
            try series.edges.write(cell.vectors.rowMajor, first: frameCount)
            try series.time.write(&timeValue, first: frameCount)
            try series.step.write(&stepValue, first: frameCount)
        }
        frameCount += 1
    }

    /// Appends the first `count` frames of another file of the same contents, whose numbers come out as they went in.
    func append(first count: Int, of source: H5MDReader) throws {
        func flat(_ vectors: [SIMD3<Double>]) -> [Float] {
            vectors.flatMap { [Float($0.x), Float($0.y), Float($0.z)] }
        }
        for index in 0..<count {
            let frame = try source.frame(index)
            guard let time = frame.time else {
                throw InputError(file: source.path, place: "frame \(index)", problem: "the frame has no time")
            }
            try append(
                step: frame.step, time: time, cell: frame.structure.cell, positions: flat(frame.structure.positions),
                velocities: frame.structure.velocities.map(flat))
        }
    }

    private func writing(_ body: () throws -> Void) throws {
        do {
            try HDF5Library.withLock(body)
        } catch {
            hasFailed = true
            throw error
        }
    }

    /// Forces all frames to disk.
    func flush() throws {
        try writing { _ = try HDF5.check(H5Fflush(file, H5F_SCOPE_GLOBAL), path) }
        try synchroniseFile(path)
    }

    /// Gives the open file another name, that of a file which it replaces.
    func move(to newPath: String) throws {
        guard rename(path, newPath) == 0 else {
            throw InputError(file: newPath, problem: "cannot be replaced: \(String(cString: strerror(errno)))")
        }
        path = newPath
    }

    /// Flushes and closes; nothing can be appended afterwards.
    func close() throws {
        guard file >= 0, !hasFailed else { return }
        try HDF5Library.withLock {
            for series in series.all { series.close() }
            let status = H5Fclose(file)
            file = -1
            _ = try HDF5.check(status, path)
        }
    }
}

/// Forces what any process has written to a file to disk.
private func synchroniseFile(_ path: String) throws {
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
        throw InputError(
            file: path, problem: "cannot be forced to disk: \(String(cString: strerror(errno)))",
            mend: "check that the disk has space left")
    }
}
