"""Why a pair, who else, and why nobody: the engine's explanations as far as a coordinator may read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ithaca.matching.bridge import blanks
from ithaca.matching.bridge.problems import Asked
from ithaca.matching.rules.board import Pair
from ithaca.pairing import scoring, without
from ithaca.pairing.cost import Cost
from ithaca.pairing.criteria import registry
from ithaca.pairing.outlook import Shown

ALTERNATIVES = 5

Kept = Mapping[str, Collection[str]]
"""By code: fields of a profile that are for matching only, so nobody reads them, staff included."""


@dataclass(frozen=True)
class Part:
    """What one criterion gives a pair: `points` of at most `most`; `words` are empty where it has nothing to say."""

    label: str
    points: int
    most: int
    words: str
    kept: bool = False
    """The answer behind it is for matching only, so it is counted and not told."""

    @property
    def percent(self) -> float:
        return self.points / 100

    @property
    def percent_most(self) -> float:
        return self.most / 100


@dataclass(frozen=True)
class Reasons:
    """One pair: its score with the parts that add up to it, the hard rules it breaks, and what forcing it would cost."""

    score: int
    parts: tuple[Part, ...]
    broken: tuple[str, ...]
    rank_for_mentee: int
    rank_for_mentor: int
    cost: str


@dataclass(frozen=True)
class Other:
    """Another partner whom the rules allow: the score of that pair, and what giving it would cost everyone, in words."""

    code: str
    score: int
    cost: str


@dataclass(frozen=True)
class Alone:
    """Why somebody has nobody, and what would help, each worked out from the best plan."""

    sentence: str
    rules: tuple[tuple[str, int, int], ...]
    """(rule in words, people it excludes, of whom no other rule excludes)"""
    changes: tuple[tuple[str, str], ...]
    """(the change in words, code of the person of the other side whom it is about)"""
    better: bool = False
    """The plan with the highest total does better than this board, or gives them somebody."""
    turn: str = ""
    """Why they came before or after others for scarce places: rounds waited, or a coordinator's decision."""
    apart_since: bool = False
    """Pairs of the board are kept apart by hand since the run, so what would help has to be worked out with them."""


def of_pair(asked: Asked, pair: Pair, kept: Kept) -> Reasons | None:
    """Why these two fit, or do not; None if one of them was not in the run's picture."""
    if not _both_known(asked, pair):
        return None
    found = asked.explainer.pair(*pair)
    parts = []
    for part in found.parts:
        criterion = registry.BY_KEY[part.key]
        hidden = set(criterion.mentor_attributes) & set(kept.get(pair[0], ()))
        hidden |= set(criterion.mentee_attributes) & set(kept.get(pair[1], ()))
        unsaid = blanks.words(asked.problem, criterion, pair)
        if part.points or part.words or part.most:
            kept_back = bool(hidden) and not unsaid
            words = unsaid if hidden else part.words or unsaid
            parts.append(Part(part.label, part.points, part.most, words, kept_back))
    parts.sort(key=lambda part: -part.most)
    broken = tuple(reason for reason in found.excluded if reason != scoring.FORBIDDEN)
    cost = _words(found.cost)
    return Reasons(found.points, tuple(parts), broken, found.rank_for_mentee, found.rank_for_mentor, cost)


def others_for_mentee(asked: Asked, mentee: str, passed_over: Collection[str]) -> list[Other]:
    """Other mentors of this mentee, best score first, without those who are passed over."""
    if mentee not in asked.problem.mentees.position:
        return []
    found = asked.explainer.second_choices(mentee, ALTERNATIVES, passed_over)
    return [Other(other.mentor, other.points, _words(other.cost)) for other in found]


def why_no_mentor(asked: Asked, code: str, pairs: Collection[Pair], apart: Collection[Pair]) -> Alone | None:
    """Why this mentee has no mentor in these pairs of a board, where those of `apart` are kept apart by hand.

    None for somebody who was not in the run.
    """
    if code not in asked.problem.mentees.position:
        return None
    shown = Shown(asked.explainer, pairs, apart)
    found = without.mentee(asked.explainer, code, shown)
    return replace(_alone(asked, found, shown, "mentee"), turn=_turn(asked, code))


def why_no_mentee(asked: Asked, code: str, pairs: Collection[Pair], apart: Collection[Pair]) -> Alone | None:
    """The same for a mentor without a mentee."""
    if code not in asked.problem.mentors.position:
        return None
    shown = Shown(asked.explainer, pairs, apart)
    return _alone(asked, without.mentor(asked.explainer, code, shown), shown, "mentor")


def _alone(asked: Asked, found: without.Without, shown: Shown, role: Literal["mentor", "mentee"]) -> Alone:
    rules = tuple((rule.reason, rule.excluded, rule.alone) for rule in found.rules)
    changes = tuple((change.words, change.other) for change in found.changes)
    better = not found.outlook.best or bool(found.outlook.gives)
    better = better and bool(found.allowed) and not found.outlook.overtaken
    if asked.explainer.is_levelled and shown.standing == asked.explainer.own.standing:
        better = False  # the highest total was given up for this: solving again would not bring it back
    return Alone(found.sentence(role), rules, changes, better, apart_since=bool(shown.apart))


def _turn(asked: Asked, code: str) -> str:
    mentees = asked.problem.mentees
    waited, later = (mentees.value(mentees.position[code], key) for key in ("waited_rounds", "lapsed_rounds"))
    if later:
        return (
            "Others came first for scarce places: an earlier mentorship of theirs fell silent before it began, and a "
            "coordinator decided so. That can be taken back under “Whose turn it is”."
        )
    rounds = "an earlier round" if waited == 1 else f"{waited} earlier rounds"
    return f"They were left out in {rounds} as well, so they came before others for scarce places." if waited else ""


def _words(cost: Cost | None) -> str:
    """The cost as a clause; empty where the pair cannot be."""
    return cost.words() if cost else ""


def _both_known(asked: Asked, pair: Pair) -> bool:
    return pair[0] in asked.problem.mentors.position and pair[1] in asked.problem.mentees.position
