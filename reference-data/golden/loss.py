"""DeePMD-kit's loss of two-sided.dp on the crystal, with the predictions of one-sided.yaml as labels (run by make.sh)."""

import json
import sys
from pathlib import Path

import numpy as np
from deepmd.dpmodel.loss.ener import EnergyLoss

here = Path(sys.argv[1])
START = 1e-3
PREFACTORS = {"start_pref_e": 0.02, "limit_pref_e": 1.0, "start_pref_f": 1000.0, "limit_pref_f": 1.0,
              "start_pref_v": 0.02, "limit_pref_v": 0.5}


def arrays(model):
    folder = here / "predictions" / model / "crystal" / "set.000"
    values = {name: np.load(folder / f"{name}.npy").astype(float) for name in ("energy", "force", "virial")}
    return {"energy": values["energy"][:, None], "force": values["force"].reshape(-1, 50, 3),
            "virial": values["virial"]}


predictions, labels = arrays("two-sided"), arrays("one-sided")
loss = EnergyLoss(starter_learning_rate=START, **PREFACTORS)
cases = []
for rate in (1e-3, 2e-4, 1e-6):
    for frames in ([0, 1, 2], [1]):
        pick = lambda source: {name: value[frames] for name, value in source.items()}
        found = {f"find_{name}": 1.0 for name in labels}
        value, errors = loss.call(rate, 50, pick(predictions), {**pick(labels), **found})
        cases.append({"learning_rate": rate, "frames": frames, "loss": float(value),
                      **{name: float(errors[name]) for name in ("rmse_e", "rmse_f", "rmse_v")}})
(here / "loss.json").write_text(json.dumps({"start_learning_rate": START, **PREFACTORS, "cases": cases}, indent=1) + "\n")
