import Files
import Foundation
import Structures

/// The frames of a trajectory file, H5MD or extended XYZ, with their times.
struct TrajectoryFrames {
    /// Frames in all.
    let count: Int
    /// Time between frames (ps).
    let interval: Double
    private let path: String
    private let read: (Int) throws -> Structure

    /// - Parameter interval: ps, for files that do not tell times; nil takes the file's.
    /// - Throws: `InputError` for a fault in the file, fewer than two frames, or times that are missing or not even.
    init(_ path: String, interval given: Double?) throws {
        self.path = path
        let times: [Double?]
        if path.hasSuffix(".h5") || path.hasSuffix(".h5md") {
            let reader = try H5MDReader(path)
            times = try (0..<reader.frameCount).map { try reader.frame($0).time }
            read = { try reader.frame($0).structure }
        } else if try StructureFile.format(of: path) == .extendedXYZ {
            let frames = try ExtendedXYZ.read(path)
            times = frames.map { $0.information["time"].flatMap { Double($0) } }
            read = { frames[$0].structure }
        } else {
            throw InputError(
                file: path, problem: "this is no trajectory", mend: "give H5MD (*.h5) or extended XYZ (*.extxyz)")
        }
        count = times.count
        guard count >= 2 else {
            throw InputError(
                file: path, problem: "the trajectory has \(times.count) frames", mend: "at least two are needed")
        }
        interval = try given ?? Self.interval(of: times, path)
    }

    func structure(_ frame: Int) throws -> Structure {
        do {
            return try read(frame)
        } catch var error as InputError {
            error.file = error.file ?? path
            throw error
        }
    }

    private static func interval(of times: [Double?], _ path: String) throws -> Double {
        guard let first = times[0], let second = times[1], second > first else {
            throw InputError(
                file: path, place: "frame 0", problem: "the times of the frames are not told",
                mend: "give the time between frames (ps) with --frame-interval")
        }
        let interval = second - first
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
