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
    /// - Throws: `InputError` when the file is no HDF5, is damaged, or lacks the attribute or a dataset.
    static func read(_ path: String) throws -> ModelTree {
        try HDF5Library.withLock {
            let input = try HDF5Input(path)
            let json: String
            do {
                guard let texts = try input.texts(attribute, of: "/"), texts.count == 1 else {
                    throw InputError(problem: "missing")
                }
                json = texts[0]
            } catch {
                throw InputError(
                    file: path, problem: "has no text attribute 'json' at its root",
                    mend: "give a model written by DeePMD-kit (dp convert-backend model.pb model.dp)")
            }
            let root: InputNode
            do {
                root = try InputNode(Data(json.utf8), file: path)
            } catch let error as InputError {
                throw InputError(
                    file: path, place: "attribute json", problem: error.problem, mend: "write the model again")
            }
            var reader = HDF5ModelReader(input)
            return try reader.tree(root.value)
        }
    }

    /// Writes the tree through a temporary name. The file depends on the tree alone (no times in it).
    static func write(_ tree: ModelTree, to path: String) throws {
        try AtomicFile.write(HDF5Library.withLock { try image(of: tree, path: path) }, to: path)
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

/// Makes a tree of the JSON, with the datasets in place of their names below `@variables`, and takes no more arrays than the
/// file can hold: a tree may name one of them any number of times.
private struct HDF5ModelReader {
    private let input: HDF5Input
    /// Values that may still be read.
    private var budget: Int

    init(_ input: HDF5Input) {
        self.input = input
        budget = 16 * input.size + 1 << 20
    }

    /// - Parameter value: as `JSONSerialization` gives it.
    mutating func tree(
        _ value: Any, isInVariables: Bool = false, key: String = "", depth: Int = 0
    ) throws -> ModelTree {
        guard depth < ModelTree.deepest else {
            throw InputError(
                file: input.path, place: String(key.dropFirst().prefix(200)),
                problem: "the lists and maps are nested more than \(depth) deep", mend: "write the model again")
        }
        switch value {
        case let items as [String: Any]:
            var map: [String: ModelTree] = [:]
            for (name, item) in items {
                map[name] = try tree(
                    item, isInVariables: isInVariables || name == "@variables", key: "\(key)/\(name)", depth: depth + 1)
            }
            return .map(map)
        case let items as [Any]:
            var list: [ModelTree] = []
            for (index, item) in items.enumerated() {
                list.append(try tree(item, isInVariables: isInVariables, key: "\(key)/\(index)", depth: depth + 1))
            }
            return .list(list)
        case let text as String:
            return isInVariables ? .array(try array(text, key: String(key.dropFirst()))) : .string(text)
        case let number as NSNumber:
            if InputNode(file: input.path, path: key, value: number).isBoolean { return .bool(number.boolValue) }
            return Int(exactly: number.doubleValue).map { .integer($0) } ?? .number(number.doubleValue)
        default:
            return .null
        }
    }

    private mutating func array(_ name: String, key: String) throws -> ModelArray {
        do {
            let dataset = try HDF5InputDataset(name, in: input)
            guard let count = Count.values(in: dataset.shape, bytesEach: 1, within: budget) else {
                throw input.failure(name, "the model's arrays are more than the file can hold")
            }
            budget -= count
            return ModelArray(
                shape: dataset.shape, precision: dataset.isSinglePrecision ? .float32 : .float64,
                values: try dataset.all())
        } catch let error as InputError {
            throw InputError(
                file: input.path, place: key, problem: "dataset \(name): \(error.problem)",
                mend: error.mend ?? "write the model again")
        }
    }
}
