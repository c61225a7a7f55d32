"""Further pages about a board that slices above offer in its menu: they know the board, it does not know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from ithaca.matching.models import Board


@dataclass(frozen=True)
class Look:
    """One way on from a board. `name` of an address with the organisation, the board, and `also` in it."""

    name: str
    label: Any
    icon: str
    also: Mapping[str, str] = field(default_factory=dict)
    unpublished_only: bool = False


_looks: list[Look] = []


def offered(*looks: Look) -> None:
    """Put ways into the menu, in this order."""
    _looks.extend(looks)


def at(board: Board, slug: str) -> list[tuple[Look, str]]:
    """The ways from this board with their addresses."""
    published = hasattr(board, "publication")
    return [
        (look, reverse(look.name, kwargs={"organisation": slug, "board": board.code, **look.also}))
        for look in _looks
        if not (published and look.unpublished_only)
    ]
