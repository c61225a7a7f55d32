"""The board as a story: the pairs of a run, and every change made by hand since, in order.

A board is never stored as it stands; it is what the changes make of the run, so undo and history cost nothing and cannot
disagree with what people see. A pair is (code of the mentor, code of the mentee); one person may be both in one cohort.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import models

Pair = tuple[str, str]


class Kind(models.TextChoices):
    """What a coordinator may do with a board."""

    LOCK = "lock", "locked"
    UNLOCK = "unlock", "unlocked"
    FORBID = "forbid", "kept apart"
    ALLOW = "allow", "allowed again"
    ASSIGN = "assign", "paired by hand"
    UNMATCH = "unmatch", "unpaired"
    SWAP = "swap", "swapped"
    SOLVE = "solve", "took a new solution"


class Refused(ValueError):
    """A change that cannot be made, in words for the coordinator."""


@dataclass(frozen=True)
class Change:
    """One thing done by hand.

    lock, unlock, forbid, allow, unmatch   one pair: mentor, mentee
    assign   mentor gets mentee; the mentee leaves `other_mentor`, the mentor gives up `other_mentee` (either may be "")
    swap     mentor+mentee and other_mentor+other_mentee become mentor+other_mentee and other_mentor+mentee
    solve    `pairs` replace all pairs, but for those kept apart
    """

    kind: Kind
    mentor: str = ""
    mentee: str = ""
    other_mentor: str = ""
    other_mentee: str = ""
    pairs: frozenset[Pair] = frozenset()

    @property
    def pair(self) -> Pair:
        return self.mentor, self.mentee

    @property
    def made(self) -> tuple[Pair, ...]:
        """Pairs that exist because of this change."""
        if self.kind == Kind.ASSIGN:
            return (self.pair,)
        if self.kind == Kind.SWAP:
            return (self.mentor, self.other_mentee), (self.other_mentor, self.mentee)
        return ()

    @property
    def ended(self) -> tuple[Pair, ...]:
        """Pairs that this change takes apart."""
        if self.kind in (Kind.FORBID, Kind.UNMATCH):
            return (self.pair,)
        if self.kind == Kind.SWAP:
            return self.pair, (self.other_mentor, self.other_mentee)
        if self.kind == Kind.ASSIGN:
            leaving = [(self.other_mentor, self.mentee)] if self.other_mentor else []
            return *leaving, *([(self.mentor, self.other_mentee)] if self.other_mentee else [])
        return ()

    def pair_seen(self, *, undone: bool) -> Pair:
        """The pair to look at once this was done, or taken back: one that is there then, as far as there is one."""
        shown = self.ended if undone else self.made
        return shown[0] if shown else self.pair


@dataclass(frozen=True)
class State:
    """A board at one moment. `locked` pairs stay when solving again; `forbidden` ones are never made; both are disjoint."""

    pairs: frozenset[Pair]
    locked: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    by_hand: frozenset[Pair] = field(default_factory=frozenset)

    def after(self, change: Change) -> State:
        """The board once `change` is made. It never fails: `refusal` says beforehand what may not be done."""
        if change.kind == Kind.LOCK:
            return replace(self, locked=self.locked | ({change.pair} & self.pairs))
        if change.kind == Kind.UNLOCK:
            return replace(self, locked=self.locked - {change.pair})
        if change.kind == Kind.ALLOW:
            return replace(self, forbidden=self.forbidden - {change.pair})
        if change.kind == Kind.SOLVE:
            pairs = change.pairs - self.forbidden
            locked = self.locked & pairs
            return State(pairs, locked, self.forbidden, self.by_hand & locked)
        made, ended = frozenset(change.made), frozenset(change.ended)
        forbidden = self.forbidden | ended if change.kind == Kind.FORBID else self.forbidden
        return State(
            pairs=(self.pairs - ended) | made,
            locked=(self.locked - ended) | made,
            forbidden=forbidden - made,
            by_hand=(self.by_hand - ended) | made,
        )


def fold(pairs: Iterable[Pair], changes: Iterable[Change]) -> State:
    """The board that the changes make of a run's pairs."""
    state = State(frozenset(pairs))
    for change in changes:
        state = state.after(change)
    return state


@dataclass(frozen=True)
class Places:
    """How many partners each takes at most in this plan, by code, for who takes part."""

    mentors: Mapping[str, int]
    mentees: Mapping[str, int]


def refusal(state: State, change: Change, places: Places) -> str:
    """Why `change` cannot be made to this board, in words; empty if it can."""
    known = [(code, places.mentors) for code in (change.mentor, change.other_mentor)]
    known += [(code, places.mentees) for code in (change.mentee, change.other_mentee)]
    if change.made and any(code and code not in among for code, among in known):
        return "One of these people does not take part any more. Solve again to see who does."
    reason = _wrong_with_pairs(state, change)
    if reason:
        return reason
    after = state.after(change).pairs
    mentors, mentees = load_of_mentors(after), load_of_mentees(after)
    if any(mentors[mentor] > places.mentors[mentor] for mentor, _ in change.made):
        return "This mentor has no free place. Choose whose place to take, or swap two pairs."
    if any(mentees[mentee] > places.mentees[mentee] for _, mentee in change.made):
        return "This mentee has a mentor already. Unpair them first, or swap two pairs."
    return ""


def _wrong_with_pairs(state: State, change: Change) -> str:
    missing = [pair for pair in change.ended if pair not in state.pairs]
    if change.kind == Kind.SWAP and (change.mentor == change.other_mentor or change.mentee == change.other_mentee):
        return "These two pairs share a person, so a swap would change nothing."
    if change.kind in (Kind.LOCK, Kind.UNLOCK) and change.pair not in state.pairs:
        return "These two are not a pair on this board any more."
    if change.kind == Kind.LOCK and change.pair in state.locked:
        return "This pair is locked already."
    if change.kind == Kind.UNLOCK and change.pair not in state.locked:
        return "This pair is not locked."
    if change.kind == Kind.ALLOW and change.pair not in state.forbidden:
        return "These two are not kept apart."
    if change.kind == Kind.FORBID:
        return "These two are kept apart already." if change.pair in state.forbidden else ""
    if missing:
        return "These two are not a pair on this board any more."
    if any(pair in state.pairs for pair in change.made):
        return "These two are a pair already."
    return ""


def refusal_of_solution(state: State, pairs: frozenset[Pair], could_stay: frozenset[Pair]) -> str:
    """Why these pairs cannot replace those of the board, in words; empty if they can.

    could_stay  the locked pairs that a plan for the people of the solution can have; others end as their people are gone
    """
    if pairs & state.forbidden:
        return "This solution has a pair that is kept apart on the board. Allow the pair again first, or solve again."
    if (state.locked & could_stay) - pairs:
        return "This solution takes a pair apart that is locked on the board. Unlock the pair first, or solve again."
    return ""


def load_of_mentors(pairs: Iterable[Pair]) -> Counter[str]:
    """How many mentees each mentor has; those without are absent (0)."""
    return Counter(mentor for mentor, _ in pairs)


def load_of_mentees(pairs: Iterable[Pair]) -> Counter[str]:
    """How many mentors each mentee has; those without are absent (0)."""
    return Counter(mentee for _, mentee in pairs)


def undoable(numbers: Iterable[int], undone: Sequence[int]) -> int | None:
    """Number of the change that undo takes back: the last that stands. `undone`: numbers in the order of undoing."""
    return max(set(numbers) - set(undone), default=None)


def redoable(numbers: Iterable[int], undone: Sequence[int]) -> int | None:
    """Number of the change that redo brings back: the last undone, unless something new was done since."""
    last = undoable(numbers, undone) or 0
    return undone[-1] if undone and undone[-1] > last else None
