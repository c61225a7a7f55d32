"""One contender on one problem in a process of its own; prints one line of JSON. Called by scale.py.

Ithaca's solver makes the problem itself and scores it within its time; a peer gets the ready matrix (places × mentees, points; excluded
pairs are worth nothing) as an .npy file, and only its solving is timed.
"""

import json
import pathlib
import re
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np


def ithaca(size: str, regime: str, repeat: str, good_enough: str) -> dict[str, object]:
    import scale_world

    from ithaca.pairing.solvers.priced import solver

    problem = scale_world.problem(int(size), scale_world.REGIMES[int(regime)])
    runs = [_timed(lambda: solver.solve(problem, good_enough=float(good_enough))) for _ in range(int(repeat) + 1)]
    found = runs[-1][0]
    seconds, cpu = np.median([run[1:] for run in runs[1:] or runs], axis=0).tolist()
    points = (found.u.sum() + (problem.mentor_capacity * found.v).sum()) - found.gap - found.bonus * len(found.mentee)
    return {
        "size": int(size),
        "regime": int(regime),
        "first": runs[0][1],
        "seconds": seconds,
        "cpu": cpu,
        "points": int(points),
        "served": len(np.unique(found.mentee)),
        "gap": found.gap,
    }


def scipy(matrix: str) -> dict[str, object]:
    from scipy.optimize import linear_sum_assignment

    worth = np.load(matrix).astype(np.float64)
    (row, column), seconds, cpu = _timed(lambda: linear_sum_assignment(worth, maximize=True))
    return {"seconds": seconds, "cpu": cpu, "points": int(worth[row, column].sum())}


def lapjv(matrix: str) -> dict[str, object]:
    from lapjv import lapjv as solve

    worth = _square(np.load(matrix))
    cost = (worth.max() - worth).astype(np.float32)
    found, seconds, cpu = _timed(lambda: solve(cost))
    return {"seconds": seconds, "cpu": cpu, "points": int(worth[np.arange(len(worth)), found[0]].sum())}


def lapx(matrix: str) -> dict[str, object]:
    import lap

    worth = _square(np.load(matrix))
    cost = (worth.max() - worth).astype(np.float64)
    found, seconds, cpu = _timed(lambda: lap.lapjv(cost))
    return {"seconds": seconds, "cpu": cpu, "points": int(worth[np.arange(len(worth)), found[1]].sum())}


def _timed(solve: Callable[[], Any]) -> tuple[Any, float, float]:
    """(answer, seconds on the clock, seconds of all processors)."""
    clock, cpu = time.perf_counter(), time.process_time()
    found = solve()
    return found, time.perf_counter() - clock, time.process_time() - cpu


def _square(worth: np.ndarray) -> np.ndarray:
    side = max(worth.shape)
    out = np.zeros((side, side), worth.dtype)
    out[: worth.shape[0], : worth.shape[1]] = worth
    return out


if __name__ == "__main__":
    result = {"ithaca": ithaca, "scipy": scipy, "lapjv": lapjv, "lapx": lapx}[sys.argv[1]](*sys.argv[2:])
    result["megabytes"] = int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path("/proc/self/status").read_text())[1]) // 1024
    print(json.dumps(result))
