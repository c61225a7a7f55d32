"""`make check`: every check of the tree, side by side, all run, each told when it is done, the failures named at the end."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from tests import processes

BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", *processes.side_by_side()]
CHECKS: dict[str, list[str]] = {
    "types": [str(BIN / "mypy"), "--no-error-summary"],  # the longest first
    "front end": [sys.executable, "-m", "frontend.build"],
    "house": [*PYTEST, "tests/house"],
    "format": [str(BIN / "ruff"), "format", "--check", "-q", "."],
    "lint": [str(BIN / "ruff"), "check", "-q", "."],
    "templates": [str(BIN / "djlint"), "--lint", "--quiet", "src/ithaca"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "-v0"],
    "import contracts": [str(BIN / "lint-imports"), "--no-cache"],
}


def main() -> int:
    """Run every check. Returns 1 if one failed."""
    failed = []
    with ThreadPoolExecutor(processes.cores()) as at_once:
        running = {at_once.submit(_run, command): name for name, command in CHECKS.items()}
        for done in as_completed(running):
            name, result = running[done], done.result()
            print(f"── {name}", result.stdout.strip(), sep="\n", flush=True)
            if result.returncode:
                failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return int(bool(failed))


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=processes.environ(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


if __name__ == "__main__":
    sys.exit(main())
