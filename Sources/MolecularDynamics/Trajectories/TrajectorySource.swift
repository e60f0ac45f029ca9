import Files
import Structures

/// A trajectory file of some format: its times, and how a frame is read.
struct TrajectorySource {
    /// ps; nil where the file tells none.
    let times: [Double?]
    let read: (Int) throws -> TrajectoryFrames.Frame
    /// What the user should know of the file.
    private(set) var remarks: [String] = []
    /// What the user should know of its times, where they are used.
    private(set) var timeRemarks: [String] = []

    init(h5md path: String, _ options: TrajectoryFrames.Options) throws {
        let reader = try H5MDReader(path, species: options.species)
        let unit = try Self.unit(options, named: reader.hasTimeUnit ? .picoseconds : nil, path)
        let factor = reader.hasTimeUnit ? 1 : unit.inPicoseconds
        times = try reader.times().map { time in time.map { factor * $0 } }
        read = { index in
            let frame = try reader.frame(index)
            return .init(structure: frame.structure, images: frame.images)
        }
        remarks = reader.remarks
        if !reader.hasTimeUnit, options.timeUnit == nil, reader.hasTimes { timeRemarks = [Self.assumed(path)] }
    }

    init(extendedXYZ path: String, _ options: TrajectoryFrames.Options) throws {
        let frames = try ExtendedXYZ.read(path)
        var isUnitNamed = true
        times = try frames.enumerated().map { index, frame in
            // LAMMPS writes "Time".
            guard let text = frame.information["time"] ?? frame.information["Time"] else { return nil }
            guard let value = Double(text), value.isFinite else {
                throw InputError(file: path, place: "frame \(index)", problem: "the time '\(text)' is no number")
            }
            let named = try frame.information[TimeUnit.key].map { name in
                guard let unit = TimeUnit(rawValue: name) else {
                    throw InputError(
                        file: path, place: "frame \(index)", problem: "the unit of time '\(name)' is not known",
                        mend: "write fs, ps or ns")
                }
                return unit
            }
            if named == nil { isUnitNamed = false }
            return value * (try Self.unit(options, named: named, path)).inPicoseconds
        }
        let given = options.cell
        read = { index in
            let frame = frames[index]
            var structure = frame.structure
            if !frame.hasCell {
                guard let given else {
                    throw InputError(
                        file: path, place: "frame \(index)",
                        problem: "the file does not tell the cell, without which positions cannot be unwrapped",
                        mend: "give its edges (Å) with --cell, or write Lattice=\"...\"")
                }
                structure.cell = given
                structure.isPeriodic = true
            }
            return .init(structure: structure, images: try Self.images(frame, path))
        }
        if !isUnitNamed, options.timeUnit == nil { timeRemarks = [Self.assumed(path)] }
        if given != nil, frames.contains(where: \.hasCell) {
            remarks.append("\(path): the file tells its cell; --cell was not used")
        }
    }

    /// The unit of a file's times.
    private static func unit(
        _ options: TrajectoryFrames.Options, named: TimeUnit?, _ path: String
    ) throws -> TimeUnit {
        if let named, let given = options.timeUnit, given != named {
            throw InputError(
                file: path, problem: "the file names the unit of its times; \(given.rawValue) is not that",
                mend: "leave out --time-unit")
        }
        return named ?? options.timeUnit ?? .picoseconds
    }

    private static func assumed(_ path: String) -> String {
        "\(path): the file does not name the unit of its times; they were taken as ps (see --time-unit)"
    }

    /// The image flags of LAMMPS's columns ix, iy and iz.
    private static func images(_ frame: ExtendedXYZ.Frame, _ path: String) throws -> [SIMD3<Double>]? {
        let columns = ["ix", "iy", "iz"].compactMap { name in frame.columns.first { $0.name == name && $0.width == 1 } }
        guard columns.count == 3 else { return nil }
        return try (0..<frame.structure.count).map { atom in
            let flags = columns.map { Count.exactly($0.words[atom], in: -1_000_000...1_000_000) }
            guard let x = flags[0], let y = flags[1], let z = flags[2] else {
                throw InputError(file: path, place: "atom \(atom + 1)", problem: "the image flags are no whole numbers")
            }
            return SIMD3(Double(x), Double(y), Double(z))
        }
    }
}
