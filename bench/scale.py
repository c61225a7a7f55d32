"""The priced-out solver against the fastest dense solvers, and alone where no matrix fits: prints a table of ratios.

    python -m bench scale                               1,000 to 10,000 a side, three regimes
    python -m bench scale --sizes 100000 --alone        without peers
    python -m bench scale --peers PATH/bin/python       an environment with lapjv and lapx (pip install lapjv lapx)
    python -m bench scale --keep FILE --plot PICTURE    add the figures to FILE, draw all that it holds as SVG

Peers get the ready matrix and are timed on solving alone; Ithaca scores as part of its time. Everything runs one after the other.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
from typing import Any

import numpy as np
import scale_plot
import scale_world

HERE = pathlib.Path(__file__).parent
Figures = dict[str, Any]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", type=int, nargs="+", default=[1_000, 3_000, 10_000])
    asked.add_argument("--regimes", type=int, nargs="+", default=[0, 1, 2])
    asked.add_argument("--repeat", type=int, default=3, help="solves after the first one; their median is shown")
    asked.add_argument("--alone", action="store_true")
    asked.add_argument("--peers", help="the Python of an environment with lapjv and lapx")
    asked.add_argument("--good-enough", type=float, default=0.0, help="share of the worth that the gap may have")
    asked.add_argument("--keep", type=pathlib.Path, help="a file to which all figures are added, one line of JSON each")
    asked.add_argument("--plot", type=pathlib.Path, help="draw time and memory against size, of all that is kept")
    options = asked.parse_args()
    figures: list[Figures] = []
    print("| mentees | places | solver | seconds | ratio | CPU s | points | gap | peak MB |")
    print("|---:|:---|:---|---:|---:|---:|---:|---:|---:|")
    for size in options.sizes:
        for regime in options.regimes:
            found = compare(size, regime, options)
            figures += found
            if options.keep:
                with options.keep.open("a", encoding="utf-8") as kept:
                    kept.writelines(json.dumps(one) + "\n" for one in found)
    if options.plot:
        lines = options.keep.read_text(encoding="utf-8").splitlines() if options.keep else []
        kept_figures = [json.loads(line) for line in lines]
        options.plot.write_text(scale_plot.draw(kept_figures or figures), encoding="utf-8")


def compare(size: int, regime: int, options: argparse.Namespace) -> list[Figures]:
    """Ithaca and, unless it is alone, its peers on one problem: prints a row each."""
    found = [_run(sys.executable, "ithaca", str(size), str(regime), str(options.repeat), str(options.good_enough))]
    _print(size, regime, "Ithaca", found[0], found[0])
    if options.alone:
        return found
    with tempfile.TemporaryDirectory() as folder:
        matrix = pathlib.Path(folder) / "matrix.npy"
        np.save(matrix, ready_matrix(size, regime))
        peers = [(sys.executable, "scipy")] + [(options.peers, name) for name in ("lapjv", "lapx") if options.peers]
        for python, name in peers:
            found.append(_run(python, name, str(matrix)) | {"size": size, "regime": regime})
            _print(size, regime, name, found[-1], found[0])
    return found


def ready_matrix(size: int, regime: int) -> np.ndarray:
    """int32[places, mentees]: points; 0 where a rule excludes."""
    problem = scale_world.problem(size, scale_world.REGIMES[regime])
    matrix = np.maximum(problem.matrix(), 0)
    return np.repeat(matrix, problem.mentor_capacity, axis=0)


def _run(python: str, *arguments: str) -> Figures:
    done = subprocess.run([python, str(HERE / "scale_run.py"), *arguments], capture_output=True, text=True, check=True)
    out: Figures = json.loads(done.stdout.splitlines()[-1])
    return out | {"solver": arguments[0]}


def _print(size: int, regime: int, name: str, found: Figures, ours: Figures) -> None:
    ratio = found["seconds"] / ours["seconds"]
    gap = found.get("gap", "")
    words = f"| {size:,} | {scale_world.REGIMES[regime]} | {name} | {found['seconds']:.3g} | {ratio:.1f} | {found['cpu']:.3g} |"
    print(f"{words} {found['points']:,} | {gap} | {found['megabytes']:,} |", flush=True)


if __name__ == "__main__":
    main()
