"""Pure decisions about groups: what their members share, and who has met whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

Row = Mapping[str, Any]
"""What is known of one person, by the engine's attributes."""
SHARED = (("languages", "speak"), ("interests", "enjoy"), ("needs", "want to learn"))
LISTED = 3


class Refused(ValueError):
    """A round cannot be drawn; the message says why and what to do."""


def met_in(groups: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    """Every two people who sat together, each once, in order."""
    return {(min(pair), max(pair)) for group in groups for pair in combinations(group, 2)}


def shared(rows: Sequence[Row]) -> list[str]:
    """Sentences about what the members of a group have in common; what only some share is said as "most"."""
    found = [sentence for field, verb in SHARED if (sentence := _many(rows, field, verb))]
    levels = sorted(row["seniority"] for row in rows if row.get("seniority") not in (None, ""))
    if len(levels) > 1:
        span = f"{levels[0]}" if levels[0] == levels[-1] else f"{levels[0]} to {levels[-1]}"
        found.append(f"Seniority {span} of 10.")
    employers = {str(row.get("employer") or "").strip().casefold() for row in rows} - {""}
    if len(employers) > 1:
        found.append(f"From {len(employers)} employers.")
    return found


def _many(rows: Sequence[Row], field: str, verb: str) -> str:
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
        return f"{'Both' if len(rows) == 2 else 'All'} {verb} {_listed(by_all)}."
    return f"Most {verb} {_listed(most)}." if most and len(rows) > 2 else ""


def _listed(items: Sequence[str]) -> str:
    some = list(items[:LISTED])
    return " and ".join([*([", ".join(some[:-1])] if some[:-1] else []), *some[-1:]])
