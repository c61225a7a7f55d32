"""Every address of the product: its name, its pattern, its view, and how its placeholders are filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

FIXED = {
    "section": "about",
    "side": "mentors",
    "token": "not-a-token",
    "kind": "alternatives",
    "key": "total",
    "sheet": "csv",
}
"""Placeholders that are no objects."""

KINDS = {
    "people/<slug:code>": "person",
    "programmes/<slug:code>": "programme",
    "cohorts/<slug:code>": "cohort",
    "enrolments/<slug:code>": "enrolment",
    "mentorships/<slug:code>": "mentorship",
    "outline/<slug:code>": "mentorship",
    "circles/<slug:code>": "circle",
    "imports/<slug:code>": "upload",
    "outbox/<str:code>": "letter",
    "mailbox/<str:code>": "letter",
    "matching/<slug:cohort>": "cohort",
    "<slug:run>": "run",
    "<slug:board>": "board",
    "<slug:round>": "round",
    "<slug:mentor>": "mentor",
    "<slug:mentee>": "mentee",
    "<slug:reader>": "mentee",
    "mentees/<slug:person>": "mentee",
    "mentors/<slug:person>": "mentor",
}
"""What a placeholder stands for; the longer the key, the better it knows."""

PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """One address."""

    name: str
    pattern: str
    view: Any

    @property
    def doors(self) -> frozenset[str]:
        """Keys of the audiences that the view declares."""
        return frozenset(door.key for door in getattr(self.view, "audiences", ()))

    @property
    def is_of_an_organisation(self) -> bool:
        return "<slug:organisation>" in self.pattern

    @property
    def objects(self) -> dict[str, str]:
        """Placeholder → kind of object, without the organisation and what is fixed."""
        found = {}
        for placeholder in PLACEHOLDER.findall(self.pattern):
            if placeholder != "organisation" and placeholder not in FIXED:
                keys = [key for key in KINDS if key in self.pattern and f":{placeholder}>" in key]
                found[placeholder] = KINDS[max(keys, key=len)] if keys else ""
        return found

    def path(self, slug: str, codes: dict[str, Any]) -> str:
        """The address with its placeholders filled in."""
        filled = {**FIXED, "organisation": slug, **{name: codes[kind] for name, kind in self.objects.items()}}
        return "/" + PLACEHOLDER.sub(lambda match: str(filled[match.group(1)]), self.pattern)


def every() -> list[Route]:
    """All routes, in the order of the table of addresses."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: Any, prefix: str, space: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(f"{space}{entry.name}", pattern, entry.callback)
        elif isinstance(entry, URLResolver):
            yield from _walk(entry, pattern, f"{space}{entry.namespace}:" if entry.namespace else space)
