#!/usr/bin/env python3
"""Splits the labels of one functional for training: every sixth frame of a system is held out.

    reference-data/datasets/split.py PBE WORK      writes WORK/train and WORK/hold; needs numpy
"""
import shutil
import sys
from pathlib import Path

import numpy

EVERY = 6


def main():
    functional, work = sys.argv[1:]
    for system in sorted((Path(__file__).parent / functional).glob("*/type.raw")):
        frames = sorted(system.parent.glob("set.*"))
        for part in ("train", "hold"):
            target = Path(work) / part / system.parent.name
            (target / "set.000").mkdir(parents=True, exist_ok=True)
            for name in ("type.raw", "type_map.raw"):
                shutil.copy(system.parent / name, target)
            for name in ("box", "coord", "energy", "force", "virial"):
                values = numpy.concatenate([numpy.load(frame / f"{name}.npy") for frame in frames])
                held = numpy.arange(len(values)) % EVERY == EVERY - 1
                numpy.save(target / "set.000" / f"{name}.npy", values[held if part == "hold" else ~held])


if __name__ == "__main__":
    main()
