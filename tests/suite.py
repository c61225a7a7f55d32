"""`make test`: the whole suite on SQLite, and beside it what touches the database once more on a private PostgreSQL cluster.

    python -m tests.suite              everything, a process for each core
    python -m tests.suite --changed    only the slices with uncommitted changes (else those of the last commit), on SQLite

With CI=true a missing part (PostgreSQL, Chromium) is a failure; elsewhere it is said and its tests are left out.
`ITHACA_EXAMPLES=20` makes every property test try twenty times as many examples.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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
    """Run both parts, or what changed. Returns 1 if something failed."""
    if arguments == ["--changed"]:
        return changed()
    required = os.environ.get("CI") == "true"
    missing = [] if browser.chromium() else ["Chromium (Debian's package chromium)"]
    on_sqlite = [] if browser.chromium() else ["-m", "not journey"]
    try:
        with postgres.cluster() as address, _aside({"ITHACA_DATABASE": address}, *ON_POSTGRESQL) as on_postgresql:
            failed = _pytest({}, *on_sqlite)
            print("── again on PostgreSQL", flush=True)
            failed |= on_postgresql()
    except postgres.NoPostgreSQL as error:
        missing.append(f"PostgreSQL ({error})")
        failed = _pytest({}, *on_sqlite)
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
    """Run pytest on all cores. Returns whether something failed."""
    return bool(subprocess.run(**_call(environment, *processes.side_by_side(), *arguments), check=False).returncode)


@contextmanager
def _aside(environment: dict[str, str], *arguments: str) -> Iterator[Callable[[], bool]]:
    """Run pytest beside something else, with half the processes: it makes use of the cores while the other waits for a browser
    or a worker. Yields a function that waits for it, prints what it said, and returns whether something failed."""
    with tempfile.TemporaryFile("w+") as said:
        call = _call(environment, *processes.side_by_side(halved=True), *arguments)
        running = subprocess.Popen(**call, stdout=said, stderr=subprocess.STDOUT)

        def end() -> bool:
            failed = bool(running.wait())
            said.seek(0)
            print(said.read(), flush=True)
            return failed

        try:
            yield end
        finally:
            running.terminate()
            running.wait()


def _call(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "pytest", "--durations=12", *arguments]
    return {
        "args": command,
        "cwd": ROOT,
        "env": {**processes.environ(), "ITHACA_MODE": "development", **environment},
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
