"""Further pages about a board or a cohort's matching that slices above offer: they know this slice, it does not know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from ithaca.matching.models import Board
from ithaca.programmes.models import Cohort


@dataclass(frozen=True)
class Look:
    """One way on. `name` of an address with the organisation, the board (or the cohort), and `also` in it."""

    name: str
    label: Any
    icon: str
    also: Mapping[str, str] = field(default_factory=dict)
    unpublished_only: bool = False
    mends: bool = False
    """It also helps where somebody on the board has left, so it is offered beside the news."""


_looks: list[Look] = []
_of_cohorts: list[Look] = []


def offered(*looks: Look) -> None:
    """Put ways into the menu, in this order."""
    _looks.extend(looks)


def offered_for_cohorts(*looks: Look) -> None:
    """Put ways onto the first page of a cohort's matching, in this order."""
    _of_cohorts.extend(looks)


def at_cohort(cohort: Cohort, slug: str) -> list[tuple[Look, str]]:
    """The ways from this cohort's matching with their addresses."""
    also = {"organisation": slug, "cohort": cohort.code}
    return [(look, reverse(look.name, kwargs=also | dict(look.also))) for look in _of_cohorts]


def at(board: Board, slug: str) -> list[tuple[Look, str]]:
    """The ways from this board with their addresses."""
    published = hasattr(board, "publication")
    return [
        (look, reverse(look.name, kwargs={"organisation": slug, "board": board.code, **look.also}))
        for look in _looks
        if not (published and look.unpublished_only)
    ]


def mending(board: Board, slug: str) -> list[tuple[Look, str]]:
    """Those of `at` that help where somebody on the board has left."""
    return [(look, address) for look, address in at(board, slug) if look.mends]
