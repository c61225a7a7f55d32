"""Every template of the house compiles, names icons that exist, and speaks htmx 4."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.template import engines

from ithaca.kernel.ui import icons

PACKAGE = Path(__file__).resolve().parents[3]
REPOSITORY = PACKAGE.parents[1]
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
ICON = re.compile(r"""(?:{% icon\s+|<c-[\w-]+[^>]*?\sicon=)["']([a-z0-9-]+)["']""")
CHECK = REPOSITORY / "frontend" / "node_modules" / "htmx.org" / "dist" / "scripts" / "upgrade-check.py"


def test_every_icon_exists() -> None:
    named = {name for path in TEMPLATES for name in ICON.findall(path.read_text(encoding="utf-8"))}
    assert named
    for name in named:
        assert "<svg" in icons.icon(name)


def test_an_unknown_icon_is_refused_with_its_name() -> None:
    with pytest.raises(icons.NoSuchIcon, match="no-such-thing"):
        icons.icon("no-such-thing")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_template_compiles(path: Path) -> None:
    below = path.parts[path.parts.index("templates") + 1 :]
    assert engines["django"].get_template("/".join(below)) is not None


def test_htmx_finds_no_syntax_of_its_second_version() -> None:
    """htmx's own checker, from the package that the front end is built with."""
    assert CHECK.is_file(), "run `python -m frontend.build` first"
    done = subprocess.run(
        [sys.executable, CHECK, PACKAGE], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert "Found 0 issue" in done.stdout, done.stdout
