"""Sizes: walls that need a written reason to be crossed (ARCHITECTURE.md)."""

from __future__ import annotations

import ast

from tests.house import tree

WALLS = {".py": 400, ".html": 200, ".css": 300, ".js": 300}
FUNCTION_WALL = 60
SLICE_WALL = 2_500

REASONS: dict[str, str] = {
    "matching": "rules, runs, board and publishing are one story of a board and share its tables; a fifth is the bridge to the engine",
}
"""Path or path::function → why it may be larger."""


def test_no_file_is_over_its_wall() -> None:
    over = [
        f"{path.relative_to(tree.ROOT)}: {tree.lines(path)} lines"
        for suffix, wall in WALLS.items()
        for path in tree.files(suffix)
        if tree.lines(path) > wall and str(path.relative_to(tree.PACKAGE)) not in REASONS
    ]
    assert not over, over


def test_no_function_is_over_its_wall() -> None:
    over = []
    for path in tree.files(".py"):
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                name = f"{path.relative_to(tree.PACKAGE)}::{node.name}"
                if length > FUNCTION_WALL and name not in REASONS:
                    over.append(f"{name}: {length} lines")
    assert not over, over


def test_no_slice_is_over_its_wall() -> None:
    engine_and_ground = {"pairing", "kernel"}
    sizes = {
        folder.name: sum(tree.lines(path) for path in tree.files(".py", below=folder, tests=False))
        for folder in tree.slices()
        if folder.name not in engine_and_ground
    }
    over = {name: size for name, size in sizes.items() if size > SLICE_WALL and name not in REASONS}
    assert not over, over


def test_every_reason_is_still_needed() -> None:
    assert all((tree.PACKAGE / name.split("::")[0]).exists() for name in REASONS)
