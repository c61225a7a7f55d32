"""Small promises kept everywhere: tests assert, nothing is left open, lock files hold no addresses."""

from __future__ import annotations

import ast
import re

from tests.house import tree

ASSERTING = ("assert", "raises", "expect(", "check", "fail(")
OPEN_ENDS = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError|lorem ipsum|coming soon)\b")


def test_every_test_asserts_something() -> None:
    idle = []
    for path in [*tree.files(".py"), *tree.files(".py", below=tree.ROOT / "tests")]:
        if not path.name.startswith("test_"):
            continue
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                if not any(word in ast.unparse(node) for word in ASSERTING):
                    idle.append(f"{path.relative_to(tree.ROOT)}::{node.name}")
    assert not idle, idle


def test_nothing_is_left_open() -> None:
    found = [
        f"{path.relative_to(tree.ROOT)}: {match.group()}"
        for suffix in (".py", ".html", ".js", ".css")
        for path in tree.files(suffix)
        for match in OPEN_ENDS.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found, found


def test_lock_files_hold_no_addresses() -> None:
    locks = [*(tree.ROOT / "requirements").glob("*.txt"), tree.ROOT / "frontend" / "package-lock.json"]
    with_address = [
        path.name for path in locks if re.search(r"https?://[^ \"]*(whl|tgz|tar\.gz|simple)", path.read_text())
    ]
    assert not with_address, with_address
