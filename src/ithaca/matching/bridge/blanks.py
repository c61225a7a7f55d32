"""What nobody told: a criterion that has nothing to say of a pair says whether that is for want of answers."""

from __future__ import annotations

from ithaca.matching.rules.board import Pair
from ithaca.pairing.criteria.base import Criterion
from ithaca.pairing.problem import Problem
from ithaca.pairing.side import Side

NEITHER_NAMED = "neither of the two named anybody"
NOT_EACH_OTHER = "neither of the two named the other"
NEITHER_TOLD = "neither of the two has told this"
ONE_SILENT = "one of the two has not told this"


def words(problem: Problem, criterion: Criterion, pair: Pair) -> str:
    """A clause about the answers that are missing for this criterion; empty where both told something."""
    told = _told(problem.mentors, pair[0], criterion.mentor_attributes)
    told += _told(problem.mentees, pair[1], criterion.mentee_attributes)
    if "prefers" in criterion.mentor_attributes:
        return NOT_EACH_OTHER if any(told) else NEITHER_NAMED
    if all(told):
        return ""
    return ONE_SILENT if any(told) else NEITHER_TOLD


def _told(side: Side, code: str, attributes: tuple[str, ...]) -> list[bool]:
    """Whether somebody told anything of these; nothing for a criterion that asks nothing of this side."""
    row = side.position[code]
    return [any(side.value(row, key) not in (None, "", (), frozenset()) for key in attributes)] if attributes else []
