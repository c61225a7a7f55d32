"""What slices above put on the page of a cohort: they know what comes after its people, this slice does not.

    @desk.furnished_by
    def furnish(cohort, places, today): return desk.Furnishing(next_step=…, funnel=[…])

One furnisher is enough: whoever stands on top (`home`) asks all slices.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from ithaca.programmes.models import Cohort
from ithaca.programmes.rules import Places


@dataclass(frozen=True)
class Link:
    """A way to another page."""

    label: str
    url: str


@dataclass(frozen=True)
class NextStep:
    """What to do now with a cohort, why, and where."""

    title: str
    why: str
    primary: Link | None = None
    secondary: Link | None = None


@dataclass(frozen=True)
class Stage:
    """One stage of the funnel: how many people or pairs reached it, and the list behind the number."""

    label: str
    value: int
    url: str = ""
    of: int = 0


@dataclass(frozen=True)
class Furnishing:
    """What is put on a cohort's page."""

    next_step: NextStep | None = None
    funnel: list[Stage] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


Furnisher = Callable[[Cohort, Places, datetime.date], Furnishing]
_furnishers: list[Furnisher] = []


def furnished_by(furnisher: Furnisher) -> Furnisher:
    """Install who furnishes the desk."""
    _furnishers[:] = [furnisher]
    return furnisher


def furnishing(cohort: Cohort, places: Places, today: datetime.date) -> Furnishing:
    """What stands on the desk of a cohort today."""
    return _furnishers[0](cohort, places, today) if _furnishers else Furnishing()
