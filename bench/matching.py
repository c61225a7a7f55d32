"""Ithaca against the other open matchers on PyPI (mentor-match, matching) and against bare SciPy: prints a table of ratios.

    python -m bench matching --sizes 100 500 --limit 300

`sample` is mentor-match's own shape (columns, rules and frequencies of its author's service and sample), `service` the same with
frequencies as people have them, `ladder` one with more ties; see matching_world.py. mentor-match runs with the newest Munkres,
which pip brings today, and with the one its author's package and service are pinned to. Each solver runs alone in a process and an
environment of its own, made here in a temporary folder: both peers install a package named `matching`. Who is not done after
--limit seconds is shown as slower than that.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
PEERS = {
    "mentor-match": ["mentor-match==7.0.1", "munkres==3.0.0"],
    "mentor-match-pinned": ["mentor-match==7.0.1", "munkres==1.1.4"],
    "matching": ["matching==1.4.3"],
}
WORLDS = ["sample", "service", "ladder"]
NAMES = {
    "ithaca": "Ithaca, proven",
    "points": "Ithaca, points alone",
    "mentor-match": "mentor-match, newest Munkres",
    "mentor-match-pinned": "mentor-match, its author's Munkres",
    "matching": "matching (stable)",
    "scipy": "SciPy, ready matrix",
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", type=int, nargs="+", default=[100, 500, 1_000, 2_000])
    asked.add_argument("--worlds", nargs="+", default=WORLDS, choices=WORLDS)
    asked.add_argument("--solvers", nargs="+", default=list(NAMES), choices=NAMES)
    asked.add_argument("--limit", type=float, default=120.0, help="seconds after which a solver is stopped")
    asked.add_argument("--repeat", type=int, default=3, help="runs of the quick ones; the median counts")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pythons = dict.fromkeys(("ithaca", "points", "scipy"), sys.executable)
        pythons |= {name: environment(pathlib.Path(folder) / name, packages) for name, packages in PEERS.items()}
        print("| world | a side | solver | seconds | × Ithaca | peak MB | matched | points |")
        print("|:---|---:|:---|---:|---:|---:|---:|---:|")
        for world in options.worlds:
            for size in options.sizes:
                ours = measured(pythons["ithaca"], "ithaca", world, size, options)
                for solver in options.solvers:
                    found = ours if solver == "ithaca" else measured(pythons[solver], solver, world, size, options)
                    print(f"| {world} {line(size, NAMES[solver], found, ours, options.limit)}", flush=True)


def environment(folder: pathlib.Path, packages: list[str]) -> str:
    """A virtual environment with these packages alone; returns its Python."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages], check=True)
    return python


def measured(python: str, solver: str, world: str, size: int, options: argparse.Namespace) -> dict[str, float] | None:
    """The median run; None if it took longer than the limit."""
    runs: list[dict[str, float]] = []
    while len(runs) < options.repeat:
        try:
            done = subprocess.run(
                [python, HERE / "matching_run.py", solver, world, str(size)],
                check=True, capture_output=True, text=True, timeout=options.limit,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return None
        runs.append(json.loads(done.stdout))
        if runs[-1]["seconds"] > 10:
            break
    return sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2]


def line(size: int, name: str, found: dict[str, float] | None, ours: dict[str, float] | None, limit: float) -> str:
    if found is None:
        least = f"> {limit / ours['seconds']:,.0f}" if ours else ""
        return f"| {size:,} | {name} | > {limit:,.0f} | {least} | | | |"
    ratio = f"{found['seconds'] / ours['seconds']:,.2f}" if ours else ""
    return (
        f"| {size:,} | {name} | {found['seconds']:.3f} | {ratio} | {found['megabytes']:,.0f} "
        f"| {found['matched']:,} | {found['total']:,} |"
    )


if __name__ == "__main__":
    main()
