import Testing

@testable import DeepPotential

@Suite struct OpenBLASKernelTests {
    static let avx512: Set<Substring> = ["fma", "avx2", "avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"]

    @Test func choosesAVX512OnlyWhereItIsMissed() {
        func better(_ name: String, _ environment: [String: String], _ flags: Set<Substring>) -> String? {
            OpenBLASKernel.better(than: name, environment: environment, processorFlags: flags)
        }
        #expect(better("Haswell", [:], Self.avx512) == "SkylakeX")
        #expect(better("Haswell", [:], ["fma", "avx2"]) == nil)
        #expect(better("SkylakeX", [:], Self.avx512) == nil)
        #expect(better("Haswell", ["OPENBLAS_CORETYPE": "Haswell"], Self.avx512) == nil)
    }

    @Test func namesTheKernelsInUse() { #expect(!OpenBLASKernel.name.isEmpty) }
}
