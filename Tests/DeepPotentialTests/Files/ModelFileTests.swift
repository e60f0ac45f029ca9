import DeepPotential
import Foundation
import Testing

@Suite struct ModelFileTests {
    @Test("What is written is read again bit by bit", arguments: ModelVariant.allCases, ["model.dp", "model.yaml"])
    func roundTrip(variant: ModelVariant, name: String) throws {
        let folder = try TemporaryFolder()
        try variant.model.write(to: folder.file(name))
        #expect(try DPModel(contentsOf: folder.file(name)) == variant.model)
    }

    @Test("The same model gives the same bytes", arguments: ["dp", "yaml"])
    func deterministic(type: String) throws {
        let folder = try TemporaryFolder()
        let model = DPModel.random(seed: 5)
        try model.write(to: folder.file("a.\(type)"))
        try model.write(to: folder.file("b.\(type)"))
        let first = try Data(contentsOf: URL(fileURLWithPath: folder.file("a.\(type)")))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("b.\(type)"))) == first)
    }

    @Test("Parameters outside float32 are rounded when a float32 model is written")
    func rounding() throws {
        let folder = try TemporaryFolder()
        var model = DPModel.random(seed: 6, precision: .float32)
        model.fitting.nets[0].layers[0].weights[0] = 0.1
        try model.write(to: folder.file("m.dp"))
        let read = try DPModel(contentsOf: folder.file("m.dp"))
        #expect(read.fitting.nets[0].layers[0].weights[0] == Double(Float(0.1)))
    }

    @Test("Numbers keep their value through YAML 1.1's rules for exponents")
    func exponents() throws {
        let folder = try TemporaryFolder()
        var model = DPModel.random(seed: 7)
        let values = [1e-5, -1e-300, Double.leastNonzeroMagnitude, 1e22, -0.0, 123456789.125, 1.0 / 3]
        for (index, value) in values.enumerated() { model.fitting.nets[0].layers[0].weights[index] = value }
        try model.write(to: folder.file("m.yaml"))
        #expect(try DPModel(contentsOf: folder.file("m.yaml")) == model)
        let text = try String(contentsOfFile: folder.file("m.yaml"), encoding: .utf8)
        #expect(text.contains("1.0e-05") && !text.contains(" 1e-05"))
    }

    @Suite(.enabled(if: SharedData.hasGolden, "needs ../shared/golden"))
    struct Golden {
        @Test("The .yaml and the .dp of DeePMD-kit hold the same model")
        func bothFormats() throws {
            let yaml = try DPModel(contentsOf: SharedData.model("tiny-two-sided-float64/model.yaml"))
            #expect(try DPModel(contentsOf: SharedData.model("tiny-two-sided-float64/model.dp")) == yaml)
            #expect(yaml.typeMap == ["Li", "Ge", "P", "S"])
            #expect(yaml.descriptor.sel == [40, 8, 12, 44])
            #expect(!yaml.descriptor.typeOneSide && yaml.descriptor.resnetDt && yaml.descriptor.smoothStart == 2)
            #expect(yaml.descriptor.embeddings.count == 16)
            #expect(yaml.descriptor.embeddings[3].layers.map { $0.timestep != nil } == [false, true, true])
            #expect(yaml.fitting.nets[0].layers.map { $0.timestep != nil } == [false, true, false, false])
            #expect(yaml.fitting.nets[2].layers.map(\.isActivated) == [true, true, true, false])
        }

        @Test(
            "Models of DeePMD-kit survive reading, writing and reading",
            arguments: ["tiny-two-sided-float64", "interim-float32"])
        func roundTrip(name: String) throws {
            let folder = try TemporaryFolder()
            let model = try DPModel(contentsOf: SharedData.model("\(name)/model.dp"))
            try model.write(to: folder.file("model.dp"))
            #expect(try DPModel(contentsOf: folder.file("model.dp")) == model)
        }
    }
}
