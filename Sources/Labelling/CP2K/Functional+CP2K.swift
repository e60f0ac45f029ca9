import Foundation
import Structures

extension Functional {
    /// The family of GTH pseudopotentials: those made for the functional where CP2K has them, PBE's for PBEsol and vdW.
    var potentialFamily: String {
        switch self {
        case .pbe, .pbesol, .pbeVdW: "GTH-PBE"
        case .lda: "GTH-PADE"
        case .scan: "GTH-SCAN"
        case .pbe0: "GTH-PBE0"
        }
    }

    /// What stands inside CP2K's &XC section.
    ///
    /// PBE0's exchange is truncated at a little less than half the smallest height of `cell` (Spencer & Alavi, Phys.
    /// Rev. B 77, 193110 (2008)), with the semilocal long-range part of Guidon et al., J. Chem. Theory Comput. 5, 3010
    /// (2009). optB88-vdW is that of Klimes, Bowler & Michaelides, J. Phys.: Condens. Matter 22, 022201 (2010).
    func exchangeCorrelationSection(cell: Cell) -> String {
        switch self {
        case .pbe:
            "&XC_FUNCTIONAL PBE\n&END XC_FUNCTIONAL"
        case .pbesol:
            "&XC_FUNCTIONAL\n  &PBE\n    PARAMETRIZATION PBESOL\n  &END PBE\n&END XC_FUNCTIONAL"
        case .lda:
            "&XC_FUNCTIONAL PADE\n&END XC_FUNCTIONAL"
        case .scan:
            "&XC_FUNCTIONAL\n  &MGGA_X_SCAN\n  &END MGGA_X_SCAN\n  &MGGA_C_SCAN\n  &END MGGA_C_SCAN\n&END XC_FUNCTIONAL"
        case .pbe0:
            truncatedPBE0(radius: min(6, 0.49 * cell.heights.min()))
        case .pbeVdW:
            """
            &XC_FUNCTIONAL
              &GGA_X_OPTB88_VDW
              &END GGA_X_OPTB88_VDW
              &LDA_C_PW
              &END LDA_C_PW
            &END XC_FUNCTIONAL
            &VDW_POTENTIAL
              POTENTIAL_TYPE NON_LOCAL
              &NON_LOCAL
                TYPE DRSLL
                KERNEL_FILE_NAME vdW_kernel_table.dat
                CUTOFF 160
              &END NON_LOCAL
            &END VDW_POTENTIAL
            """
        }
    }

    private func truncatedPBE0(radius: Double) -> String {
        let radius = String(format: "%.4f", radius)
        return """
            &XC_FUNCTIONAL
              &PBE
                SCALE_X 0.75
                SCALE_C 1.0
              &END PBE
              &PBE_HOLE_T_C_LR
                CUTOFF_RADIUS \(radius)
                SCALE_X 0.25
              &END PBE_HOLE_T_C_LR
            &END XC_FUNCTIONAL
            &HF
              FRACTION 0.25
              &INTERACTION_POTENTIAL
                POTENTIAL_TYPE TRUNCATED
                CUTOFF_RADIUS \(radius)
                T_C_G_DATA t_c_g.dat
              &END INTERACTION_POTENTIAL
              &SCREENING
                EPS_SCHWARZ 1.0E-7
                SCREEN_ON_INITIAL_P FALSE
              &END SCREENING
            &END HF
            """
    }
}
