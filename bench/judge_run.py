"""One step of judge.py in a process of its own; prints one line of JSON.

solve SIZE REGIME FILE     solve the problem, whose answers have been read, and keep the plan
check SIZE REGIME FILE     judge the kept plan
scipy SIZE REGIME          SciPy's assignment on the ready matrix
"""

import json
import pathlib
import pickle
import re
import sys
import time
from collections.abc import Callable
from typing import Any

import judge_world
import numpy as np
import scale_world

from ithaca.pairing import scoring

FEW = 3_000
"""Up to here solving, and SciPy, are run several times; the median counts."""


def solve(size: int, regime: str, file: str) -> dict[str, Any]:
    from ithaca.pairing import solve as solver

    solver.solve(judge_world.problem(300, regime))
    problem = judge_world.problem(size, regime)
    scoring.compiled(problem)
    plan, seconds, cpu = timed(lambda: solver.solve(problem), _runs(size))
    pathlib.Path(file).write_bytes(pickle.dumps(plan))
    return {"seconds": seconds, "cpu": cpu, "served": plan.served, "points": plan.total}


def check(size: int, regime: str, file: str) -> dict[str, Any]:
    from ithaca.pairing import check as judge

    problem = judge_world.problem(size, regime)
    _, reading, _ = timed(lambda: scoring.compiled(problem))
    plan = pickle.loads(pathlib.Path(file).read_bytes())
    verdict, seconds, cpu = timed(lambda: judge.check(problem, plan))
    found = {"gap": verdict.gap, "optimal": verdict.optimal, "findings": verdict.findings[:3]}
    return found | {"seconds": seconds, "cpu": cpu, "reading": reading}


def scipy(size: int, regime: str) -> dict[str, Any]:
    from scipy.optimize import linear_sum_assignment

    compiled = scoring.compiled(judge_world.problem(size, regime))
    worth = np.repeat(np.maximum(compiled.matrix(), 0), compiled.mentor_capacity, axis=0).astype(np.float64)
    _, seconds, cpu = timed(lambda: linear_sum_assignment(worth, maximize=True), _runs(size))
    return {"seconds": seconds, "cpu": cpu}


def timed(work: Callable[[], Any], runs: int = 1) -> tuple[Any, float, float]:
    """(answer, seconds on the clock, seconds of all processors) of the median of some runs."""
    found = []
    for _ in range(runs):
        clock, cpu = time.perf_counter(), time.process_time()
        answer = work()
        found.append((time.perf_counter() - clock, time.process_time() - cpu))
    return answer, *sorted(found)[runs // 2]


def _runs(size: int) -> int:
    return 7 if size <= FEW else 1


if __name__ == "__main__":
    step, asked, kind, *rest = sys.argv[1:]
    result = {"solve": solve, "check": check, "scipy": scipy}[step](int(asked), scale_world.REGIMES[int(kind)], *rest)
    result["megabytes"] = int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path("/proc/self/status").read_text())[1]) // 1024
    print(json.dumps(result))
