import CHDF5
import Files
import Foundation
import Structures

/// DeePMD-kit's `.dp` files: HDF5 whose root attribute `json` holds the tree; below `@variables` the tree names the
/// dataset of each array (deepmd/dpmodel/utils/serialization.py, `save_dp_model`).
enum HDF5ModelFile {
    private static let attribute = "json"

    /// Reads the tree with its arrays.
    ///
    /// - Throws: `InputError` when the file is no HDF5, is truncated, or lacks the attribute or a dataset.
    static func read(_ path: String) throws -> ModelTree {
        try HDF5Library.withLock {
            let file = H5Fopen(path, lgps_h5f_acc_rdonly(), lgps_h5p_default())
            guard file >= 0 else {
                throw InputError(
                    file: path, problem: "cannot be opened as HDF5",
                    mend: "a .dp model is an HDF5 file; this one is missing, truncated or something else")
            }
            defer { H5Fclose(file) }
            let json = try readAttribute(file, path: path)
            let tree: ModelTree
            do {
                tree = try JSONDecoder().decode(ModelTree.self, from: json)
            } catch {
                throw InputError(
                    file: path, place: "attribute json", problem: "is not JSON", mend: "write the model again")
            }
            return try fillArrays(tree, inVariables: false, file: file, path: path, key: "")
        }
    }

    /// Writes the tree through a temporary name. The file depends on the tree alone (no times in it).
    static func write(_ tree: ModelTree, to path: String) throws {
        try AtomicFile.write(HDF5Library.withLock { try image(of: tree, path: path) }, to: path)
    }

    // MARK: Reading

    private static func readAttribute(_ file: hid_t, path: String) throws -> Data {
        func failure() -> InputError {
            InputError(
                file: path, problem: "has no text attribute 'json' at its root",
                mend: "give a model written by DeePMD-kit (dp convert-backend model.pb model.dp)")
        }
        guard H5Aexists(file, attribute) > 0 else { throw failure() }
        let handle = H5Aopen(file, attribute, lgps_h5p_default())
        guard handle >= 0 else { throw failure() }
        defer { H5Aclose(handle) }
        let type = H5Aget_type(handle)
        defer { H5Tclose(type) }
        guard H5Tget_class(type) == H5T_STRING else { throw failure() }
        if H5Tis_variable_str(type) > 0 {
            var text: UnsafeMutablePointer<CChar>?
            guard H5Aread(handle, type, &text) >= 0, let text else { throw failure() }
            defer { H5free_memory(text) }
            return Data(bytes: text, count: strlen(text))
        }
        var bytes = [UInt8](repeating: 0, count: H5Tget_size(type))
        guard H5Aread(handle, type, &bytes) >= 0 else { throw failure() }
        return Data(bytes.prefix { $0 != 0 })
    }

    /// Replaces the names of datasets, which stand below `@variables`, by the arrays.
    private static func fillArrays(
        _ tree: ModelTree, inVariables: Bool, file: hid_t, path: String, key: String
    ) throws -> ModelTree {
        switch tree {
        case .map(let items):
            return .map(
                try Dictionary(
                    uniqueKeysWithValues: items.map {
                        let inside = inVariables || $0.key == "@variables"
                        return (
                            $0.key,
                            try fillArrays(
                                $0.value, inVariables: inside, file: file, path: path, key: "\(key)/\($0.key)")
                        )
                    }))
        case .list(let items):
            return .list(
                try items.enumerated().map {
                    try fillArrays(
                        $0.element, inVariables: inVariables, file: file, path: path, key: "\(key)/\($0.offset)")
                })
        case .string(let name) where inVariables:
            return .array(try readDataset(name, file: file, path: path, key: String(key.dropFirst())))
        default:
            return tree
        }
    }

    private static func readDataset(_ name: String, file: hid_t, path: String, key: String) throws -> ModelArray {
        func failure(_ problem: String) -> InputError {
            InputError(file: path, place: key, problem: "dataset \(name) \(problem)", mend: "write the model again")
        }
        let dataset = H5Dopen2(file, name, lgps_h5p_default())
        guard dataset >= 0 else { throw failure("is missing") }
        defer { H5Dclose(dataset) }
        let type = H5Dget_type(dataset)
        defer { H5Tclose(type) }
        let kind = H5Tget_class(type)
        guard kind == H5T_FLOAT || kind == H5T_INTEGER else { throw failure("does not hold numbers") }
        let space = H5Dget_space(dataset)
        defer { H5Sclose(space) }
        let rank = H5Sget_simple_extent_ndims(space)
        guard rank >= 0 else { throw failure("has no simple shape") }
        var extents = [hsize_t](repeating: 0, count: Int(rank))
        _ = H5Sget_simple_extent_dims(space, &extents, nil)
        let shape = extents.map { Int($0) }
        var values = [Double](repeating: 0, count: shape.reduce(1, *))
        guard H5Dread(dataset, lgps_h5t_native_double(), 0, 0, lgps_h5p_default(), &values) >= 0 else {
            throw failure("cannot be read")
        }
        let isSingle = kind == H5T_FLOAT && H5Tget_size(type) == 4
        return ModelArray(shape: shape, precision: isSingle ? .float32 : .float64, values: values)
    }

    // MARK: Writing

    /// The bytes of the HDF5 file, built in memory.
    private static func image(of tree: ModelTree, path: String) throws -> Data {
        func check<Value: SignedInteger>(_ status: Value) throws -> Value {
            guard status >= 0 else { throw InputError(file: path, problem: "HDF5 cannot build the file in memory") }
            return status
        }
        let access = try check(H5Pcreate(lgps_h5p_file_access()))
        defer { H5Pclose(access) }
        _ = try check(H5Pset_fapl_core(access, 1 << 20, false))
        let file = try check(H5Fcreate(path, lgps_h5f_acc_trunc(), lgps_h5p_default(), access))
        defer { H5Fclose(file) }

        var count = 0
        let named = try storeArrays(tree) { array in
            defer { count += 1 }
            let digits = String(count)
            let name = "/variable_" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            var extents = array.shape.map { hsize_t($0) }
            let space = try check(H5Screate_simple(Int32(extents.count), &extents, nil))
            defer { H5Sclose(space) }
            let creation = try check(H5Pcreate(lgps_h5p_dataset_create()))
            defer { H5Pclose(creation) }
            _ = try check(H5Pset_obj_track_times(creation, false))
            let type = array.precision == .float32 ? lgps_h5t_ieee_f32le() : lgps_h5t_ieee_f64le()
            let dataset = try check(
                H5Dcreate2(file, name, type, space, lgps_h5p_default(), creation, lgps_h5p_default()))
            defer { H5Dclose(dataset) }
            _ = try check(H5Dwrite(dataset, lgps_h5t_native_double(), 0, 0, lgps_h5p_default(), array.values))
            return name
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try writeAttribute(String(decoding: encoder.encode(named), as: UTF8.self), file: file, check: check)

        _ = try check(H5Fflush(file, H5F_SCOPE_GLOBAL))
        let size = try check(H5Fget_file_image(file, nil, 0))
        var data = Data(count: size)
        _ = try data.withUnsafeMutableBytes { try check(H5Fget_file_image(file, $0.baseAddress, size)) }
        return data
    }

    private static func writeAttribute(_ text: String, file: hid_t, check: (hid_t) throws -> hid_t) throws {
        let type = try check(H5Tcopy(lgps_h5t_c_s1()))
        defer { H5Tclose(type) }
        _ = try check(hid_t(H5Tset_size(type, lgps_h5t_variable())))
        _ = try check(hid_t(H5Tset_cset(type, H5T_CSET_UTF8)))
        let space = try check(H5Screate(H5S_SCALAR))
        defer { H5Sclose(space) }
        let handle = try check(
            H5Acreate2(file, attribute, type, space, lgps_h5p_default(), lgps_h5p_default()))
        defer { H5Aclose(handle) }
        try text.withCString { pointer in
            var pointer: UnsafePointer<CChar>? = pointer
            _ = try check(hid_t(H5Awrite(handle, type, &pointer)))
        }
    }

    /// Replaces each array by the name that `store` gives it, in the order of sorted keys.
    private static func storeArrays(_ tree: ModelTree, store: (ModelArray) throws -> String) rethrows -> ModelTree {
        switch tree {
        case .array(let array):
            return .string(try store(array))
        case .list(let items):
            return .list(try items.map { try storeArrays($0, store: store) })
        case .map(let items):
            var result: [String: ModelTree] = [:]
            for key in items.keys.sorted() { result[key] = try storeArrays(items[key]!, store: store) }
            return .map(result)
        default:
            return tree
        }
    }
}
