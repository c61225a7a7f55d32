"""What it costs to check a plan: every pair scored once, beside solving it and beside SciPy where its matrix fits.

python -m bench judge                                1,000, 10,000 and 30,000 a side
python -m bench judge --sizes 100000                 minutes, most of them for solving
python -m bench judge --regimes 1 --sizes 10000      too few places (0: as many as mentees, 2: too many)
"""

from __future__ import annotations

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
from typing import Any

import scale_world

HERE = pathlib.Path(__file__).parent
MOST_FOR_SCIPY = 10_000


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 30_000])
    asked.add_argument("--regimes", type=int, nargs="+", default=[0])
    asked.add_argument("--alone", action="store_true", help="without SciPy")
    options = asked.parse_args()
    print("| mentees | places | step | seconds | × check | CPU s | peak MB | result |")
    print("|---:|:---|:---|---:|---:|---:|---:|:---|")
    for size in options.sizes:
        for regime in options.regimes:
            measure(size, regime, options.alone)


def measure(size: int, regime: int, alone: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = str(pathlib.Path(folder) / "plan")
        solved = _run("solve", size, regime, file)
        judged = _run("check", size, regime, file)
    words = "; ".join(judged["findings"]) or f"gap {judged['gap']}, {'proven' if judged['optimal'] else 'not proven'}"
    _print(size, regime, "check", judged, judged, words)
    _print(size, regime, "solve", solved, judged, f"{solved['served']:,} served, {solved['points']:,} points")
    if size <= MOST_FOR_SCIPY and not alone:
        _print(size, regime, "SciPy, ready matrix", _run("scipy", size, regime), judged, "")


def _run(step: str, size: int, regime: int, *more: str) -> dict[str, Any]:
    command = [sys.executable, str(HERE / "judge_run.py"), step, str(size), str(regime), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    out: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return out


def _print(size: int, regime: int, step: str, found: dict[str, Any], judged: dict[str, Any], words: str) -> None:
    ratio = found["seconds"] / judged["seconds"]
    shown = f"{found['seconds']:.3f} | {ratio:.1f} | {found['cpu']:.3f} | {found['megabytes']:,}"
    print(f"| {size:,} | {scale_world.REGIMES[regime]} | {step} | {shown} | {words} |", flush=True)


if __name__ == "__main__":
    main()
