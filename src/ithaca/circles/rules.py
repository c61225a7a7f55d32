"""Pure decisions about groups: what their members share, and who has met whom."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

Row = Mapping[str, Any]
"""What is known of one person, by the engine's attributes."""
SHARED = (("languages", "speak"), ("interests", "enjoy"), ("needs", "want to learn"))
LISTED = 3


SMALLEST = 3
"""Fewer people are no circle: two are a pair without a mentor."""
MOST_APART = 10
"""Levels of seniority, told from 0 to 10."""
LINK_DAYS = 90
"""How long the link in a letter opens the page of a circle."""


class Refused(ValueError):
    """A round cannot be drawn or introduced; the message says why and what to do."""


class IntroductionRefused(Refused):
    """Groups cannot be introduced as they are: nothing was written. `problems` has one sentence per person or two people."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


def met_in(groups: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    """Every two people who sat together, each once, in order."""
    return {(min(pair), max(pair)) for group in groups for pair in combinations(group, 2)}


def beginner_first(members: Iterable[str], name: str) -> list[str]:
    """The members of a group, the one who is asked to write first at the head: by lot, the same for the same name."""
    return sorted(members, key=lambda member: (zlib.crc32(f"{name} {member}".encode()), member))


def problems_of(
    groups: Iterable[Sequence[str]],
    *,
    names: Mapping[str, str],
    available: Collection[str],
    apart: Collection[tuple[str, str]],
) -> list[str]:
    """Why these groups cannot be introduced; empty if they can.

    `available` are the members who take part today, `apart` two people of whom one asked to be kept apart, in either order;
    everybody by code.
    """
    found = []
    for group in groups:
        found += [
            f"{names.get(code, 'Somebody')} is not available any more." for code in group if code not in available
        ]
        for one, other in combinations(group, 2):
            if (one, other) in apart or (other, one) in apart:
                found.append(f"{names.get(one, one)} and {names.get(other, other)} are to be kept apart.")
    return found


OF_THEM = ("All", "Both", "Most")
TO_THEM = ("You all", "You both", "Most of you")
"""How a group is spoken of and spoken to: everybody, if they are two, more than half."""


def shared(rows: Sequence[Row], who: tuple[str, str, str] = OF_THEM) -> list[str]:
    """Sentences about what the members of a group have in common; what only some share is said as "most"."""
    found = [sentence for field, verb in SHARED if (sentence := _many(rows, field, verb, who))]
    levels = sorted(row["seniority"] for row in rows if row.get("seniority") not in (None, ""))
    if len(levels) > 1:
        span = f"{levels[0]}" if levels[0] == levels[-1] else f"{levels[0]} to {levels[-1]}"
        found.append(f"Seniority {span} of 10.")
    employers = {str(row.get("employer") or "").strip().casefold() for row in rows} - {""}
    if len(employers) > 1:
        found.append(f"From {len(employers)} employers.")
    return found


def _many(rows: Sequence[Row], field: str, verb: str, who: tuple[str, str, str]) -> str:
    """ "All speak English." or "Most enjoy chess."; empty if nothing is shared by more than half."""
    spelled: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for row in rows:
        for item in {str(item).strip().casefold(): str(item) for item in row.get(field) or ()}.items():
            spelled.setdefault(*item)
            counted[item[0]] += 1
    by_all = [spelled[key] for key, times in sorted(counted.items()) if times == len(rows)]
    most = [spelled[key] for key, times in counted.most_common() if len(rows) / 2 < times < len(rows)]
    if by_all:
        return f"{who[1] if len(rows) == 2 else who[0]} {verb} {_listed(by_all)}."
    return f"{who[2]} {verb} {_listed(most)}." if most and len(rows) > 2 else ""


def _listed(items: Sequence[str]) -> str:
    some = list(items[:LISTED])
    return " and ".join([*([", ".join(some[:-1])] if some[:-1] else []), *some[-1:]])
