#!/usr/bin/env python3
"""Prints the table of README.md: frames, SCF steps and the size of forces of every dataset here. Needs numpy."""
import glob
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    print("| functional | system | frames | of them disordered | force rms, meV/Å (smallest to largest frame) | "
          "mean normal stress, GPa | SCF steps |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for path in sorted(glob.glob(os.path.join(HERE, "*", "Li10*", "manifest.json"))):
        folder = os.path.dirname(path)
        level, dataset = folder.split(os.sep)[-2:]
        with open(path) as file:
            frames = json.load(file)["frames"]
        load = lambda name: np.concatenate(
            [np.load(f) for f in sorted(glob.glob(os.path.join(folder, "set.*", name + ".npy")))]).astype(float)
        rms = 1000 * np.sqrt((load("force") ** 2).mean(1))
        virial, box = load("virial").reshape(-1, 3, 3), load("box").reshape(-1, 3, 3)
        # Tensile positive.
        stress = -np.trace(virial, axis1=1, axis2=2) / 3 / np.abs(np.linalg.det(box)) * 160.2176634
        steps = [f["selfConsistencySteps"] for f in frames]
        odd = sum(f["index"] % 2 for f in frames)
        print(f"| {level} | {dataset} | {len(frames)} | {odd} | {np.sqrt((rms ** 2).mean()):.0f} ({rms.min():.0f} to "
              f"{rms.max():.0f}) | {stress.min():.1f} to {stress.max():.1f} | {min(steps)} to {max(steps)} |")


if __name__ == "__main__":
    main()
