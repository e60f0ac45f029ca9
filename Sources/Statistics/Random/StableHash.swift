/// A hash that is the same in every process and version, unlike the standard library's `Hasher`.
enum StableHash {
    /// 64 bits from a seed and a name: FNV-1a over the seed's bytes (little-endian) and the name's UTF-8, then the
    /// finaliser of SplitMix64 (Steele, Lea, Flood 2014) so that neighbouring seeds differ in all bits.
    static func value(seed: UInt64, name: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func absorb(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        for shift in stride(from: 0, to: 64, by: 8) { absorb(UInt8(truncatingIfNeeded: seed >> UInt64(shift))) }
        name.utf8.forEach(absorb)
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
        return hash ^ (hash >> 31)
    }
}
