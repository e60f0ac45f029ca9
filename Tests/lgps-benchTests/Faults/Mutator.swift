import Files
import Foundation
import Structures

/// Makes damaged files of sound ones, always the same from one seed.
struct Mutator {
    private var random: SplitMix64

    init(seed: UInt64, stream: String) { random = SplitMix64(seed: seed, stream: stream) }

    /// What numbers become in text.
    private static let numbers = [
        "0", "-1", "1e308", "-1e308", "1e-320", "nan", "inf", "-inf", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "4294967296", "2147483647", "1e30", "0x7f", "1.5", "", "****", "1,000", "٣",
    ]

    mutating func mutant(of data: Data, isText: Bool) -> Data {
        var bytes = [UInt8](data)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard !bytes.isEmpty else { break }
            if isText, Bool.random(using: &random) { changeNumber(&bytes) } else { changeBytes(&bytes, isText) }
        }
        return Data(bytes)
    }

    private mutating func changeNumber(_ bytes: inout [UInt8]) {
        let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
        guard let place = digits.randomElement(using: &random) else { return }
        func isPart(_ byte: UInt8) -> Bool { (48...57).contains(byte) || [43, 45, 46, 69, 101].contains(byte) }
        var (first, end) = (place, place + 1)
        while first > 0, isPart(bytes[first - 1]) { first -= 1 }
        while end < bytes.count, isPart(bytes[end]) { end += 1 }
        bytes.replaceSubrange(first..<end, with: Self.numbers.randomElement(using: &random)!.utf8)
    }

    private mutating func changeBytes(_ bytes: inout [UInt8], _ isText: Bool) {
        let first = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, first + Int.random(in: 1...(isText ? 40 : 8), using: &random))
        switch Int.random(in: 0..<(isText ? 6 : 8), using: &random) {
        case 0: bytes[first] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[first] = .random(in: 0...255, using: &random)
        case 2: bytes.removeSubrange(first..<end)
        case 3: bytes.insert(contentsOf: bytes[first..<end], at: Int.random(in: 0...bytes.count, using: &random))
        case 4: bytes.removeSubrange(first...)
        case 5: for place in first..<end { bytes[place] = bytes[Int.random(in: 0..<bytes.count, using: &random)] }
        case 6: for place in first..<end { bytes[place] = 255 }
        default: for place in first..<end { bytes[place] = 0 }
        }
    }
}
