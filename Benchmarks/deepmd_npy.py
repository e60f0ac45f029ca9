"""Structures as a deepmd/npy system with labels of zero, for programs that read labelled data only. Needs numpy."""


def write_unlabelled(folder, elements, cells, coordinates):
    """Frames of one composition.

    elements: one per atom; cells: [frames, 9] and coordinates: [frames, 3 atoms] (Å).
    """
    import numpy
    types = list(dict.fromkeys(elements))
    data = folder / "set.000"
    data.mkdir(parents=True, exist_ok=True)
    (folder / "type_map.raw").write_text("\n".join(types) + "\n")
    (folder / "type.raw").write_text("\n".join(str(types.index(e)) for e in elements) + "\n")
    frames = len(cells)
    arrays = {"box": numpy.array(cells, float), "coord": numpy.array(coordinates, float),
              "force": numpy.zeros_like(coordinates, float), "energy": numpy.zeros(frames), "virial": numpy.zeros((frames, 9))}
    for name, values in arrays.items():
        numpy.save(data / f"{name}.npy", values)
