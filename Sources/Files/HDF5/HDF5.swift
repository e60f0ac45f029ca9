import CHDF5
import Foundation

/// What the HDF5 library's calls need around them when a file is written; `HDF5Input` reads.
public enum HDF5 {
    /// - Throws: `InputError` when a call failed, with the system's reason if it has one.
    @discardableResult
    public static func check<Status: SignedInteger>(_ status: @autoclosure () -> Status, _ path: String) throws
        -> Status
    {
        errno = 0
        let status = status()
        guard status >= 0 else {
            let reason = errno == 0 ? "" : ": \(String(cString: strerror(errno)))"
            throw InputError(
                file: path, problem: "HDF5 cannot write the file\(reason)",
                mend: "check that the folder exists, is writable and has space left")
        }
        return status
    }

    public static func group(_ name: String, in parent: hid_t, _ path: String) throws -> hid_t {
        try check(
            H5Gcreate2(parent, name, lgps_h5p_default(), lgps_h5p_default(), lgps_h5p_default()), path)
    }

    /// A dataset that does not grow.
    public static func write(_ values: [Int32], as name: String, in parent: hid_t, _ path: String) throws {
        let space = try check(H5Screate_simple(1, [hsize_t(values.count)], nil), path)
        defer { H5Sclose(space) }
        let dataset = try check(
            H5Dcreate2(
                parent, name, lgps_h5t_std_i32le(), space, lgps_h5p_default(), lgps_h5p_default(), lgps_h5p_default()),
            path)
        defer { H5Dclose(dataset) }
        try check(H5Dwrite(dataset, lgps_h5t_native_int32(), 0, 0, lgps_h5p_default(), values), path)
    }

    /// An attribute of integers: scalar when there is one value and `isArray` is false.
    public static func attribute(_ name: String, _ values: [Int32], isArray: Bool, of object: hid_t, _ path: String)
        throws
    {
        let space = try check(isArray ? H5Screate_simple(1, [hsize_t(values.count)], nil) : H5Screate(H5S_SCALAR), path)
        defer { H5Sclose(space) }
        let attribute = try check(
            H5Acreate2(object, name, lgps_h5t_std_i32le(), space, lgps_h5p_default(), lgps_h5p_default()), path)
        defer { H5Aclose(attribute) }
        try check(H5Awrite(attribute, lgps_h5t_native_int32(), values), path)
    }

    /// An attribute of text, UTF-8 of variable length, which h5py hands on as `str`.
    public static func attribute(_ name: String, _ values: [String], isArray: Bool, of object: hid_t, _ path: String)
        throws
    {
        let type = try check(H5Tcopy(lgps_h5t_c_s1()), path)
        defer { H5Tclose(type) }
        try check(H5Tset_size(type, lgps_h5t_variable()), path)
        try check(H5Tset_cset(type, H5T_CSET_UTF8), path)
        let space = try check(isArray ? H5Screate_simple(1, [hsize_t(values.count)], nil) : H5Screate(H5S_SCALAR), path)
        defer { H5Sclose(space) }
        let attribute = try check(
            H5Acreate2(object, name, type, space, lgps_h5p_default(), lgps_h5p_default()), path)
        defer { H5Aclose(attribute) }
        let copies = values.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        try check(H5Awrite(attribute, type, copies), path)
    }
}
