import Execution
import Files
import Foundation
import Testing

@testable import ConcurrentLearning

/// The protocols that come with the package.
@Suite struct ReferenceProtocolTests {
    private static let folder: String = {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { package.deleteLastPathComponent() }
        return package.appendingPathComponent("reference-data/protocols").path
    }()

    /// Table I of the paper: ensemble, temperatures, structure and supercell of 19 iterations in five stages (its last line
    /// says 19 to 21, Table IV and the data 17 to 19).
    @Test(arguments: ["Ge", "Si", "Sn"])
    func tableI(material: String) throws {
        let input = try LearningProtocol(contentsOf: "\(Self.folder)/dpgen-\(material).json")
        #expect(input.remarks.isEmpty)
        let jobs = input.exploration.jobs
        let all: [Double] = [50, 100, 200, 300, 500, 700, 900, 1200]
        let (cells, supercells) = (0..<4, [4..<8, 12..<16])
        #expect(jobs.count == 19)
        #expect(jobs.indices.filter { jobs[$0].ensemble == .nvt } == Array(16..<19))
        for index in [Array(cells), Array(8..<12), Array(16..<19)].joined() {
            #expect(jobs[index].temperatures == all)
        }
        for index in supercells.joined() { #expect(jobs[index].temperatures == [300, 700, 1200]) }
        #expect(
            jobs.map(\.systems) == [0, 1, 2, 3].flatMap { Array(repeating: [$0], count: 4) }
                + Array(repeating: [4], count: 3))
        #expect(jobs.allSatisfy { $0.trust[$0.systems[0]]?.forces == .init(low: 0.12, high: 0.25) })
        // From 1 to 10 ps in every stage.
        let picoseconds = jobs.map { Double($0.steps) * $0.timestep }
        #expect(picoseconds[0] == 1 && picoseconds[3] == 10 && picoseconds[18] == 10)

        let inputs = try LearningInputs(input, library: InputLibrary())
        let atoms = inputs.configurations.map { $0.map(\.structure.count) }
        #expect(atoms == [[50], [400], [50], [400], [400]])
        #expect(inputs.initialData.reduce(0) { $0 + $1.frames } == 30)
        // Ordered frames differ from disordered ones in where M and P are.
        #expect(inputs.configurations[0][0].structure.species != inputs.configurations[2][0].structure.species)
    }

    @Test func teacher() throws {
        let input = try LearningProtocol(contentsOf: "\(Self.folder)/dpgen-teacher.json")
        let inputs = try LearningInputs(input, library: InputLibrary())
        #expect(inputs.initialData.reduce(0) { $0 + $1.frames } == 20)
        #expect(inputs.holdOut.reduce(0) { $0 + $1.frames } == 32)
        // The planned labels stay within the budget of 300.
        #expect(input.exploration.jobs.count * input.selection.taskMaximum <= 300)
    }
}
