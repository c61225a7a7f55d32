"""The priced-out solver against the fastest dense solvers, and alone where no matrix fits: prints a table of ratios.

    python bench/scale.py                               1,000 to 10,000 a side, three regimes
    python bench/scale.py --sizes 100000 --alone        without peers
    python bench/scale.py --peers PATH/bin/python       an environment with lapjv and lapx (pip install lapjv lapx)

Peers get the ready matrix and are timed on solving alone; Ithaca scores as part of its time. Everything runs one after the other.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import scale_world

HERE = pathlib.Path(__file__).parent


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", type=int, nargs="+", default=[1_000, 3_000, 10_000])
    asked.add_argument("--regimes", type=int, nargs="+", default=[0, 1, 2])
    asked.add_argument("--repeat", type=int, default=3, help="solves after the first one; their median is shown")
    asked.add_argument("--alone", action="store_true")
    asked.add_argument("--peers", help="the Python of an environment with lapjv and lapx")
    options = asked.parse_args()
    print("| mentees | places | solver | seconds | ratio | CPU s | points | gap | peak MB |")
    print("|---:|:---|:---|---:|---:|---:|---:|---:|---:|")
    for size in options.sizes:
        for regime in options.regimes:
            compare(size, regime, options)


def compare(size: int, regime: int, options: argparse.Namespace) -> None:
    ours = _run(sys.executable, "ithaca", str(size), str(regime), str(options.repeat))
    _print(size, regime, "Ithaca", ours, ours)
    if options.alone:
        return
    with tempfile.TemporaryDirectory() as folder:
        matrix = pathlib.Path(folder) / "matrix.npy"
        np.save(matrix, ready_matrix(size, regime))
        peers = [(sys.executable, "scipy")] + [(options.peers, name) for name in ("lapjv", "lapx") if options.peers]
        for python, name in peers:
            _print(size, regime, name, _run(python, name, str(matrix)), ours)


def ready_matrix(size: int, regime: int) -> np.ndarray:
    """int32[places, mentees]: points; 0 where a rule excludes."""
    problem = scale_world.problem(size, scale_world.REGIMES[regime])
    matrix = np.maximum(problem.matrix(), 0)
    return np.repeat(matrix, problem.mentor_capacity, axis=0)


def _run(python: str, *arguments: str) -> dict[str, float]:
    done = subprocess.run([python, str(HERE / "scale_run.py"), *arguments], capture_output=True, text=True, check=True)
    out: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return out


def _print(size: int, regime: int, name: str, found: dict[str, float], ours: dict[str, float]) -> None:
    ratio = found["seconds"] / ours["seconds"]
    gap = found.get("gap", "")
    words = f"| {size:,} | {scale_world.REGIMES[regime]} | {name} | {found['seconds']:.2f} | {ratio:.1f} | {found['cpu']:.2f} |"
    print(f"{words} {found['points']:,} | {gap} | {found['megabytes']:,} |", flush=True)


if __name__ == "__main__":
    main()
