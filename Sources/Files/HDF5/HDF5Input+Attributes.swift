import CHDF5
import Foundation

extension HDF5Input {
    /// The texts of an attribute, of fixed or variable length, scalar or a list; nil when the object has no such attribute.
    ///
    /// - Parameter object: a group's or dataset's name.
    /// - Throws: `InputError` when it holds no text, or more than 64 MiB.
    public func texts(_ attribute: String, of object: String) throws -> [String]? {
        let place = "\(object == "/" ? "" : object)@\(attribute)"
        let holder = H5Oopen(file, object, lgps_h5p_default())
        guard holder >= 0 else { return nil }
        defer { H5Oclose(holder) }
        guard H5Aexists(holder, attribute) > 0 else { return nil }
        let handle = H5Aopen(holder, attribute, lgps_h5p_default())
        guard handle >= 0 else { throw failure(place, "the attribute cannot be opened") }
        defer { H5Aclose(handle) }
        let (type, space) = (H5Aget_type(handle), H5Aget_space(handle))
        defer {
            H5Tclose(type)
            H5Sclose(space)
        }
        guard type >= 0, space >= 0, H5Tget_class(type) == H5T_STRING else {
            throw failure(place, "the attribute is no text")
        }
        let count = H5Sget_simple_extent_npoints(space)
        guard count >= 0, count <= 1 << 16 else { throw failure(place, "the attribute has \(count) values") }
        if count == 0 { return [] }
        return H5Tis_variable_str(type) > 0
            ? try variable(handle, type, Int(count), place) : try fixed(handle, type, Int(count), place)
    }

    private func variable(_ handle: hid_t, _ type: hid_t, _ count: Int, _ place: String) throws -> [String] {
        var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
        guard H5Aread(handle, type, &pointers) >= 0 else { throw failure(place, "the attribute cannot be read") }
        defer { for pointer in pointers { H5free_memory(pointer) } }
        return pointers.map { $0.map { String(cString: $0) } ?? "" }
    }

    private func fixed(_ handle: hid_t, _ type: hid_t, _ count: Int, _ place: String) throws -> [String] {
        let length = H5Tget_size(type)
        guard length > 0, Count.values(in: [count, length], bytesEach: 1, within: 1 << 26) != nil else {
            throw failure(place, "the attribute has \(count) texts of \(length) bytes")
        }
        var bytes = [UInt8](repeating: 0, count: count * length)
        guard H5Aread(handle, type, &bytes) >= 0 else { throw failure(place, "the attribute cannot be read") }
        // Padded with zeros, or with blanks as Fortran does.
        return (0..<count).map { index in
            String(decoding: bytes[index * length..<(index + 1) * length].prefix { $0 != 0 }, as: UTF8.self)
                .trimmingCharacters(in: CharacterSet(charactersIn: " "))
        }
    }

    /// The one number of an attribute; nil when the object has no such attribute, or it is none.
    public func number(_ attribute: String, of object: String) -> Double? {
        let holder = H5Oopen(file, object, lgps_h5p_default())
        guard holder >= 0 else { return nil }
        defer { H5Oclose(holder) }
        guard H5Aexists(holder, attribute) > 0 else { return nil }
        let handle = H5Aopen(holder, attribute, lgps_h5p_default())
        guard handle >= 0 else { return nil }
        defer { H5Aclose(handle) }
        let (type, space) = (H5Aget_type(handle), H5Aget_space(handle))
        defer {
            H5Tclose(type)
            H5Sclose(space)
        }
        let kind = H5Tget_class(type)
        guard space >= 0, H5Sget_simple_extent_npoints(space) == 1, kind == H5T_FLOAT || kind == H5T_INTEGER else {
            return nil
        }
        var value = 0.0
        return H5Aread(handle, lgps_h5t_native_double(), &value) >= 0 ? value : nil
    }
}
