"""`make test`: the whole suite on SQLite, then what touches the database again on a private PostgreSQL cluster.

    python -m tests.suite              everything, a process for each core
    python -m tests.suite --changed    only the slices with uncommitted changes (else those of the last commit), on SQLite

With CI=true a missing part (PostgreSQL, Chromium) is a failure; elsewhere it is said and its tests are left out.
`ITHACA_EXAMPLES=20` makes every property test try twenty times as many examples.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests import browser, postgres, processes

ROOT = Path(__file__).resolve().parents[1]
ON_POSTGRESQL = [
    "src",
    "--ignore=src/ithaca/pairing",
    "--ignore=src/ithaca/match",
    "-m",
    "not journey",
    "--database-only",
]


def main(arguments: list[str]) -> int:
    """Run both halves, or what changed. Returns 1 if something failed."""
    if arguments == ["--changed"]:
        return changed()
    required = os.environ.get("CI") == "true"
    missing = [] if browser.chromium() else ["Chromium (Debian's package chromium)"]
    failed = _pytest({}, *([] if browser.chromium() else ["-m", "not journey"]))
    try:
        with postgres.cluster() as address:
            print("── again on PostgreSQL", flush=True)
            failed |= _pytest({"ITHACA_DATABASE": address}, *ON_POSTGRESQL)
    except postgres.NoPostgreSQL as error:
        missing.append(f"PostgreSQL ({error})")
    for part in missing:
        print(f"left out for want of {part}")
    return int(failed or (required and bool(missing)))


def changed() -> int:
    """Run the tests of the slices in which something changed, without browsers. Returns 1 if one failed."""
    folders = sorted({folder for name in _changed_files() for folder in _tested_in(name)})
    if not folders:
        print("nothing changed in src or tests")
        return 0
    print(f"── {' '.join(folders)}", flush=True)
    return int(_pytest({}, *folders, "-m", "not journey"))


def _changed_files() -> list[str]:
    uncommitted = _git("diff", "--name-only", "HEAD") + _git("ls-files", "--others", "--exclude-standard")
    return uncommitted or _git("diff", "--name-only", "HEAD~1", "HEAD")


def _tested_in(name: str) -> Iterator[str]:
    """Folders whose tests look at this file: its slice, and the rules of the house."""
    parts = Path(name).parts
    if parts[0] == "src" and len(parts) > 3:
        yield "/".join(parts[:3])
    if parts[0] in {"src", "tests"}:
        yield "tests/house"


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()


def _pytest(environment: dict[str, str], *arguments: str) -> bool:
    environ = {**processes.environ(), "ITHACA_MODE": "development", **environment}
    command = [sys.executable, "-m", "pytest", "--durations=12", *processes.side_by_side(), *arguments]
    return bool(subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
