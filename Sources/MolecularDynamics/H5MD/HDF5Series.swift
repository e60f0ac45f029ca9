import CHDF5
import DeepPotential
import Files
import Foundation
import Structures

/// A dataset that is written frame by frame: shape [frames, ...] with one unlimited dimension.
///
/// All calls are made inside `HDF5Library.withLock`.
struct HDF5Series {
    let dataset: hid_t
    /// The shape of one frame.
    let shape: [Int]
    let kind: Kind
    let path: String

    var valuesPerFrame: Int { shape.reduce(1, *) }

    /// What the values are, in memory and on disk alike.
    enum Kind {
        case int64, float, double

        var fileType: hid_t {
            switch self {
            case .int64: lgps_h5t_std_i64le()
            case .float: lgps_h5t_ieee_f32le()
            case .double: lgps_h5t_ieee_f64le()
            }
        }

        var memoryType: hid_t {
            switch self {
            case .int64: lgps_h5t_native_int64()
            case .float: lgps_h5t_native_float()
            case .double: lgps_h5t_native_double()
            }
        }
    }

    /// Makes an empty series, in chunks of about a quarter MiB.
    init(creating name: String, in parent: hid_t, shape: [Int], _ kind: Kind, unit: String?, path: String) throws {
        var extent = [0] + shape.map { hsize_t($0) }
        var maximum = extent
        maximum[0] = lgps_h5s_unlimited()
        let space = try HDF5.check(H5Screate_simple(Int32(extent.count), extent, maximum), path)
        defer { H5Sclose(space) }
        let creation = try HDF5.check(H5Pcreate(lgps_h5p_dataset_create()), path)
        defer { H5Pclose(creation) }
        extent[0] = hsize_t(min(max((1 << 16) / shape.reduce(1, *), 1), 512))
        try HDF5.check(H5Pset_chunk(creation, Int32(extent.count), extent), path)
        try HDF5.check(H5Pset_obj_track_times(creation, false), path)
        dataset = try HDF5.check(
            H5Dcreate2(parent, name, kind.fileType, space, lgps_h5p_default(), creation, lgps_h5p_default()), path)
        self.shape = shape
        self.kind = kind
        self.path = path
        if let unit { try HDF5.attribute("unit", [unit], isArray: false, of: dataset, path) }
    }

    func close() { H5Dclose(dataset) }

    /// Writes `count` frames from frame `first` on and lets the series end with them.
    func write(_ values: UnsafeRawPointer, first: Int, count: Int = 1) throws {
        try HDF5.check(H5Dset_extent(dataset, ([first + count] + shape).map { hsize_t($0) }), path)
        try transfer(first: first, count: count) { memory, file in
            H5Dwrite(dataset, kind.memoryType, memory, file, lgps_h5p_default(), values)
        }
    }

    private func transfer(first: Int, count: Int, _ body: (hid_t, hid_t) -> herr_t) throws {
        let block = ([count] + shape).map { hsize_t($0) }
        var start = block.map { _ in hsize_t(0) }
        start[0] = hsize_t(first)
        let file = try HDF5.check(H5Dget_space(dataset), path)
        defer { H5Sclose(file) }
        try HDF5.check(H5Sselect_hyperslab(file, H5S_SELECT_SET, start, nil, block, nil), path)
        let memory = try HDF5.check(H5Screate_simple(Int32(block.count), block, nil), path)
        defer { H5Sclose(memory) }
        try HDF5.check(body(memory, file), path)
    }
}
