import Testing

@testable import Files

@Suite struct MarkdownTableTests {
    @Test func alignsAndEscapes() {
        var table = MarkdownTable([.init("a|b"), .init("n", .right), .init("", .centre)])
        table.append(["x\ny", "1", "|"])
        #expect(table.text == "| a\\|b | n |  |\n| :--- | ---: | :---: |\n| x y | 1 | \\| |")
    }
}
