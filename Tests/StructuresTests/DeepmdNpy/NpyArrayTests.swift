import Files
import Foundation
import Testing

@testable import Structures

@Suite struct NpyArrayTests {
    /// Header fields as NumPy writes them, spelled out here so that the reader is not tested against our writer alone.
    private func file(version: UInt8 = 1, _ header: String, _ body: [UInt8]) -> Data {
        let length = UInt8(header.utf8.count)
        let lengthBytes: [UInt8] = version == 1 ? [length, 0] : [length, 0, 0, 0]
        return Data([0x93] + Array("NUMPY".utf8) + [version, 0] + lengthBytes + Array(header.utf8) + body)
    }

    private func problem(_ data: Data) -> String {
        let error = #expect(throws: InputError.self) { try NpyArray(data, file: "force.npy") }
        #expect(error?.file == "force.npy")
        return error?.problem ?? ""
    }

    @Test(arguments: [1, 2, 3] as [UInt8]) func readsEveryHeaderVersion(_ version: UInt8) throws {
        let data = file(
            version: version, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }\n",
            [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc1])
        let array = try NpyArray(data, file: "x")
        #expect(array == NpyArray(shape: [2, 1], elementType: .float32, values: [1, -10]))
    }

    @Test func readsIntegers() throws {
        let body: [UInt8] = [7, 0, 0, 0, 0, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
        let long = try NpyArray(file("{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }", body), file: "x")
        #expect(long.values == [7, -2])
        let short = try NpyArray(
            file("{'descr': '<i4', 'fortran_order': False, 'shape': (4,), }", body), file: "x")
        #expect(short.values == [7, 0, -2, -1])
    }

    @Test(arguments: NpyArray.ElementType.allCases) func roundTrips(_ type: NpyArray.ElementType) throws {
        let array = NpyArray(shape: [2, 3], elementType: type, values: [1, -2, 3, 0, 65536, -7])
        let data = array.encoded()
        #expect(try NpyArray(data, file: "x") == array)
        #expect((data.count - 6 * type.byteCount) % 64 == 0)
    }

    @Test func scalarsAndEmptyArrays() throws {
        let scalar = NpyArray(shape: [], elementType: .float64, values: [2.5])
        #expect(try NpyArray(scalar.encoded(), file: "x") == scalar)
        let empty = NpyArray(shape: [0, 9], elementType: .float64, values: [])
        #expect(try NpyArray(empty.encoded(), file: "x") == empty)
    }

    @Test(.enabled(if: SharedData.has("data/LiGePS-SSE-PBE"), "needs the paper's data in ../shared"))
    func writesTheBytesThatNumPyWrites() throws {
        for name in ["energy", "coord"] {
            let path = SharedData.path("data/LiGePS-SSE-PBE/LiGePS-init.system/set.000/\(name).npy")
            let array = try NpyArray(contentsOf: path)
            #expect(array.encoded() == (try InputFile.data(at: path)))
        }
    }

    @Test func damagedFilesAreRefused() throws {
        let good = NpyArray(shape: [2, 3], elementType: .float64, values: [1, 2, 3, 4, 5, 6]).encoded()
        #expect(problem(good.dropLast(1)).contains("needs 48 bytes after the header but 47 are there"))
        #expect(problem(good.dropLast(1)).contains("truncated"))
        #expect(problem(good + [0]).contains("too long"))
        #expect(problem(good.prefix(40)).contains("ends within its header"))
        #expect(problem(good.prefix(9)).contains("ends within its header"))
        #expect(problem(Data()).contains("empty"))
        #expect(problem(Data("1.0 2.0 3.0".utf8)).contains("does not begin as an npy file"))
    }

    @Test func otherTypesAndOrdersAreRefused() {
        let shape = "'shape': (1,), }"
        #expect(problem(file("{'descr': '>f8', 'fortran_order': False, \(shape)", [])).contains("'>f8'"))
        #expect(problem(file("{'descr': '|O', 'fortran_order': False, \(shape)", [])).contains("'|O'"))
        #expect(problem(file("{'descr': '<f8', 'fortran_order': True, \(shape)", [])).contains("Fortran"))
        #expect(problem(file("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", [])).contains("shape"))
        #expect(
            problem(file("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", []))
                .contains("beyond any memory"))
        #expect(problem(file(version: 9, "{}", [])).contains("version 9"))
    }

    @Test func missingFileAndFolderAreRefused() throws {
        try withTemporaryFolder { folder in
            #expect(throws: InputError(file: "\(folder)/x.npy", problem: "there is no such file")) {
                try NpyArray(contentsOf: "\(folder)/x.npy")
            }
            #expect(throws: InputError.self) { try NpyArray(contentsOf: folder) }
        }
    }
}
