/// A small deterministic generator for arrangements of atoms.
///
/// Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014; constants of the reference
/// implementation by Vigna. One multiplication chain per draw passes BigCrush, which is ample for shuffling a few
/// hundred sites; dynamics and statistics draw from GSL instead.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    /// The generator of a named stream of a seed: streams of one seed are independent, and the name says what for.
    ///
    /// The name enters by FNV-1a (64 bits), so that it means the same in every run and on every machine.
    public init(seed: UInt64, stream: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in stream.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        var mixer = SplitMix64(seed: seed)
        state = mixer.next() ^ hash
        state = next()
    }

    /// A number from 0 to `count` − 1, each as likely (Lemire, ACM Trans. Model. Comput. Simul. 29, 3 (2019)).
    ///
    /// Written out because the standard library does not promise its own algorithm, and a seed shall give the same
    /// arrangement for ever.
    public mutating func index(below count: Int) -> Int {
        precondition(count > 0, "nothing to choose from")
        let bound = UInt64(count)
        let threshold = (0 &- bound) % bound
        while true {
            let product = next().multipliedFullWidth(by: bound)
            if product.low >= threshold { return Int(product.high) }
        }
    }

    /// `values` in random order, each order as likely (Fisher-Yates).
    public mutating func shuffled<Value>(_ values: [Value]) -> [Value] {
        var values = values
        for last in stride(from: values.count - 1, to: 0, by: -1) { values.swapAt(last, index(below: last + 1)) }
        return values
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
