"""Names: no rooms that say nothing, one word per thing, a door plate on every slice."""

from __future__ import annotations

import ast
import re

from tests.house import tree

SAYS_NOTHING = {"utils", "helpers", "common", "services", "misc", "base2", "tasks", "util", "helper"}
AMERICAN = re.compile(r"\b(organiz\w+|mentoring programs?\b|color(?!-)\w*|behavior\w*|enrollment\w*|canceled)\b", re.I)
"""Spellings that people must not read; code words of CSS and Python (`color`, `program`) are judged in texts only."""


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = [
        path for path in tree.PACKAGE.rglob("*") if path.stem in SAYS_NOTHING and "/node_modules/" not in str(path)
    ]
    assert not named, named


def test_every_slice_has_a_door_plate_without_code() -> None:
    wrong = []
    for folder in tree.slices():
        body = ast.parse((folder / "__init__.py").read_text(encoding="utf-8")).body
        if len(body) != 1 or not ast.get_docstring(ast.Module(body, [])):
            wrong.append(folder.name)
    assert not wrong, wrong


def test_templates_are_written_in_british_spelling() -> None:
    found = []
    for path in tree.files(".html"):
        text = re.sub(r"<[^>]*>|{%.*?%}|{{.*?}}|{#.*?#}", " ", path.read_text(encoding="utf-8"), flags=re.S)
        found += [f"{path.relative_to(tree.PACKAGE)}: {match.group()}" for match in AMERICAN.finditer(text)]
    assert not found, found


def test_words_of_people_are_calm() -> None:
    """No exclamation marks and no "oops" in what people read (experience.md)."""
    found = []
    for path in tree.files(".html"):
        text = re.sub(r"<[^>]*>|{%.*?%}|{{.*?}}|{#.*?#}", " ", path.read_text(encoding="utf-8"), flags=re.S)
        if re.search(r"\boops\b|\w!(\s|$)", text, re.I):
            found.append(str(path.relative_to(tree.PACKAGE)))
    assert not found, found
