"""The reference pages, generated from the code: settings, facts, addresses.

`python manage.py shell -c "from ithaca.config import reference; reference.write()"` renews them; a house test fails when they
no longer say what the code says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import autodiscover_modules

from ithaca.config import environment
from ithaca.kernel import events

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "reference"


def pages() -> dict[str, str]:
    """File name → text of every reference page."""
    return {f"{name}.md": page() for name, page in PAGES.items()}


def write(folder: Path = FOLDER) -> None:
    """Write every page."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def _page(title: str, lead: str, head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    lines = [f"# {title}", "", lead, "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(str(cell).replace('|', '∣') for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _settings() -> str:
    rows = ((f"`{s.name}`", f"`{s.default}`" if s.default else "–", s.help) for s in environment.SETTINGS)
    lead = (
        "Set in the environment or in the file `ithaca.env`. `ithaca doctor` shows what is in force and what is wrong."
    )
    return _page("Settings", lead, ("setting", "default", "what it does"), rows)


def _facts() -> str:
    autodiscover_modules("events")  # a slice may not have needed its facts yet
    rows = (
        (f"`{event.key}`", event.sentence, event.audience.value, "yes" if event.confidential else "")
        for event in events.known()
    )
    lead = "What the ledger records. `{…}` are filled in when it happens."
    return _page("Facts", lead, ("key", "sentence", "who may read it", "confidential"), rows)


def _addresses() -> str:
    rows = sorted(
        (
            f"`/{address}`",
            ", ".join(audience.label for audience in getattr(view, "audiences", ())) or "by django-allauth",
        )
        for address, view in _routes(get_resolver().url_patterns, "")
    )
    return _page("Addresses", "Every address and who may enter.", ("address", "open to"), rows)


def _routes(patterns: Iterable[URLPattern | URLResolver], prefix: str) -> Iterable[tuple[str, Callable[..., Any]]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


PAGES: dict[str, Callable[[], str]] = {"settings": _settings, "facts": _facts, "addresses": _addresses}
