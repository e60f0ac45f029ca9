import DeepPotential
import Files
import Foundation
import Structures
import Testing

@testable import MolecularDynamics

@Suite struct ModelDeviationObserverTests {
    private let ensemble = [
        LennardJones(epsilon: 0.0104), LennardJones(epsilon: 0.0108), LennardJones(epsilon: 0.0099),
    ]

    private func simulation(folder: String, steps: Int = 60, limit: Double? = nil, extra: [any Observer] = []) throws
        -> Simulation
    {
        var configuration = MDConfiguration(temperature: 60, steps: steps)
        configuration.timestep = 0.01
        configuration.checkpointInterval = 25
        configuration.output.thermoInterval = 30
        configuration.output.modelDeviation = MDOutput.Deviation(interval: 10)
        configuration.output.modelDeviation?.forceLimit = limit
        let observers = try configuration.observers(folder: folder, others: Array(ensemble[1...]))
        return try Simulation(
            configuration: configuration, structure: Samples.argon(), potential: ensemble[0],
            observers: observers + extra, folder: folder)
    }

    /// Every line against the definition: ε_i = √⟨|F_i − ⟨F_i⟩|²⟩ over the models.
    @Test func writesTheDeviationOfEachFrame() throws {
        try withTemporaryFolder { folder in
            let frames = FrameRecorder(interval: 10)
            try simulation(folder: folder, extra: [frames]).run()
            let records = try ModelDeviationFile.read("\(folder)/model_devi.out")
            #expect(records.map(\.step) == [0, 10, 20, 30, 40, 50, 60])
            for (record, sample) in zip(records, frames.samples) {
                let forces = try ensemble.map { try $0.evaluate(sample.state.structure).forces }
                let deviations = (0..<sample.state.count).map { atom in
                    let mean = forces.reduce(.zero) { $0 + $1[atom] } / 3
                    return (forces.reduce(0) { $0 + ($1[atom] - mean).dot($1[atom] - mean) } / 3).squareRoot()
                }
                // Seven digits are printed.
                #expect(abs(record.largestForce - deviations.max()!) < 1e-6 * deviations.max()!)
                #expect(abs(record.meanForce - deviations.reduce(0, +) / 108) < 1e-6 * record.meanForce)
            }
        }
    }

    @Test func passingTheLimitStopsWithTheFrame() throws {
        try withTemporaryFolder { folder in
            try simulation(folder: "\(folder)/free").run()
            let records = try ModelDeviationFile.read("\(folder)/free/model_devi.out")
            // Half way between the deviations of two successive records that ascend to a new maximum.
            let index = try #require(
                (1..<records.count).first { k in
                    records[k].largestForce > records[..<k].map(\.largestForce).max()! * 1.02
                })
            let limit = 0.5 * (records[..<index].map(\.largestForce).max()! + records[index].largestForce)
            let limited = try simulation(folder: "\(folder)/limited", limit: limit)
            let failure = try #require(throws: SimulationFailure.self) { try limited.run() }
            #expect(failure.step == records[index].step)
            #expect(failure.reason.contains("\(limit)"))
            let frame = try #require(try ExtendedXYZ.read("\(folder)/limited/stopped.extxyz").first)
            #expect(frame.structure == limited.state.structureWithVelocities)
            #expect(
                try ModelDeviationFile.read("\(folder)/limited/model_devi.out").map(\.step)
                    == records[...index].map(\.step))
        }
    }

    @Test func resumesWithoutDoubleLines() throws {
        try withTemporaryFolder { folder in
            let (whole, torn) = ("\(folder)/whole", "\(folder)/torn")
            try FileManager.default.createDirectory(atPath: torn, withIntermediateDirectories: true)
            try simulation(folder: whole, extra: [CopyFolder(from: whole, to: torn, atStep: 44)]).run()
            try simulation(folder: torn).run(from: .resume)
            #expect(try bytes("\(torn)/model_devi.out") == bytes("\(whole)/model_devi.out"))
        }
    }

    @Test func oneModelHasNoDeviation() {
        var configuration = MDConfiguration(temperature: 60, steps: 1)
        configuration.output.modelDeviation = MDOutput.Deviation(interval: 10)
        let error = #expect(throws: InputError.self) { try configuration.observers(folder: "/tmp") }
        #expect(error?.description.contains("only one model") ?? false)
    }
}
