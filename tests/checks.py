"""`make check`: every check of the tree, each named, all run, the failures at the end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("front end", [sys.executable, "-m", "frontend.build"]),
    ("format", [str(BIN / "ruff"), "format", "--check", "-q", "."]),
    ("lint", [str(BIN / "ruff"), "check", "-q", "."]),
    ("templates", [str(BIN / "djlint"), "--lint", "--quiet", "src/ithaca"]),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "-v0"]),
    ("import contracts", [str(BIN / "lint-imports"), "--no-cache"]),
    ("house", [sys.executable, "-m", "pytest", "tests/house"]),
    ("types", [str(BIN / "mypy"), "--no-error-summary"]),
)


def main() -> int:
    """Run every check. Returns 1 if one failed."""
    failed = []
    for name, command in CHECKS:
        print(f"── {name}", flush=True)
        if subprocess.run(command, check=False).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
