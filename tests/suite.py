"""`make test`: the whole suite on SQLite, then what touches the database again on a private PostgreSQL cluster.

With CI=true a missing part (PostgreSQL, Chromium) is a failure; elsewhere it is said and its tests are left out.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests import browser, postgres

ON_POSTGRESQL = [
    "src",
    "--ignore=src/ithaca/pairing",
    "--ignore=src/ithaca/match",
    "-m",
    "not journey",
    "--database-only",
]


def main() -> int:
    """Run both halves. Returns 1 if one failed."""
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


def _pytest(environment: dict[str, str], *arguments: str) -> bool:
    environ = {**os.environ, "ITHACA_MODE": "development", **environment}
    command = [sys.executable, "-m", "pytest", "--durations=12", *arguments]
    return bool(subprocess.run(command, env=environ, check=False).returncode)


if __name__ == "__main__":
    sys.exit(main())
