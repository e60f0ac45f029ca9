/// The space groups whose number or symbol tells their operations: those with one origin (International Tables for
/// Crystallography, volume A), in the standard setting, monoclinic ones with the unique axis b, rhombohedral ones on
/// hexagonal axes.
///
/// The generators were taken from spglib's database (spglib 2, `get_symmetry_from_database`) and reduced; the tests compare
/// the orders of the groups that they generate.
enum SpaceGroupTable {
    struct Entry {
        var number: Int
        /// Hermann-Mauguin symbol without blanks and underscores: "Fm-3m", "P21/c".
        var symbol: String
        var generators: [SymmetryOperation]
    }

    static let entries: [Entry] = text.split(separator: "\n").map { line in
        let words = line.split(separator: " ")
        return Entry(
            number: Int(words[0])!, symbol: String(words[1]), generators: words[2...].map { SymmetryOperation($0)! })
    }

    private static let text = """
        1 P1
        2 P-1 -x,-y,-z
        3 P2 -x,y,-z
        4 P21 -x,y+1/2,-z
        5 C2 -x,y,-z x+1/2,y+1/2,z
        6 Pm x,-y,z
        7 Pc x,-y,z+1/2
        8 Cm x,-y,z x+1/2,y+1/2,z
        9 Cc x,-y,z+1/2 x+1/2,y+1/2,z
        10 P2/m -x,-y,-z -x,y,-z
        11 P21/m -x,-y,-z -x,y+1/2,-z
        12 C2/m -x,-y,-z -x,y,-z x+1/2,y+1/2,z
        13 P2/c -x,-y,-z -x,y,-z+1/2
        14 P21/c -x,-y,-z -x,y+1/2,-z+1/2
        15 C2/c -x,-y,-z -x,y,-z+1/2 x+1/2,y+1/2,z
        16 P222 -x,-y,z x,-y,-z
        17 P2221 -x,-y,z+1/2 x,-y,-z
        18 P21212 -x,-y,z x+1/2,-y+1/2,-z
        19 P212121 -x+1/2,-y,z+1/2 x+1/2,-y+1/2,-z
        20 C2221 -x,-y,z+1/2 x,-y,-z x+1/2,y+1/2,z
        21 C222 -x,-y,z x,-y,-z x+1/2,y+1/2,z
        22 F222 -x,-y,z x,-y,-z x,y+1/2,z+1/2 x+1/2,y,z+1/2
        23 I222 -x,-y,z x,-y,-z x+1/2,y+1/2,z+1/2
        24 I212121 -x,-y+1/2,z x,-y,-z+1/2 x+1/2,y+1/2,z+1/2
        25 Pmm2 -x,-y,z -x,y,z
        26 Pmc21 -x,-y,z+1/2 -x,y,z
        27 Pcc2 -x,-y,z -x,y,z+1/2
        28 Pma2 -x,-y,z -x+1/2,y,z
        29 Pca21 -x,-y,z+1/2 -x+1/2,y,z+1/2
        30 Pnc2 -x,-y,z -x,y+1/2,z+1/2
        31 Pmn21 -x+1/2,-y,z+1/2 -x,y,z
        32 Pba2 -x,-y,z -x+1/2,y+1/2,z
        33 Pna21 -x,-y,z+1/2 -x+1/2,y+1/2,z+1/2
        34 Pnn2 -x,-y,z -x+1/2,y+1/2,z+1/2
        35 Cmm2 -x,-y,z -x,y,z x+1/2,y+1/2,z
        36 Cmc21 -x,-y,z+1/2 -x,y,z x+1/2,y+1/2,z
        37 Ccc2 -x,-y,z -x,y,z+1/2 x+1/2,y+1/2,z
        38 Amm2 -x,-y,z -x,y,z x,y+1/2,z+1/2
        39 Aem2 -x,-y,z -x,y+1/2,z x,y+1/2,z+1/2
        40 Ama2 -x,-y,z -x+1/2,y,z x,y+1/2,z+1/2
        41 Aea2 -x,-y,z -x+1/2,y+1/2,z x,y+1/2,z+1/2
        42 Fmm2 -x,-y,z -x,y,z x,y+1/2,z+1/2 x+1/2,y,z+1/2
        43 Fdd2 -x,-y,z -x+1/4,y+3/4,z+3/4
        44 Imm2 -x,-y,z -x,y,z x+1/2,y+1/2,z+1/2
        45 Iba2 -x,-y,z -x,y,z+1/2 x+1/2,y+1/2,z+1/2
        46 Ima2 -x,-y,z -x+1/2,y,z x+1/2,y+1/2,z+1/2
        47 Pmmm -x,-y,-z -x,-y,z x,-y,-z
        49 Pccm -x,-y,-z -x,-y,z x,-y,-z+1/2
        51 Pmma -x,-y,-z -x+1/2,-y,z x+1/2,-y,-z
        52 Pnna -x,-y,-z -x+1/2,-y,z x,-y+1/2,-z+1/2
        53 Pmna -x,-y,-z -x+1/2,-y,z+1/2 x,-y,-z
        54 Pcca -x,-y,-z -x+1/2,-y,z x+1/2,-y,-z+1/2
        55 Pbam -x,-y,-z -x,-y,z x+1/2,-y+1/2,-z
        56 Pccn -x,-y,-z -x+1/2,-y+1/2,z x+1/2,-y,-z+1/2
        57 Pbcm -x,-y,-z -x,-y,z+1/2 x,-y+1/2,-z
        58 Pnnm -x,-y,-z -x,-y,z x+1/2,-y+1/2,-z+1/2
        60 Pbcn -x,-y,-z -x+1/2,-y+1/2,z+1/2 x+1/2,-y+1/2,-z
        61 Pbca -x,-y,-z -x+1/2,-y,z+1/2 x+1/2,-y+1/2,-z
        62 Pnma -x,-y,-z -x+1/2,-y,z+1/2 x+1/2,-y+1/2,-z+1/2
        63 Cmcm -x,-y,-z -x,-y,z+1/2 x,-y,-z x+1/2,y+1/2,z
        64 Cmce -x,-y,-z -x+1/2,-y,z+1/2 x,-y,-z x+1/2,y+1/2,z
        65 Cmmm -x,-y,-z -x,-y,z x,-y,-z x+1/2,y+1/2,z
        66 Cccm -x,-y,-z -x,-y,z x,-y,-z+1/2 x+1/2,y+1/2,z
        67 Cmme -x,-y,-z -x+1/2,-y,z x,-y,-z x+1/2,y+1/2,z
        69 Fmmm -x,-y,-z -x,-y,z x,-y,-z x,y+1/2,z+1/2 x+1/2,y,z+1/2
        71 Immm -x,-y,-z -x,-y,z x,-y,-z x+1/2,y+1/2,z+1/2
        72 Ibam -x,-y,-z -x,-y,z x,-y,-z+1/2 x+1/2,y+1/2,z+1/2
        73 Ibca -x,-y,-z -x,-y+1/2,z x,-y,-z+1/2 x+1/2,y+1/2,z+1/2
        74 Imma -x,-y,-z -x,-y+1/2,z x,-y,-z x+1/2,y+1/2,z+1/2
        75 P4 -y,x,z
        76 P41 -y,x,z+1/4
        77 P42 -y,x,z+1/2
        78 P43 -y,x,z+3/4
        79 I4 -y,x,z x+1/2,y+1/2,z+1/2
        80 I41 -y,x+1/2,z+1/4 x+1/2,y+1/2,z+1/2
        81 P-4 y,-x,-z
        82 I-4 y,-x,-z x+1/2,y+1/2,z+1/2
        83 P4/m -x,-y,-z -y,x,z
        84 P42/m -x,-y,-z -y,x,z+1/2
        87 I4/m -x,-y,-z -y,x,z x+1/2,y+1/2,z+1/2
        89 P422 -y,x,z x,-y,-z
        90 P4212 -y+1/2,x+1/2,z x+1/2,-y+1/2,-z
        91 P4122 -y,x,z+1/4 x,-y,-z+1/2
        92 P41212 -y+1/2,x+1/2,z+1/4 x+1/2,-y+1/2,-z+3/4
        93 P4222 -y,x,z+1/2 x,-y,-z
        94 P42212 -y+1/2,x+1/2,z+1/2 x+1/2,-y+1/2,-z+1/2
        95 P4322 -y,x,z+3/4 x,-y,-z+1/2
        96 P43212 -y+1/2,x+1/2,z+3/4 x+1/2,-y+1/2,-z+1/4
        97 I422 -y,x,z x,-y,-z x+1/2,y+1/2,z+1/2
        98 I4122 -y,x+1/2,z+1/4 x,-y+1/2,-z+1/4 x+1/2,y+1/2,z+1/2
        99 P4mm -y,x,z -x,y,z
        100 P4bm -y,x,z -x+1/2,y+1/2,z
        101 P42cm -y,x,z+1/2 -x,y,z+1/2
        102 P42nm -y+1/2,x+1/2,z+1/2 -x+1/2,y+1/2,z+1/2
        103 P4cc -y,x,z -x,y,z+1/2
        104 P4nc -y,x,z -x+1/2,y+1/2,z+1/2
        105 P42mc -y,x,z+1/2 -x,y,z
        106 P42bc -y,x,z+1/2 -x+1/2,y+1/2,z
        107 I4mm -y,x,z -x,y,z x+1/2,y+1/2,z+1/2
        108 I4cm -y,x,z -x,y,z+1/2 x+1/2,y+1/2,z+1/2
        109 I41md -y,x+1/2,z+1/4 -x,y,z
        110 I41cd -y,x+1/2,z+1/4 -x,y,z+1/2
        111 P-42m y,-x,-z x,-y,-z
        112 P-42c y,-x,-z x,-y,-z+1/2
        113 P-421m y,-x,-z x+1/2,-y+1/2,-z
        114 P-421c y,-x,-z x+1/2,-y+1/2,-z+1/2
        115 P-4m2 y,-x,-z -x,y,z
        116 P-4c2 y,-x,-z -x,y,z+1/2
        117 P-4b2 y,-x,-z -x+1/2,y+1/2,z
        118 P-4n2 y,-x,-z -x+1/2,y+1/2,z+1/2
        119 I-4m2 y,-x,-z -x,y,z x+1/2,y+1/2,z+1/2
        120 I-4c2 y,-x,-z -x,y,z+1/2 x+1/2,y+1/2,z+1/2
        121 I-42m y,-x,-z x,-y,-z x+1/2,y+1/2,z+1/2
        122 I-42d y,-x,-z x,-y+1/2,-z+1/4
        123 P4/mmm -x,-y,-z -y,x,z x,-y,-z
        124 P4/mcc -x,-y,-z -y,x,z x,-y,-z+1/2
        127 P4/mbm -x,-y,-z -y,x,z x+1/2,-y+1/2,-z
        128 P4/mnc -x,-y,-z -y,x,z x+1/2,-y+1/2,-z+1/2
        131 P42/mmc -x,-y,-z -y,x,z+1/2 x,-y,-z
        132 P42/mcm -x,-y,-z -y,x,z+1/2 x,-y,-z+1/2
        135 P42/mbc -x,-y,-z -y,x,z+1/2 x+1/2,-y+1/2,-z
        136 P42/mnm -x,-y,-z -y+1/2,x+1/2,z+1/2 x+1/2,-y+1/2,-z+1/2
        139 I4/mmm -x,-y,-z -y,x,z x,-y,-z x+1/2,y+1/2,z+1/2
        140 I4/mcm -x,-y,-z -y,x,z x,-y,-z+1/2 x+1/2,y+1/2,z+1/2
        143 P3 -y,x-y,z
        144 P31 -y,x-y,z+1/3
        145 P32 -y,x-y,z+2/3
        146 R3 -y,x-y,z x+2/3,y+1/3,z+1/3
        147 P-3 -x,-y,-z -y,x-y,z
        148 R-3 -x,-y,-z -y,x-y,z x+2/3,y+1/3,z+1/3
        149 P312 -y,x-y,z -y,-x,-z
        150 P321 -y,x-y,z y,x,-z
        151 P3112 -y,x-y,z+1/3 -y,-x,-z+2/3
        152 P3121 -y,x-y,z+1/3 y,x,-z
        153 P3212 -y,x-y,z+2/3 -y,-x,-z+1/3
        154 P3221 -y,x-y,z+2/3 y,x,-z
        155 R32 -y,x-y,z y,x,-z x+2/3,y+1/3,z+1/3
        156 P3m1 -y,x-y,z -y,-x,z
        157 P31m -y,x-y,z y,x,z
        158 P3c1 -y,x-y,z -y,-x,z+1/2
        159 P31c -y,x-y,z y,x,z+1/2
        160 R3m -y,x-y,z -y,-x,z x+2/3,y+1/3,z+1/3
        161 R3c -y,x-y,z -y,-x,z+1/2 x+2/3,y+1/3,z+1/3
        162 P-31m -x,-y,-z -y,x-y,z -y,-x,-z
        163 P-31c -x,-y,-z -y,x-y,z -y,-x,-z+1/2
        164 P-3m1 -x,-y,-z -y,x-y,z y,x,-z
        165 P-3c1 -x,-y,-z -y,x-y,z y,x,-z+1/2
        166 R-3m -x,-y,-z -y,x-y,z y,x,-z x+2/3,y+1/3,z+1/3
        167 R-3c -x,-y,-z -y,x-y,z y,x,-z+1/2 x+2/3,y+1/3,z+1/3
        168 P6 x-y,x,z
        169 P61 x-y,x,z+1/6
        170 P65 x-y,x,z+5/6
        171 P62 x-y,x,z+1/3
        172 P64 x-y,x,z+2/3
        173 P63 x-y,x,z+1/2
        174 P-6 -x+y,-x,-z
        175 P6/m -x,-y,-z x-y,x,z
        176 P63/m -x,-y,-z x-y,x,z+1/2
        177 P622 x-y,x,z -y,-x,-z
        178 P6122 x-y,x,z+1/6 -y,-x,-z+5/6
        179 P6522 x-y,x,z+5/6 -y,-x,-z+1/6
        180 P6222 x-y,x,z+1/3 -y,-x,-z+2/3
        181 P6422 x-y,x,z+2/3 -y,-x,-z+1/3
        182 P6322 x-y,x,z+1/2 -y,-x,-z+1/2
        183 P6mm x-y,x,z y,x,z
        184 P6cc x-y,x,z y,x,z+1/2
        185 P63cm x-y,x,z+1/2 y,x,z
        186 P63mc x-y,x,z+1/2 y,x,z+1/2
        187 P-6m2 -x+y,-x,-z -y,-x,-z
        188 P-6c2 -x+y,-x,-z+1/2 -y,-x,-z
        189 P-62m -x+y,-x,-z y,x,z
        190 P-62c -x+y,-x,-z+1/2 y,x,z+1/2
        191 P6/mmm -x,-y,-z x-y,x,z -y,-x,-z
        192 P6/mcc -x,-y,-z x-y,x,z -y,-x,-z+1/2
        193 P63/mcm -x,-y,-z x-y,x,z+1/2 -y,-x,-z
        194 P63/mmc -x,-y,-z x-y,x,z+1/2 -y,-x,-z+1/2
        195 P23 x,-y,-z z,x,y
        196 F23 x,-y,-z z,x,y x,y+1/2,z+1/2
        197 I23 x,-y,-z z,x,y x+1/2,y+1/2,z+1/2
        198 P213 x+1/2,-y+1/2,-z z,x,y
        199 I213 x,-y,-z+1/2 z,x,y
        200 Pm-3 -x,-y,-z x,-y,-z z,x,y
        202 Fm-3 -x,-y,-z x,-y,-z z,x,y x,y+1/2,z+1/2
        204 Im-3 -x,-y,-z x,-y,-z z,x,y x+1/2,y+1/2,z+1/2
        205 Pa-3 -x,-y,-z x+1/2,-y+1/2,-z z,x,y
        206 Ia-3 -x,-y,-z x,-y,-z+1/2 z,x,y
        207 P432 -y,x,z z,x,y
        208 P4232 -y+1/2,x+1/2,z+1/2 z,x,y
        209 F432 -y,x,z z,x,y x,y+1/2,z+1/2
        210 F4132 -y+1/4,x+1/4,z+1/4 z,x,y
        211 I432 -y,x,z z,x,y x+1/2,y+1/2,z+1/2
        212 P4332 -y+3/4,x+1/4,z+3/4 z,x,y
        213 P4132 -y+1/4,x+3/4,z+1/4 z,x,y
        214 I4132 -y+1/4,x+3/4,z+1/4 x,-y,-z+1/2 z,x,y
        215 P-43m y,-x,-z z,x,y
        216 F-43m y,-x,-z z,x,y x,y+1/2,z+1/2
        217 I-43m y,-x,-z z,x,y x+1/2,y+1/2,z+1/2
        218 P-43n y+1/2,-x+1/2,-z+1/2 z,x,y
        219 F-43c y+1/2,-x,-z x,-y,-z z,x,y
        220 I-43d y+1/4,-x+3/4,-z+1/4 z,x,y
        221 Pm-3m -x,-y,-z -y,x,z z,x,y
        223 Pm-3n -x,-y,-z -y+1/2,x+1/2,z+1/2 z,x,y
        225 Fm-3m -x,-y,-z -y,x,z z,x,y x,y+1/2,z+1/2
        226 Fm-3c -x,-y,-z -y+1/2,x,z x,-y,-z z,x,y
        229 Im-3m -x,-y,-z -y,x,z z,x,y x+1/2,y+1/2,z+1/2
        230 Ia-3d -x,-y,-z -y+1/4,x+3/4,z+1/4 z,x,y
        """
}
