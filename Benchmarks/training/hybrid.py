#!/usr/bin/env python3
"""What a three-body part (se_e3) beside se_e2_a gains, and what the first layers' initial parameters do.

    make build
    Benchmarks/training/hybrid.py --data DATA --work WORK [--jobs 2] [NET ...]   25 minutes on two cores; stops and goes on

Short trainings of the production net (se_e2_a, 8 Å, 16-32-32, axis 16, fitting 64-64-64) with changes, everything else
equal: seed, optimiser, schedule, 3000 steps. Writes results/hybrid.csv: errors on the hold-out.
"""
import sizes
import study

STEPS = 3000
PLAIN = {"type": "se_e2_a", "rcut": 8.0, "rcut_smth": 0.5, "sel": sizes.SEL[8.0], "neuron": [16, 32, 32], "axis_neuron": 16,
         "resnet_dt": False, "type_one_side": False, "seed": 1, "precision": "float32"}
# Initial first layers; changes of se_e2_a (in names: rcut/rcut_smth); cutoff, rcut_smth (Å) and nets of se_e3.
NETS = {
    "deepmd": ("deepmd", {}, None),
    "spread": ("spread", {}, None),
    "deepmd+e3-5.0/3.0-16": ("deepmd", {}, (5.0, 3.0, [8, 16])),
    "spread+e3-4.0/0.5-16": ("spread", {}, (4.0, 0.5, [8, 16])),
    "spread+e3-5.0/0.5-16": ("spread", {}, (5.0, 0.5, [8, 16])),
    "spread+e3-6.0/0.5-16": ("spread", {}, (6.0, 0.5, [8, 16])),
    "spread+e3-4.5/2.5-16": ("spread", {}, (4.5, 2.5, [8, 16])),
    "spread+e3-5.0/3.0-16": ("spread", {}, (5.0, 3.0, [8, 16])),
    "spread+e3-5.0/3.0-32": ("spread", {}, (5.0, 3.0, [16, 32])),
    "spread+e3-6.0/4.0-16": ("spread", {}, (6.0, 4.0, [8, 16])),
    "spread-7Å+e3-5.0/3.0-16": ("spread", {"rcut": 7.0}, (5.0, 3.0, [8, 16])),
    "spread-6Å+e3-5.0/3.0-16": ("spread", {"rcut": 6.0}, (5.0, 3.0, [8, 16])),
    "spread-16+e3-5.0/3.0-16": ("spread", {"neuron": [16, 16]}, (5.0, 3.0, [8, 16])),
    "spread-64+e3-5.0/3.0-16": ("spread", {"neuron": [16, 32, 64]}, (5.0, 3.0, [8, 16])),
    "spread-7/0.5Å+e3-4.5/2.5-16": ("spread", {"rcut": 7.0}, (4.5, 2.5, [8, 16])),
    "spread-7/3Å+e3-4.5/2.5-16": ("spread", {"rcut": 7.0, "rcut_smth": 3.0}, (4.5, 2.5, [8, 16])),
    "spread-axis8+e3-5.0/3.0-16": ("spread", {"axis_neuron": 8}, (5.0, 3.0, [8, 16])),
    "spread-axis4+e3-5.0/3.0-16": ("spread", {"axis_neuron": 4}, (5.0, 3.0, [8, 16])),
    "spread-7/3Å+e3-5.0/3.0-16": ("spread", {"rcut": 7.0, "rcut_smth": 3.0}, (5.0, 3.0, [8, 16])),
    "spread-6/3Å+e3-5.0/3.0-16": ("spread", {"rcut": 6.0, "rcut_smth": 3.0}, (5.0, 3.0, [8, 16])),
    "spread-8/3Å+e3-5.0/3.0-16": ("spread", {"rcut_smth": 3.0}, (5.0, 3.0, [8, 16])),
    "spread+e3-5.5/3.5-16": ("spread", {}, (5.5, 3.5, [8, 16])),
    "spread+e3-3.5/2.5-16": ("spread", {}, (3.5, 2.5, [8, 16])),
    "spread+e3-4.0/3.0-16": ("spread", {}, (4.0, 3.0, [8, 16])),
    "spread-8/3Å+e3-4.5/3.5-16": ("spread", {"rcut_smth": 3.0}, (4.5, 3.5, [8, 16])),
    "spread-7/3Å+e3-4.0/3.0-16": ("spread", {"rcut": 7.0, "rcut_smth": 3.0}, (4.0, 3.0, [8, 16])),
    "spread-7.5/3Å+e3-4.5/3.0-16": ("spread", {"rcut": 7.5, "rcut_smth": 3.0}, (4.5, 3.0, [8, 16])),
    "spread-7/4Å+e3-4.5/3.0-16": ("spread", {"rcut": 7.0, "rcut_smth": 4.0}, (4.5, 3.0, [8, 16])),
    "spread-7.5/4Å+e3-4.5/3.0-16": ("spread", {"rcut": 7.5, "rcut_smth": 4.0}, (4.5, 3.0, [8, 16])),
    "spread-7/3Å+e3-4.7/3.0-16": ("spread", {"rcut": 7.0, "rcut_smth": 3.0}, (4.7, 3.0, [8, 16])),
}


def training_input(name, work):
    initial, changes, three_body = NETS[name]
    descriptor = {**PLAIN, **changes}
    if three_body:
        cutoff, smooth, neuron = three_body
        descriptor = {"type": "hybrid", "list": [descriptor, {
            "type": "se_e3", "rcut": cutoff, "rcut_smth": smooth, "sel": "auto", "neuron": neuron, "seed": 1,
            "precision": "float32"}]}
    result = sizes.training_input("r8-32x16-64", work, STEPS)
    result["model"]["descriptor"] = descriptor
    result["optimizer"]["weight_decay"] = 0.01
    result["lgps_bench"] = {"table_intervals": 256, "validation_freq": STEPS, "initial_nets": initial}
    return result


if __name__ == "__main__":
    study.run(study.parser(__doc__).parse_args(), NETS, training_input, "hybrid.csv", "net", study.ERRORS)
