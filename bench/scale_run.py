"""One contender on one problem in a process of its own; prints one line of JSON. Called by scale.py.

Ithaca's solver makes the problem itself and scores it within its time; a peer gets the ready matrix (places × mentees, points; excluded
pairs are worth nothing) as an .npy file, and only its solving is timed.
"""

import json
import pathlib
import re
import sys
import time

import numpy as np


def ithaca(size: str, regime: str, repeat: str) -> dict[str, object]:
    import scale_world

    from ithaca.pairing.solvers.priced import solver

    problem = scale_world.problem(int(size), scale_world.REGIMES[int(regime)])
    first = time.perf_counter()
    found = solver.solve(problem)
    seconds = [time.perf_counter() - first]
    while len(seconds) <= int(repeat):
        start = time.perf_counter()
        found = solver.solve(problem)
        seconds.append(time.perf_counter() - start)
    points = (found.u.sum() + (problem.mentor_capacity * found.v).sum()) - found.gap - found.bonus * len(found.mentee)
    return {
        "first": seconds[0],
        "seconds": float(np.median(seconds[1:] or seconds)),
        "points": int(points),
        "served": len(np.unique(found.mentee)),
        "gap": found.gap,
    }


def scipy(matrix: str) -> dict[str, object]:
    from scipy.optimize import linear_sum_assignment

    worth = np.load(matrix).astype(np.float64)
    start = time.perf_counter()
    row, column = linear_sum_assignment(worth, maximize=True)
    return {"seconds": time.perf_counter() - start, "points": int(worth[row, column].sum())}


def lapjv(matrix: str) -> dict[str, object]:
    from lapjv import lapjv as solve

    worth = _square(np.load(matrix))
    cost = (worth.max() - worth).astype(np.float32)
    start = time.perf_counter()
    column = solve(cost)[0]
    return {"seconds": time.perf_counter() - start, "points": int(worth[np.arange(len(worth)), column].sum())}


def lapx(matrix: str) -> dict[str, object]:
    import lap

    worth = _square(np.load(matrix))
    cost = (worth.max() - worth).astype(np.float64)
    start = time.perf_counter()
    column = lap.lapjv(cost)[1]
    return {"seconds": time.perf_counter() - start, "points": int(worth[np.arange(len(worth)), column].sum())}


def _square(worth: np.ndarray) -> np.ndarray:
    side = max(worth.shape)
    out = np.zeros((side, side), worth.dtype)
    out[: worth.shape[0], : worth.shape[1]] = worth
    return out


if __name__ == "__main__":
    result = {"ithaca": ithaca, "scipy": scipy, "lapjv": lapjv, "lapx": lapx}[sys.argv[1]](*sys.argv[2:])
    result["megabytes"] = int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path("/proc/self/status").read_text())[1]) // 1024
    print(json.dumps(result))
