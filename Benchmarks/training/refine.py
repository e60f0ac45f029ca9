#!/usr/bin/env python3
"""The second stage of training: a trained model goes on at small rates with the loss that its energies need.

    make build
    Benchmarks/training/refine.py --model MODEL --data DATA --work WORK [--jobs 2] [NAME ...]   15 minutes; stops and goes on

Short trainings from one model of the kind of `costless.py`'s base (20 000 steps, first stage only; results/refine.csv began with
model 000 of LiGePS-PBE-hybrid-fast in commit 2aab0d5: 1.77 meV/atom, 59.2 meV/Å). Constant prefactors, cosine. Writes
results/refine.csv: errors on the hold-out and the seconds of training on one thread.
"""
from pathlib import Path

import costless
import study

# Steps, atoms in a batch, prefactor of the energy (forces 1, virials 0.05), first rate, optimiser, memory of the average.
STAGES = {
    "energies 1": (3000, 400, 1, 1e-4, "HybridMuon", 0.998),
    "energies 5": (3000, 400, 5, 1e-4, "HybridMuon", 0.998),
    "energies 5, Adam": (3000, 400, 5, 1e-4, "Adam", 0.998),
    "energies 20": (3000, 400, 20, 1e-4, "HybridMuon", 0.998),
    "energies 5, rate 3e-4": (3000, 400, 5, 3e-4, "HybridMuon", 0.998),
    "energies 5, rate 1e-3": (3000, 400, 5, 1e-3, "HybridMuon", 0.998),
    "energies 20, rate 3e-4, Adam": (3000, 400, 20, 3e-4, "Adam", 0.998),
    "energies 5, 8000 steps": (8000, 400, 5, 1e-4, "HybridMuon", 0.999),
    "energies 5, batches of 1600, rate 2e-4": (1500, 1600, 5, 2e-4, "HybridMuon", 0.998),
    "energies 5, batches of 1600, rate 4e-4": (1500, 1600, 5, 4e-4, "HybridMuon", 0.998),
    "energies 20, batches of 1600, rate 2e-4": (1500, 1600, 20, 2e-4, "HybridMuon", 0.998),
}


def training_input(stage, model, work):
    steps, atoms, energy, rate, optimizer, memory = stage
    result = costless.training_input({"training": {"numb_steps": steps, "ema_decay": memory, "training_data": f"mixed:{atoms}"},
                                  "learning_rate": {"start_lr": rate, "stop_lr": 1e-6}}, work)
    result["loss"] = {f"{end}_pref_{kind}": value for end in ("start", "limit")
                      for kind, value in (("e", energy), ("f", 1), ("v", 0.05))}
    if optimizer == "Adam":
        result["optimizer"] = {"type": "Adam"}
    result["lgps_bench"]["fine_tune"] = str(model)
    return result


def main():
    parser = study.parser(__doc__)
    parser.add_argument("--model", type=Path, required=True)
    arguments = parser.parse_args()
    model = arguments.model.resolve()
    study.run(arguments, STAGES, lambda name, work: training_input(STAGES[name], model, work), "refine.csv", "stage",
              study.ERRORS | study.SECONDS)


if __name__ == "__main__":
    main()
