"""The files of the tree that the house's rules speak of."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "ithaca"

GENERATED = ("/migrations/", "/node_modules/", "/dist/", "/__pycache__/")


def files(suffix: str, *, below: Path = PACKAGE, tests: bool = True) -> list[Path]:
    """Files with `suffix` below a folder, without generated ones."""
    return [
        path
        for path in sorted(below.rglob(f"*{suffix}"))
        if not any(part in path.as_posix() for part in GENERATED) and (tests or "/tests/" not in path.as_posix())
    ]


@cache
def parsed(path: Path) -> ast.Module:
    """A Python file as a tree, read once."""
    return ast.parse(path.read_text(encoding="utf-8"))


def lines(path: Path) -> int:
    """Number of lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def slices() -> list[Path]:
    """The folders directly below the package."""
    return [path.parent for path in sorted(PACKAGE.glob("*/__init__.py"))]
