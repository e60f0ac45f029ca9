import Files
import Foundation
import Testing

@testable import Files

/// Digests of FIPS 180-4's examples (NIST's "SHA256.pdf") and, for long input, of coreutils' `sha256sum`.
@Suite struct SHA256Tests {
    @Test func standardExamples() {
        #expect(
            SHA256.hexadecimal(of: "") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            SHA256.hexadecimal(of: "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            SHA256.hexadecimal(of: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    }

    @Test func piecesGiveTheSameAsTheWhole() {
        let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        var hash = SHA256()
        var start = 0
        for size in 1...1414 {
            let end = min(start + size, message.count)
            hash.update(Array(message[start..<end]))
            start = end
        }
        #expect(start == message.count)
        #expect(hash.hexadecimal == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func missingFileIsNamed() {
        #expect(throws: InputError.self) { try SHA256.hexadecimal(ofFile: "/no/such/file") }
    }
}
