"""Solving again after a change against solving anew: one in a hundred of both sides leaves, as many others arrive.

    python -m bench again                                  10,000 a side, three regimes
    python -m bench again --sizes 100000 --regimes 1       one of them, larger

Both are timed in one process after a small warm-up. "Anew" solves the changed problem from nothing, once; "again" solves it `--repeat`
times from the same memory of the problem before, and the median is shown. "Made ready" is what it took, once, to make
that memory on top of solving. Processor seconds are of all threads.
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import scale_world

from ithaca.pairing.compiled import Compiled, Part
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.dot import Dot
from ithaca.pairing.primitives.overlap import Overlap
from ithaca.pairing.primitives.pairs import Pairs
from ithaca.pairing.solvers.priced import again, solver
from ithaca.pairing.solvers.priced.level import Level

Array = np.ndarray[Any, Any]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    asked.add_argument("--regimes", type=int, nargs="+", default=[0, 1, 2])
    asked.add_argument("--share", type=float, default=0.01, help="of both sides that leaves, and that arrives")
    asked.add_argument("--repeat", type=int, default=3)
    options = asked.parse_args()
    compare(1_500, 0, options)  # compiles, or loads what was compiled
    print(
        "| mentees | places | anew, s | CPU s | again, s | CPU s | ratio | by CPU | gap | looked at | made ready, s |"
    )
    print("|---:|:---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for size in options.sizes:
        for regime in options.regimes:
            print(compare(size, regime, options), flush=True)


def compare(size: int, regime: int, options: argparse.Namespace) -> str:
    """One row of the table."""
    before, after, was = changed(size, scale_world.REGIMES[regime], options.share)
    anew, wall, cpu = _timed(lambda: solver.solve(after))
    made_ready: list[float] = []
    memory = _remembered(before, made_ready)
    times = []
    for _ in range(options.repeat):
        found = left = None  # so that there is one solution at a time, as where it is used
        (found, left), *seconds = _timed(lambda: solver.solve_and_remember(after, again.Change(memory, *was)))
        times.append(seconds)
    assert found is not None
    assert left is not None
    assert (len(found.mentee), found.gap) == (len(anew.mentee), anew.gap)
    then, then_cpu = np.median(times, axis=0).tolist()
    pairs = left.level.looked_at / (after.shape[0] * after.shape[1])
    cells = [f"{size:,}", scale_world.REGIMES[regime], f"{wall:.2f}", f"{cpu:.2f}", f"{then:.3f}", f"{then_cpu:.3f}"]
    cells += [f"{wall / then:.0f}", f"{cpu / then_cpu:.0f}", f"{found.gap}", f"{pairs:.1%} of all pairs"]
    cells += [f"{made_ready[0]:.1f}"]
    return f"| {' | '.join(cells)} |"


def _remembered(problem: Compiled, seconds: list[float]) -> again.Memory:
    make_ready = again.make_ready

    def timed(level: Level) -> None:
        seconds.append(_timed(lambda: make_ready(level))[1])

    again.make_ready = timed
    try:
        memory = solver.solve_and_remember(problem)[1]
    finally:
        again.make_ready = make_ready
    assert memory is not None
    return memory


def changed(size: int, regime: str, share: float, seed: int = 7) -> tuple[Compiled, Compiled, list[Array]]:
    """(problem, the same after people have come and gone, for each side the number that a person had before)."""
    whole = scale_world.problem(round(size * (1 + share)), regime)
    rng = np.random.default_rng(seed)
    sides, was = [], []
    for n in whole.shape:
        some = round(n * share / (1 + share))
        order = rng.permutation(n)
        before, after = np.sort(order[some:]), np.sort(np.concatenate([order[:some], order[2 * some :]]))
        place = np.full(n, -1)
        place[before] = np.arange(len(before))
        sides.append((before, after))
        was.append(place[after])
    (mentors, mentors_after), (mentees, mentees_after) = sides
    return part_of(whole, mentors, mentees), part_of(whole, mentors_after, mentees_after), was


def part_of(problem: Compiled, mentors: Array, mentees: Array) -> Compiled:
    """The same problem for these people alone."""
    parts = tuple(
        Part(part.key, part.points, tuple(_of(primitive, mentors, mentees) for primitive in part.primitives))
        for part in problem.parts
    )
    capacity = problem.mentor_capacity[mentors], problem.mentee_capacity[mentees]
    return Compiled(parts, *capacity, problem.first[mentees], problem.priority[mentees], problem.floor)


def _of(primitive: Any, mentors: Array, mentees: Array) -> Primitive:
    if isinstance(primitive, Pairs):
        return _named(primitive, mentors, mentees)
    columns = "bits" if isinstance(primitive, Overlap) else "vectors" if isinstance(primitive, Dot) else "class"
    sides = {
        f"{side}_{columns}": getattr(primitive, f"{side}_{columns}")[who]
        for side, who in (("mentor", mentors), ("mentee", mentees))
    }
    chosen: Primitive = dataclasses.replace(primitive, **sides)
    return chosen


def _named(pairs: Pairs, mentors: Array, mentees: Array) -> Pairs:
    numbers = [np.full(n, -1) for n in pairs.shape]
    for number, who in zip(numbers, (mentors, mentees), strict=True):
        number[who] = np.arange(len(who))
    mentee = numbers[1][np.repeat(np.arange(pairs.shape[1]), np.diff(pairs.mentee_ptr))]
    mentor = numbers[0][pairs.mentor_idx]
    kept = np.flatnonzero((mentor >= 0) & (mentee >= 0))
    ptr = np.concatenate([[0], np.cumsum(np.bincount(mentee[kept], minlength=len(mentees)))])
    return Pairs(len(mentors), ptr, mentor[kept].astype(np.int32), pairs.points[kept], pairs.reason)


def _timed(solve: Callable[[], Any]) -> tuple[Any, float, float]:
    clock, cpu = time.perf_counter(), time.process_time()
    found = solve()
    return found, time.perf_counter() - clock, time.process_time() - cpu


if __name__ == "__main__":
    main()
