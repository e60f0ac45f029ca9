import DeepPotential
import Execution
import Files
import Foundation
import Parallel
import Structures

@testable import Validation

/// The main job on a profile of a second or two.
enum TinyStudy {
    static let profile = """
        {"name": "tiny", "purpose": "tests", "accuracy": {"stride": 1},
         "speed": {"supercells": ["1x1x1", "2x1x1"], "threads": [1], "repeats": 2, "secondsPerTiming": 0.001},
         "lattice": {"materials": ["Ge"], "force": 0.2, "stress": 1},
         "locality": {"materials": ["Ge"], "supercell": "1x1x1", "sites": 1, "displacement": 0.05, "draws": 1, "amplitude": 0.02},
         "dynamics": [
           {"experiments": ["experiment", "convergence"], "materials": ["Ge"], "arrangement": "disordered",
            "cell": "expanded", "supercell": "1x1x1", "temperatures": [900, 1000], "picoseconds": 0.4,
            "equilibration": 0.1, "sampleInterval": 0.01, "structureInterval": 0.1}]}
        """

    /// One small net for every level: its tables are made in a moment.
    static let models = ["VASP-PBE", "CP2K-PBE", "CP2K-PBEsol"].map {
        "\($0)=\(ReferenceDataTests.packageFolder)/reference-data/models/LiGePS-PBE/model-000.dp"
    }

    static func runner(
        in folder: TemporaryFolder, output: String = "report", experiments: [any Experiment] = Experiments.all,
        profile: String = profile, data: [String] = [], isFresh: Bool = false, cores: Int = 2,
        stop: StopFlag = StopFlag()
    ) throws -> StudyRunner {
        let file = folder.path + "/profile.json"
        try Data(profile.utf8).write(to: URL(fileURLWithPath: file))
        return StudyRunner(
            StudyOptions(
                experiments: experiments, profile: file, materials: [.germanium], models: models, data: data,
                store: folder.path + "/store", output: "\(folder.path)/\(output)", seed: 3, cores: cores,
                isFresh: isFresh, commandLine: ["lgps-bench", "all"]),
            reference: ReferenceDataTests.reference, stop: stop)
    }

    /// Two frames whose labels are a model's own predictions, so that its errors are those of the tables alone.
    static func ownData(in folder: String) throws -> String {
        let model = try DPModel(
            contentsOf: ReferenceDataTests.packageFolder + "/reference-data/models/LiGePS-PBE/model-000.dp")
        let evaluator = ReferenceEvaluator(model)
        let frames = try [8.7, 8.75].map { a in
            let structure = try LGPSPrototype.ordered(cell: CellLengths(a: a, b: a, c: 12.6))
            let evaluation = try evaluator.evaluate(structure)
            return ExtendedXYZ.Frame(
                structure: structure, energy: evaluation.energy, forces: evaluation.forces, virial: evaluation.virial)
        }
        try LabelledSystem(name: "own", frames: frames).write(to: "\(folder)/own")
        return folder
    }
}
