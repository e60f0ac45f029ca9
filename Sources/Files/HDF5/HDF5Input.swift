import CHDF5
import Foundation

/// An HDF5 file that someone else may have written, or damaged: the one way to read HDF5 in this program.
///
/// A child process reads the file first (see `trial.h`), since HDF5 itself hangs or crashes on some damaged files. Every
/// name, type and extent is looked at before anything is read into memory, and no dataset may claim more values than the
/// file can hold.
///
/// All methods are called inside `HDF5Library.withLock`.
public final class HDF5Input {
    public let path: String
    let file: hid_t
    /// Bytes of the file.
    public let size: Int

    /// - Parameter isLive: whether the file may be one that a killed process was writing in HDF5's single-writer mode.
    /// - Throws: `InputError` when there is no such file, or it is no HDF5 or damaged.
    public init(_ path: String, isLive: Bool = false) throws {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else {
            throw InputError(file: path, problem: "there is no such file")
        }
        guard !InputFile.isFolder(path) else {
            throw InputError(file: path, problem: "this is a folder", mend: "name a file")
        }
        size = ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber)?.intValue ?? 0
        let damaged = InputError(
            file: path, problem: "cannot be opened as HDF5",
            mend: "the file is damaged, cut off, or something else; write or copy it again")
        let plain = lgps_h5f_acc_rdonly()
        let ways = isLive ? [plain, plain | lgps_h5f_acc_swmr_read()] : [plain]
        for flags in ways {
            // Five seconds are far more than the structure of any file takes; its numbers come on top.
            let seconds = UInt32(5 + min(size / 50_000_000, 600))
            guard lgps_hdf5_trial(path, flags, seconds, 32_000_000) != 0 else {
                throw InputError(
                    file: path, problem: "the file is damaged: HDF5 crashes or never ends when it reads it",
                    mend: "write or copy it again")
            }
            let opened = lgps_hdf5_open(path, flags)
            guard opened >= 0 else { continue }
            file = opened
            return
        }
        throw damaged
    }

    deinit { _ = HDF5Library.withLock { H5Fclose(file) } }

    /// Whether an object of this name is there, and within this file.
    public func has(_ name: String) -> Bool { kind(of: name) != nil }

    public func isGroup(_ name: String) -> Bool { kind(of: name) == H5I_GROUP }

    public func isDataset(_ name: String) -> Bool { kind(of: name) == H5I_DATASET }

    private func kind(of name: String) -> H5I_type_t? {
        var way = ""
        for part in name.split(separator: "/") {
            way += "/\(part)"
            guard H5Lexists(file, way, lgps_h5p_default()) > 0 else { return nil }
        }
        let object = H5Oopen(file, way.isEmpty ? "/" : way, lgps_h5p_default())
        guard object >= 0 else { return nil }
        defer { H5Oclose(object) }
        return H5Iget_type(object)
    }

    /// The names in a group, sorted.
    public func names(in group: String) throws -> [String] {
        let object = H5Oopen(file, group, lgps_h5p_default())
        guard object >= 0, H5Iget_type(object) == H5I_GROUP else {
            throw failure(group, "this group is missing")
        }
        defer { H5Oclose(object) }
        var information = H5G_info_t()
        guard H5Gget_info(object, &information) >= 0, information.nlinks < 100_000 else {
            throw failure(group, "the group cannot be read")
        }
        var names: [String] = []
        for index in 0..<information.nlinks {
            var name = [CChar](repeating: 0, count: 1024)
            let length = H5Lget_name_by_idx(
                object, ".", H5_INDEX_NAME, H5_ITER_INC, index, &name, name.count, lgps_h5p_default())
            guard length > 0, length < name.count else { throw failure(group, "a name in the group cannot be read") }
            names.append(String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        return names.sorted()
    }

    /// The error for what stands under this name.
    public func failure(_ name: String, _ problem: String, mend: String? = nil) -> InputError {
        InputError(file: path, place: name, problem: problem, mend: mend)
    }
}
