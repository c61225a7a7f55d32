"""The wheel's build hook: builds the front end and compiles the translations, so that an installed Ithaca needs nothing but Python.

hatchling calls it for wheels and for editable installs (`pip install -e .`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes what is built rather than written."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before the files are collected; `version` is 'standard' or 'editable'."""
        sys.path.insert(0, self.root)
        from frontend.build import build

        built = build()
        self.app.display_info(f"front end: {'built' if built else 'up to date'}")
        for catalogue in sorted(Path(self.root, "src").rglob("locale/*/LC_MESSAGES/*.po")):
            _compile(catalogue)


def _compile(catalogue: Path) -> None:
    """Write the `.mo` file beside a `.po` file, where it is missing or older."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = catalogue.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= catalogue.stat().st_mtime:
        return
    with catalogue.open("rb") as source, compiled.open("wb") as target:
        write_mo(target, read_po(source))
