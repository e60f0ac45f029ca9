#!/usr/bin/env python3
"""What can be had for nothing in MD: changes of the nets that tables hide, of the loss and of the optimiser.

    make build
    Benchmarks/training/costless.py --data DATA --work WORK [--jobs 2] [NAME ...]   40 minutes on two cores; stops and goes on

Short trainings of one net (se_e2_a 7.5/3 Å, 16-32-32; se_e3 4.5/3 Å, 8-16; fitting 64-64-64; 6000 steps, one seed) with
one change each. Writes results/costless.csv: errors on the hold-out and the seconds of training.
"""
import json

import sizes
import study

STEPS = 6000
PRODUCTION = sizes.ROOT / "reference-data/models/LiGePS-PBE-hybrid-fast/input.json"
DEEPER = {"two_body": [16, 32, 32, 32], "three_body": [16, 16, 16]}
# Changes of the nets (two_body, three_body, fitting) and of the input's sections.
CHANGES = {
    "base": {},
    "two-body 32-64-32": {"two_body": [32, 64, 32]},
    "three-body 16-32-16": {"three_body": [16, 32, 16]},
    "two-body 32-32-32, three-body 16-16": {"two_body": [32, 32, 32], "three_body": [16, 16]},
    "deeper": DEEPER,
    "deeper, three-body 8-16-16-16": {**DEEPER, "three_body": [8, 16, 16, 16]},
    "deeper, three-body 16-32-16-16": {**DEEPER, "three_body": [16, 32, 16, 16]},
    "deepest": {"two_body": [16, 32, 32, 32, 32], "three_body": [16, 16, 16, 16]},
    "fitting 64-64-64-64": {"fitting": [64] * 4},
    "fitting 96-64-64": {"fitting": [96, 64, 64]},
    "energies 1, forces 100 to 1": {"loss": {"start_pref_e": 1, "start_pref_f": 100}},
    "energies 1, forces 20 to 1": {"loss": {"start_pref_e": 1, "start_pref_f": 20}},
    "energies 1, forces 20 to 5": {"loss": {"start_pref_e": 1, "start_pref_f": 20, "limit_pref_f": 5}},
    "forces 1000 to 10": {"loss": {"limit_pref_f": 10}},
    "forces 1000 to 10, virials 0.2 to 0.5": {"loss": {"limit_pref_f": 10, "start_pref_v": 0.2, "limit_pref_v": 0.5}},
    "energies to 0.2, virials 5 to 0.05": {"loss": {"limit_pref_e": 0.2, "start_pref_v": 5}},
    "average over 0.995": {"training": {"ema_decay": 0.995}},
    "deeper, rate 0.02": {**DEEPER, "learning_rate": {"start_lr": 0.02}},
    "deeper, rate 0.005": {**DEEPER, "learning_rate": {"start_lr": 0.005}},
    "deeper, 9000 batches of 200": {**DEEPER, "training": {"numb_steps": 9000, "training_data": "mixed:200"}},
}


def training_input(change, work):
    result = json.loads(PRODUCTION.read_text())
    model, training = result["model"], result["training"]
    two_body, three_body = model["descriptor"]["list"]
    two_body["neuron"] = change.get("two_body", [16, 32, 32])
    three_body["neuron"] = change.get("three_body", [8, 16])
    model["fitting_net"]["neuron"] = change.get("fitting", [64, 64, 64])
    changed = dict(change.get("training", {}))
    batch_size = changed.pop("training_data", "mixed:400")
    training.update(numb_steps=STEPS, disp_freq=1000)
    training.update(changed)
    training["training_data"] = {"systems": str(work / "train"), "batch_size": batch_size}
    training["validation_data"]["systems"] = str(work / "hold")
    for section in ("loss", "learning_rate"):
        result[section].update(change.get(section, {}))
    result["lgps_bench"].update(models=1, validation_freq=training["numb_steps"])
    return result


if __name__ == "__main__":
    study.run(study.parser(__doc__).parse_args(), CHANGES, lambda name, work: training_input(CHANGES[name], work), "costless.csv",
              "change", study.ERRORS | study.SECONDS)
