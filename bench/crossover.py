"""Where the matrix stops being quicker: the dense way and the priced-out way, from people to settled plan, beside SciPy alone.

    python -m bench crossover --sizes 250 500 1000 2000 --repeat 3

Ithaca scores within its time; SciPy's assignment gets the ready matrix (places × mentees, points) and only its solving is timed.
SciPy maximises points alone: where places must go round, Ithaca may serve more people with fewer points. Kernels are compiled
and loaded beforehand; what that takes on a machine that never did it is in docs/engine-scale.md.
"""

from __future__ import annotations

import argparse
import statistics
import time

import matching_run
import matching_world
import numpy as np
import scale_world
from scipy.optimize import linear_sum_assignment

from ithaca.pairing import proven
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.solvers.settle import Ids

WORLDS = (*scale_world.REGIMES, "sample", "service", "ladder")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", type=int, nargs="+", default=[250, 500, 1_000, 1_500, 2_000, 3_000])
    asked.add_argument("--worlds", nargs="+", default=WORLDS, choices=WORLDS)
    asked.add_argument("--repeat", type=int, default=3)
    options = asked.parse_args()
    print("| a side | world | dense s | SciPy s | priced-out s | SciPy / dense | the same plan | points | SciPy's |")
    print("|---:|:---|---:|---:|---:|---:|:---|---:|---:|")
    for size in options.sizes:
        for world in options.worlds:
            compiled, ids = problem(world, size)
            dense, plan = timed(compiled, ids, True, options.repeat)
            priced, other = timed(compiled, ids, False, options.repeat)
            bare, most = scipy(compiled, options.repeat)
            same = "yes" if plan == other else "no"
            times = f"{dense:.3f} | {bare:.3f} | {priced:.3f} | {bare / dense:.2f}"
            points = int(compiled.at(*np.array(plan)).sum())
            print(f"| {size:,} | {world} | {times} | {same} | {points:,} | {most:,} |", flush=True)


def problem(world: str, size: int) -> tuple[Compiled, Ids]:
    if world in scale_world.REGIMES:
        compiled = scale_world.problem(size, world)
    else:
        compiled = matching_run.compiled(world, *matching_world.people(world, size))
    mentors, mentees = compiled.shape
    return compiled, (tuple(f"m{k:05}" for k in range(mentors)), tuple(f"n{k:05}" for k in range(mentees)))


def scipy(compiled: Compiled, repeat: int) -> tuple[float, int]:
    """(median seconds of the assignment alone, its points)."""
    ready = np.repeat(np.maximum(compiled.matrix(), 0), compiled.mentor_capacity, axis=0).astype(np.float64)
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        row, column = linear_sum_assignment(ready, maximize=True)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), int(ready[row, column].sum())


def timed(compiled: Compiled, ids: Ids, dense: bool, repeat: int) -> tuple[float, list[list[int]]]:
    """(median seconds after a first time, the plan)."""
    proven.DENSE_CELLS = 1 << 60 if dense else 0
    seconds = []
    for _ in range(repeat + 1):
        start = time.perf_counter()
        _, found = proven.best(compiled, ids, lambda fraction, words: None, lambda: False, False)
        seconds.append(time.perf_counter() - start)
    assert found.gap == 0
    return statistics.median(seconds[1:]), [found.mentor.tolist(), found.mentee.tolist()]


if __name__ == "__main__":
    main()
