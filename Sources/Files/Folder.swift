import Foundation

/// Folders for results.
public enum Folder {
    /// Makes `path` and its parents, where they are not there yet.
    ///
    /// - Throws: `InputError` naming the folder and the system's reason.
    public static func make(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw InputError(
                file: path, problem: "the folder cannot be made: \(reason(error))",
                mend: "choose another, or change permissions; no file may have its name")
        }
    }

    /// Makes `path` (and its parents) and proves that files can be written there.
    ///
    /// Call it before any work, so that hours of computing never end at a folder without permission.
    /// - Throws: `InputError` naming the folder and the system's reason.
    public static func prepare(_ path: String) throws {
        do {
            try make(path)
        } catch var error as InputError {
            error.mend = "choose another with --output, or change permissions; no file may have its name"
            throw error
        }
        let probe = TemporaryName.beside("\(path)/.probe")
        do {
            try AtomicFile.write("", to: probe)
        } catch let error as InputError {
            throw InputError(
                file: path, problem: "the output folder is not writable: a file in it \(error.problem)",
                mend: "choose another with --output, or change its permissions")
        }
        try? FileManager.default.removeItem(atPath: probe)
    }

    static let temporaryStem = ".drawing"

    /// A new empty folder inside `folder`, for the caller to remove; `TemporaryName.removeLeftovers` removes those of the dead.
    public static func temporary(in folder: String) throws -> String {
        let path = TemporaryName.beside("\(folder)/\(temporaryStem)")
        try prepare(path)
        return path
    }

    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        guard let underlying, underlying.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
        return String(cString: strerror(Int32(underlying.code)))
    }
}
