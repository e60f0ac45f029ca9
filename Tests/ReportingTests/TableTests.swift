import Files
import Statistics
import Testing

@testable import Reporting

@Suite struct TableTests {
    static let table = {
        var table = Table(
            name: "table5", caption: "Errors | of the model",
            columns: [.init("system, \"name\""), .init("frames"), .init("RMSE", unit: "meV/Å"), .init("E", unit: "eV")])
        table.append([.text("a|b"), .integer(3), .measured(Estimate(82.41, error: 0.91)), .number(-1.5, digits: 3)])
        table.append([.text("c,d"), .empty, .measured(Estimate(5)), .number(1e-7, digits: 2)])
        return table
    }()

    @Test func markdownKeepsUnitsErrorsAndAlignment() {
        #expect(
            Self.table.markdown == """
                **Errors | of the model**

                | system, "name" | frames | RMSE (meV/Å) | E (eV) |
                | :--- | ---: | ---: | ---: |
                | a\\|b | 3 | 82.4 ± 0.9 | −1.50 |
                | c,d | – | 5.00 | 1.0×10⁻⁷ |

                """)
    }

    @Test func csvKeepsFullPrecisionAndSplitsErrors() {
        #expect(
            Self.table.csv
                == [
                    "\"system, \"\"name\"\"\",frames,RMSE (meV/Å),error of RMSE (meV/Å),E (eV)",
                    "a|b,3,82.41,0.91,-1.5", "\"c,d\",,5,,1e-07", "",
                ].joined(separator: "\r\n"))
    }

    @Test func originsAreMarkedAndExplained() {
        var table = Table(name: "d", caption: "D", columns: [.init("T", unit: "K"), .init("D")])
        table.append([.integer(500), .measured(Estimate(3, error: 0.4), origin: .here)])
        table.append([.integer(300), .measured(Estimate(1, error: 0.2), origin: .shipped)])
        table.append([.integer(200), .empty])
        #expect(table.markdown.contains("| 500 | 3.0 ± 0.4 ʰ |") && table.markdown.contains("| 300 | 1.0 ± 0.2 ˢ |"))
        #expect(table.markdown.hasSuffix("\n\nʰ computed here, ˢ from shipped outcomes.\n"))
        #expect(
            table.csv == "T (K),D,error of D,origin of D\r\n500,3,0.4,here\r\n300,1,0.2,shipped\r\n200,,,\r\n")
    }

    @Test func survivesJSON() throws {
        let data = try JSONText.data(Self.table)
        let folder = try TemporaryFolder()
        try data.write(to: folder.url.appending(path: "t.json"))
        #expect(try JSONText.read(Table.self, from: folder.path + "/t.json") == Self.table)
    }
}
