import Structures

/// What all blocks of one evaluation read, and where they leave energies; pointers are valid during the evaluation.
struct BlockInput: @unchecked Sendable {
    let list: SkinList.Pointers
    /// By atom (Å).
    let positions: UnsafeBufferPointer<SIMD3<Double>>
    /// The list's lattice translations (Å).
    let shifts: UnsafePointer<SIMD3<Double>>
    /// Output: one per atom (eV), each written by one block.
    let energies: UnsafeMutableBufferPointer<Double>
}

/// What turns the neighbours of centres of one type into energies and forces.
struct TypeKernels {
    let descriptor: DescriptorKernel
    /// In a hybrid model.
    let threeBody: ThreeBodyKernel?
    let fitting: FittingKernel
}
