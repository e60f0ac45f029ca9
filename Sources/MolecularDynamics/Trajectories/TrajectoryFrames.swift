import Files
import Foundation
import Statistics
import Structures

/// The frames of a trajectory file, H5MD or extended XYZ, with their times: the same atoms in the same order in each.
struct TrajectoryFrames {
    /// What files may leave open.
    struct Options {
        /// Time between frames (ps).
        var interval: Double?
        /// Of the file's times, where it names no unit; nil takes ps.
        var timeUnit: TimeUnit?
        /// Of all frames, where the file has none.
        var cell: Cell?
        /// The atoms, where the file does not name them.
        var species: [Species]?
    }

    /// One frame as it stands in the file.
    struct Frame {
        var structure: Structure
        /// Cells that each atom has left behind, where the file tells.
        var images: [SIMD3<Double>]?
    }

    /// Frames in all.
    let count: Int
    /// Time between frames (ps).
    let interval: Double
    /// What the user should know of the file.
    let remarks: [String]
    private let path: String
    private let species: [Species]
    private let read: (Int) throws -> Frame

    /// - Throws: `InputError` for a fault in the file, fewer than two frames, or times that are missing or not even.
    init(_ path: String, _ options: Options) throws {
        self.path = path
        let source: TrajectorySource
        if path.hasSuffix(".h5") || path.hasSuffix(".h5md") {
            source = try TrajectorySource(h5md: path, options)
        } else if try StructureFile.format(of: path) == .extendedXYZ {
            source = try TrajectorySource(extendedXYZ: path, options)
        } else {
            throw InputError(
                file: path, problem: "this is no trajectory", mend: "give H5MD (*.h5) or extended XYZ (*.extxyz)")
        }
        (count, read) = (source.times.count, source.read)
        guard count >= 2 else {
            throw InputError(
                file: path, problem: "the trajectory has \(count) frames", mend: "at least two are needed")
        }
        if let given = options.interval {
            guard given > 0, given.isFinite else {
                throw InputError(
                    place: "--frame-interval", problem: "\(given) ps is no time between frames",
                    mend: "give a time above zero")
            }
            interval = given
            remarks = source.remarks
        } else {
            interval = try Self.interval(of: source.times, path)
            remarks = source.remarks + source.timeRemarks
        }
        species = try source.read(0).structure.species
    }

    /// - Throws: `InputError` when the frame is damaged, or its atoms are not those of the first.
    func frame(_ index: Int) throws -> Frame {
        do {
            let frame = try read(index)
            let found = frame.structure.species
            guard found.count == species.count else {
                throw InputError(problem: "the frame has \(found.count) atoms, the first \(species.count)")
            }
            if let atom = found.indices.first(where: { found[$0] != species[$0] }) {
                throw InputError(
                    place: "atom \(atom + 1)", problem: "this is \(found[atom]), in the first frame \(species[atom])",
                    mend: "atoms must keep their order; a column `id` lets them be sorted")
            }
            return frame
        } catch var error as InputError {
            error.file = error.file ?? path
            if error.place?.contains("frame") != true {
                error.place = ["frame \(index)", error.place].compactMap { $0 }.joined(separator: ", ")
            }
            throw error
        }
    }

    private static func interval(of times: [Double?], _ path: String) throws -> Double {
        guard let first = times[0], let second = times[1], second > first, first.isFinite, second.isFinite else {
            throw InputError(
                file: path, place: "frame 0", problem: "the times of the frames are not told",
                mend: "give the time between frames (ps) with --frame-interval")
        }
        // The mean is exact where times are written with few digits.
        let mean = times[times.count - 1].map { ($0 - first) / Double(times.count - 1) }
        let step = second - first
        let interval = mean.flatMap { abs($0 - step) < 0.01 * step ? $0 : nil } ?? step
        for (frame, time) in times.enumerated() {
            // A hundredth of an interval: times are written with few digits.
            guard let time, abs(time - first - Double(frame) * interval) < 0.01 * interval else {
                throw InputError(
                    file: path, place: "frame \(frame)",
                    problem:
                        "its time is \(time.map { "\($0)" } ?? "missing"), not \(first + Double(frame) * interval) ps",
                    mend: "give a trajectory with even intervals, or tell the interval with --frame-interval")
            }
        }
        return interval
    }
}
