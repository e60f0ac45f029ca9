import Files
import Foundation
import Testing

@testable import Execution

struct MachineFileTests {
    private func read(_ text: String) throws -> MachineFile {
        let path = FileManager.default.temporaryDirectory.path + "/machine-\(UUID().uuidString).json"
        defer { unlink(path) }
        try AtomicFile.write(text, to: path)
        return try MachineFile(path)
    }

    /// After dpdispatcher's documentation and DP-GEN's examples/machine/DeePMD-kit-2.x/lebesgue_v2_machine.json.
    @Test func stagesOfDPGEN() throws {
        let file = try read(
            """
            {"api_version": "1.0", "deepmd_version": "2.0.1", "_comment": "ours",
             "train": [{"command": "dp",
               "machine": {"batch_type": "Slurm", "context_type": "LazyLocalContext", "local_root": "./", "remote_root": "work"},
               "resources": {"number_node": 1, "cpu_per_node": 4, "gpu_per_node": 1, "queue_name": "GPU_2080Ti", "group_size": 1,
                 "custom_flags": ["#SBATCH --mem=32G"], "strategy": {"if_cuda_multi_devices": true}, "para_deg": 3,
                 "source_list": ["/opt/env.sh"], "module_unload_list": ["singularity"], "module_list": ["singularity/3.0.0"],
                 "module_purge": true, "envs": {"OMP_NUM_THREADS": 4, "B": ["x", "y"]}, "wait_time": 60,
                 "kwargs": {"custom_gpu_line": "#SBATCH --gres=gpu:1"}}}],
             "model_devi": {"command": "lmp", "machine": {"batch_type": "SlurmJobArray", "context_type": "lazy-local"},
               "resources": {"queue_name": "CPU", "group_size": 0}, "user_forward_files": [], "user_backward_files": []},
             "fp": {"command": "mpirun -n 32 vasp_std", "machine": {"batch_type": "shell", "context_type": "local"},
               "resources": {"cpu_per_node": 32, "group_size": 5, "queue_name": ""}}}
            """)
        let train = try file.slurmResources(.training)
        #expect(train.partition == "GPU_2080Ti" && train.coresPerNode == 4 && train.gpusPerNode == 1)
        #expect(train.gpuLine == "#SBATCH --gres=gpu:1" && train.customFlags == ["#SBATCH --mem=32G"])
        #expect(
            train.purgesModules && train.unloadedModules == ["singularity"] && train.modules == ["singularity/3.0.0"])
        #expect(train.sources == ["/opt/env.sh"])
        #expect(train.environment.map(\.name) == ["B", "B", "OMP_NUM_THREADS"])
        #expect(train.environment.map(\.value) == ["x", "y", "4"])
        #expect(try file.stage(.exploration).command == "lmp")
        #expect(try file.stage(.labelling).batch == .shell && file.stage(.labelling).resources.partition == nil)
        #expect(throws: InputError.self) { try file.slurmResources(.labelling) }
        for key in ["group_size", "para_deg", "wait_time", "strategy"] {
            #expect(file.notes.contains { $0.contains(key) }, "a note on \(key)")
        }
    }

    @Test func oneMachineForAllStages() throws {
        let file = try read(
            """
            {"machine": {"batch_type": "Slurm"}, "resources": {"time_limit": "1:00:00", "mem_limit": 4, "exclude_list": ["n7", "n8"]},
             "slurm": {"max_jobs": 50, "throttle": 10, "poll_seconds": 5, "longest_poll_seconds": 60, "patience_seconds": 20}}
            """)
        for stage in ResourceStage.allCases {
            let resources = try file.slurmResources(stage)
            #expect(
                resources.timeLimit == "1:00:00" && resources.memory == "4G" && resources.excludedNodes == ["n7", "n8"])
        }
        var limits = QueueLimits()
        (limits.jobs, limits.throttle) = (50, 10)
        (limits.shortestPoll, limits.longestPoll, limits.patience) = (5, 60, 20)
        #expect(file.limits == limits)
    }

    @Test func oldFlatForm() throws {
        let file = try read(
            """
            {"train_machine": {"machine_type": "slurm", "hostname": "localhost", "port": 22, "work_path": "/w"},
             "train_resources": {"numb_node": 1, "task_per_node": 8, "numb_gpu": 0, "partition": "main", "time_limit": "23:0:0",
               "exclude_list": [], "with_mpi": true, "source_list": [], "module_list": ["intel"]},
             "deepmd_path": "/opt/dp"}
            """)
        let resources = try file.slurmResources(.training)
        #expect(resources.partition == "main" && resources.coresPerNode == 8 && resources.modules == ["intel"])
        let error = #expect(throws: InputError.self) { try file.stage(.labelling) }
        #expect(error?.problem.contains("'fp'") == true)
    }

    @Test(arguments: [
        (#"[1, 2]"#, "object"), (#"{"#, "JSON"), (#"{}"#, "describes no machine"), (#"{"train": []}"#, "empty"),
        (#"{"tarin": {}}"#, "unknown key 'tarin'"), (#"{"train": {"machine": {"batch_typ": "Slurm"}}}"#, "batch_typ"),
        (#"{"machine": {"batch_type": "PBS"}}"#, "'PBS' is not supported"),
        (#"{"machine": {"context_type": "SSHContext"}}"#, "'SSHContext' is not supported"),
        (#"{"machine": {"context_type": "ssh"}}"#, "'ssh' is not supported"),
        (#"{"machine": {"hostname": "cluster.example.org"}}"#, "SSH"),
        (#"{"resources": {"number_node": 2}}"#, "one node"), (#"{"resources": {"cpu_per_node": 0}}"#, "at least 1"),
        (#"{"resources": {"cpu_per_node": "four"}}"#, "number"),
        (#"{"resources": {"queue": "main"}}"#, "unknown key 'queue'"),
        (#"{"resources": {"custom_flags": ["--time=1"]}}"#, "no option of sbatch"),
        (#"{"resources": {"envs": {"a b": "1"}}}"#, "no name of a variable"),
        (#"{"resources": {"envs": ["A=1"]}}"#, "object"), (#"{"resources": {"module_list": [1]}}"#, "string"),
        (#"{"resources": {}, "slurm": {"max_jobs": 0}}"#, "at least 1"),
        (#"{"resources": {}, "slurm": {"poll_seconds": 30, "longest_poll_seconds": 10}}"#, "shorter"),
    ])
    func otherShapesAreToldApart(text: String, word: String) throws {
        let error = #expect(throws: InputError.self) { try read(text) }
        #expect(error?.file != nil && "\(error!)".contains(word), "\(error.map { "\($0)" } ?? "")")
    }

    @Test func missingFileIsTold() {
        #expect(throws: InputError.self) { try MachineFile("/nowhere/machine.json") }
    }
}
