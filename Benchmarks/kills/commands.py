"""The long commands, small: how each is started, and what of its output is a result."""
import hashlib
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MODEL = str(ROOT / "reference-data/models/LiGePS-PBE/model-000.dp")


class Command:
    """`results` are patterns of files that must be the same, bit for bit, but for what `content` takes out."""

    def __init__(self, name, results):
        self.name, self.results = name, results

    def prepare(self, run, folder):
        """Makes the inputs. `run` runs the program there to its end."""

    def environment(self, folder):
        return {}

    def is_result(self, name):
        return any(pathlib.PurePath(name).match(pattern) for pattern in self.results)

    def is_expected(self, name):
        """Whether a file of the undisturbed run must be there in the others; calculations leave more and less in their store."""
        return not name.startswith("store")

    def result(self, output):
        """Of every result its hash."""
        names = sorted(str(path.relative_to(output)) for path in output.rglob("*") if path.is_file())
        return {name: hashlib.sha256(self.content(output / name)).hexdigest() for name in names if self.is_result(name)}

    def content(self, path):
        return path.read_bytes()

    def overlaps(self, folder):
        """How often an external program ran beside its successor."""
        return 0


class Dynamics(Command):
    def __init__(self):
        super().__init__("md", ["thermo.csv", "trajectory.extxyz", "checkpoint.bin"])

    def prepare(self, run, folder):
        run("structure", "cell.vasp")
        (folder / "md.json").write_text(json.dumps({
            "ensemble": "nvt", "temperature": 600, "steps": 600, "checkpoint_interval": 20,
            "output": {"thermo_interval": 1, "trajectory": {"format": "extxyz", "interval": 5}}}))

    def arguments(self, folder, output):
        # A start before the first checkpoint begins anew, as the program says.
        resume = ["--resume"] if (folder / output / "checkpoint.bin").exists() else []
        return ["md", "md.json", "--structure", "cell.vasp", "--model", MODEL, "--output", output, *resume]


class Training(Command):
    def __init__(self):
        super().__init__("train", ["model.dp", "lcurve.out"])

    def prepare(self, run, folder):
        label_by_model(run, 6)
        (folder / "input.json").write_text(json.dumps({
            "model": NET | {"type_map": ["Li", "Ge", "P", "S"]}, "learning_rate": RATE, "loss": LOSS,
            "training": {
                "training_data": {"systems": ["labels/model"], "batch_size": 1}, "numb_steps": 200, "save_freq": 10,
                "disp_freq": 10, "seed": 1},
            "lgps_bench": {"models": 2}}))

    def arguments(self, folder, output):
        return ["train", "input.json", "--restart", "--output", output]


class Study(Command):
    """Experiments of the smoke profile by a small net. The speed is never the same."""

    def __init__(self, name):
        super().__init__(name, ["findings.json"])

    def arguments(self, folder, output):
        return [self.name, "--profile", "smoke", "--fresh", "--model", MODEL, "--output", output]

    def content(self, path):
        root = json.loads(path.read_text())
        if isinstance(root, dict) and "findings" in root:
            root["findings"] = [finding for finding in root["findings"] if not finding["id"].startswith("speed/")]
        return json.dumps(root, sort_keys=True).encode()


class Labelling(Command):
    """A stand-in for CP2K that takes a while; it notes when another one runs already."""

    def __init__(self):
        super().__init__("label", ["PBE/*/type.raw", "PBE/*/type_map.raw", "PBE/*/set.000/*.npy"])

    def prepare(self, run, folder):
        for name in ["bin", "data"]:
            (folder / name).mkdir()
        program = folder / "bin/cp2k"
        program.write_text((HERE / "cp2k-stand-in.sh").read_text())
        program.chmod(0o755)
        elements = [("Li", "DZVP", 3), ("Ge", "TZV2P", 4), ("P", "TZV2P", 5), ("S", "TZV2P", 6)]
        (folder / "data/BASIS_MOLOPT").write_text("".join(f"{e} {b}-MOLOPT-PBE-GTH-q{q}\n" for e, b, q in elements))
        (folder / "data/GTH_POTENTIALS").write_text("".join(f"{e} GTH-PBE-q{q}\n" for e, _, q in elements))

    def environment(self, folder):
        return {"CP2K_DATA_DIR": str(folder / "data")}

    def arguments(self, folder, output):
        return ["label", "--cp2k", "bin/cp2k", "--perturbed", "Ge", "--count", "20", "--nice", "0", "--output", output]

    def overlaps(self, folder):
        path = folder / "bin/overlaps"
        return len(path.read_text().splitlines()) if path.exists() else 0


class Learning(Command):
    """Two iterations of concurrent learning; labels by a model."""

    def __init__(self):
        super().__init__("dpgen", ["learning.json", "record.dpgen"])

    def prepare(self, run, folder):
        label_by_model(run, 6)
        run("structure", "ordered.vasp")
        job = {"sys_idx": [0], "temps": [100, 300], "press": [1], "trj_freq": 5, "nsteps": 50, "ensemble": "npt-tri"}
        (folder / "param.json").write_text(json.dumps({
            "type_map": ["Li", "Ge", "P", "S"], "init_data_prefix": "labels", "init_data_sys": ["model"],
            "sys_configs": [["ordered.vasp"]], "numb_models": 2,
            "default_training_param": {
                "model": NET, "learning_rate": RATE, "loss": LOSS,
                "training": {"batch_size": 1, "stop_batch": 100, "save_freq": 20, "numb_test": 4}},
            "model_devi_dt": 0.002, "model_devi_skip": 0, "model_devi_f_trust_lo": 0.05, "model_devi_f_trust_hi": 20,
            "model_devi_jobs": [job, job], "fp_style": "model", "user_fp_params": {"model": MODEL}, "fp_task_max": 3,
            "fp_task_min": 1}))

    def arguments(self, folder, output):
        return ["dpgen", "param.json", "--output", output]

    def content(self, path):
        if path.suffix != ".json":
            return path.read_bytes()
        root = json.loads(path.read_text())
        kept = [{key: turn.get(key) for key in ["models", "labels", "systems"]} for turn in root["iterations"]]
        return json.dumps([kept, root.get("end")], sort_keys=True).encode()


NET = {
    "descriptor": {
        "type": "se_e2_a", "rcut": 5.0, "rcut_smth": 2.0, "sel": "auto:1.5", "neuron": [6, 12], "axis_neuron": 4,
        "precision": "float32"},
    "fitting_net": {"neuron": [16, 16], "precision": "float32"},
}
RATE = {"type": "exp", "start_lr": 0.01, "stop_lr": 0.0005, "decay_steps": 20}
LOSS = {"start_pref_e": 0.02, "limit_pref_e": 1, "start_pref_f": 1000, "limit_pref_f": 10}


def label_by_model(run, count):
    run("label", "--code", "model", "--model", MODEL, "--perturbed", "Ge", "--count", str(count), "--strain", "0.02",
        "--output", "labels")


ALL = [Dynamics(), Training(), Labelling(), Learning(), Study("lattice"), Study("all")]
