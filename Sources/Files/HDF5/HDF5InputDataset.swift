import CHDF5

/// A dataset of numbers in an `HDF5Input`, its type and extents known to be sound.
///
/// All methods are called inside `HDF5Library.withLock`.
public final class HDF5InputDataset {
    public let name: String
    public let shape: [Int]
    /// Whether the file holds the values as float32.
    public let isSinglePrecision: Bool
    private let input: HDF5Input
    private let dataset: hid_t

    /// The most values that one reading takes: 2 GiB of Doubles.
    private static let largestReading = 1 << 28

    /// - Throws: `InputError` when there is no dataset of this name in the file itself, it holds no numbers, or its extents
    ///   are more than the file can hold.
    public init(_ name: String, in input: HDF5Input) throws {
        guard input.isDataset(name) else {
            throw input.failure(name, input.has(name) ? "this is no dataset" : "this dataset is missing")
        }
        let dataset = H5Dopen2(input.file, name, lgps_h5p_default())
        guard dataset >= 0 else { throw input.failure(name, "the dataset cannot be opened") }
        do {
            (shape, isSinglePrecision) = try Self.description(dataset, name, input)
        } catch {
            H5Dclose(dataset)
            throw error
        }
        self.name = name
        self.input = input
        self.dataset = dataset
    }

    deinit { _ = HDF5Library.withLock { H5Dclose(dataset) } }

    private static func description(
        _ dataset: hid_t, _ name: String, _ input: HDF5Input
    ) throws -> (shape: [Int], isSinglePrecision: Bool) {
        let (type, space, creation) = (H5Dget_type(dataset), H5Dget_space(dataset), H5Dget_create_plist(dataset))
        defer {
            H5Tclose(type)
            H5Sclose(space)
            H5Pclose(creation)
        }
        guard type >= 0, space >= 0, creation >= 0 else { throw input.failure(name, "the dataset cannot be read") }
        let (kind, bytes) = (H5Tget_class(type), H5Tget_size(type))
        guard kind == H5T_FLOAT || kind == H5T_INTEGER, (1...16).contains(bytes) else {
            throw input.failure(name, "the dataset does not hold numbers")
        }
        let layout = H5Pget_layout(creation)
        guard layout == H5D_COMPACT || layout == H5D_CONTIGUOUS || layout == H5D_CHUNKED,
            H5Pget_external_count(creation) == 0
        else { throw input.failure(name, "the dataset's values lie in other files", mend: "copy them into this one") }
        let rank = H5Sget_simple_extent_ndims(space)
        guard (0...32).contains(rank) else { throw input.failure(name, "the dataset has no simple shape") }
        var extents = [hsize_t](repeating: 0, count: 32)
        guard H5Sget_simple_extent_dims(space, &extents, nil) >= 0 else {
            throw input.failure(name, "the dataset has no simple shape")
        }
        // Deflate makes at most a thousandth of what it is given; what was never written takes no space at all, but
        // nobody has much of it.
        let most = layout == H5D_CHUNKED ? 1100 * input.size + 1 << 20 : input.size
        let shape = extents.prefix(Int(rank)).map { Int(clamping: $0) }
        guard Count.values(in: shape, bytesEach: bytes, within: most) != nil else {
            throw input.failure(
                name, "the shape \(shape) is more than the file of \(input.size) bytes can hold",
                mend: "the file is damaged; write or copy it again")
        }
        return (shape, kind == H5T_FLOAT && bytes == 4)
    }

    /// All values, row-major.
    public func all() throws -> [Double] { try read(shape, from: nil) }

    /// Rows `first` to `first + count` along the first dimension.
    public func rows(_ first: Int, count: Int = 1) throws -> [Double] {
        guard let total = shape.first, first >= 0, count >= 0, first + count <= total else {
            throw input.failure(name, "there are no rows \(first) to \(first + count) in the shape \(shape)")
        }
        return try read([count] + shape.dropFirst(), from: first)
    }

    private func read(_ block: [Int], from first: Int?) throws -> [Double] {
        guard let count = Count.values(in: block, bytesEach: 1, within: Self.largestReading) else {
            throw input.failure(name, "the shape \(block) is too large to be read at once")
        }
        var values = [Double](repeating: 0, count: count)
        guard count > 0 else { return values }
        var (memory, file) = (hid_t(0), hid_t(0))
        defer {
            if memory > 0 { H5Sclose(memory) }
            if file > 0 { H5Sclose(file) }
        }
        if let first {
            var start = [hsize_t](repeating: 0, count: block.count)
            start[0] = hsize_t(first)
            let extents = block.map { hsize_t($0) }
            memory = H5Screate_simple(Int32(block.count), extents, nil)
            file = H5Dget_space(dataset)
            guard memory > 0, file > 0, H5Sselect_hyperslab(file, H5S_SELECT_SET, start, nil, extents, nil) >= 0,
                H5Sget_select_npoints(file) == count
            else { throw input.failure(name, "rows of the dataset cannot be selected") }
        } else {
            // Again, since a file that is being written may have grown.
            let space = H5Dget_space(dataset)
            defer { H5Sclose(space) }
            guard H5Sget_simple_extent_npoints(space) == count else {
                throw input.failure(name, "the dataset has changed while it was read")
            }
        }
        guard H5Dread(dataset, lgps_h5t_native_double(), memory, file, lgps_h5p_default(), &values) >= 0 else {
            throw input.failure(name, "the values cannot be read", mend: "the file is damaged; write or copy it again")
        }
        return values
    }
}
