"""Whether a plan can be bettered for somebody who is without in it: the plan that is shown beside a best one.

What is explained is not always the best plan: a stable one, one that touches few pairs, a board changed by hand. Whoever
says "no exchange would serve more" of it has to have looked at a best plan first; this is where it is looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ithaca.pairing.criteria import encode
from ithaca.pairing.points import Array
from ithaca.pairing.problem import IdPair
from ithaca.pairing.side import Role, Side
from ithaca.pairing.solvers.optimum import Optimum

if TYPE_CHECKING:
    from ithaca.pairing.explain import Explainer


@dataclass(frozen=True)
class Outlook:
    """What a best plan (the most served, then the highest total) has to say about somebody who is without in this one.

    Where the worst pair is raised first, it is the highest total without a weaker pair (`raised`).
    """

    best: bool
    """No exchange serves more mentees; for a mentor: nor raises the total."""
    gives: tuple[str, ...] = ()
    """Names of those whom the best plan gives them."""
    more: int | None = 0
    """So many mentees more the best plan serves; None: it is not known, among so many people."""
    free: tuple[str, ...] = ()
    """Names of the mentors with a free place whom no rule excludes for a mentee."""
    apart: tuple[str, ...] = ()
    """Names of those whom no rule excludes, kept apart from this one by hand after the plan was found."""
    overtaken: bool = False
    """The best plan at hand has a pair that is kept apart since, so another one is the best by now."""
    raised: int = 0
    """The points to which the solver raised the worst pair; 0 where it did not."""

    @property
    def _highest(self) -> str:
        return f"plan with the highest total{f' and no pair below {self.raised / 100:g} %' if self.raised else ''}"

    def sentence(self, role: Role, others: str) -> str:
        """As a coordinator reads it; `others` are the people of the other side whom no rule excludes."""
        said = self._nothing_better(role, others) if self.best else self._better()
        return f"{said} Kept apart by hand on this board: {encode.listed(self.apart)}." if self.apart else said

    def _better(self) -> str:
        if self.overtaken:
            said = "The best plan has a pair in it that is kept apart by hand since: solve again to see the best without it."
        elif self.more is None:
            said = "Whether an exchange would help was not worked out among so many people."
        elif self.gives:
            said = f"The {self._highest} gives them {encode.listed(self.gives)}."
        else:
            said = f"In the {self._highest} they have nobody either."
        if self.more and not self.overtaken:
            people = "1 mentee" if self.more == 1 else f"{self.more:,} mentees"
            said = f"This plan does not serve all it could: {people} more could have a mentor. {said}"
        free = (
            f"{encode.listed(self.free)} {'has' if len(self.free) == 1 else 'have'} a free place. " if self.free else ""
        )
        return free + said

    def _nothing_better(self, role: Role, others: str) -> str:
        if role == "mentor":
            kept = f", or raise the total with no pair below {self.raised / 100:g} %"
            return (
                f"No exchange with {others} would serve more mentees{kept if self.raised else ' or raise the total'}."
            )
        said = f"All places with {others} are taken, and no exchange would serve more mentees."
        if self.gives:
            said += f" The {self._highest} gives them {encode.listed(self.gives)}, and leaves somebody else without."
        return said


class Shown:
    """The pairs that are shown, as one and the same explainer sees them."""

    def __init__(self, explainer: Explainer, pairs: Collection[IdPair], apart: Collection[IdPair] = ()) -> None:
        """`apart`: pairs that may not be made beside these, also such as the explainer's problem does not exclude."""
        self.explainer = explainer
        self.raised = explainer.raised
        problem, compiled = explainer.problem, explainer.compiled
        mentors, mentees = problem.mentors.position, problem.mentees.position
        held, shown = set(problem.constraints.held), set(pairs)
        known = sorted((mentors[a], mentees[b]) for a, b in shown - held if a in mentors and b in mentees)
        rows, columns = np.array(known, np.int64).reshape(-1, 2).T
        self.standing = _standing(explainer, rows, columns)
        self.left = compiled.mentor_capacity - np.bincount(rows, minlength=len(mentors))
        """int64[M]: places that nobody takes."""
        wanting = compiled.mentee_capacity - np.bincount(columns, minlength=len(mentees))
        places = min(int(self.left.min(initial=0)), int(wanting.min(initial=0))) >= 0
        allowed = bool((compiled.at(rows, columns) >= 0).all())
        self.keeps_the_rules = held <= shown and len(known) == len(shown - held) and places and allowed
        away = sorted((mentors[a], mentees[b]) for a, b in set(apart) - held if a in mentors and b in mentees)
        at = np.array(away, np.int64).reshape(-1, 2).T
        self.apart = frozenset(pair for pair, score in zip(away, compiled.at(*at).tolist(), strict=True) if score >= 0)
        """Positions of the pairs kept apart that no rule excludes: solving again takes them into account, this problem not."""

    @cached_property
    def overtaken(self) -> bool:
        """Whether a best plan has a pair that is kept apart, so that solving again never gives it."""
        best = self.explainer.optimum
        return best is not None and not self.apart.isdisjoint(
            zip(best.mentor.tolist(), best.mentee.tolist(), strict=True)
        )

    def of_mentee(self, j: int, allowed: Array) -> Outlook:
        """`allowed`: bool[M], mentors whom no rule excludes."""
        best, mentors = self.explainer.optimum, self.explainer.problem.mentors
        away = sorted(i for i, mentee in self.apart if mentee == j)
        apart, may = _names(mentors, away), allowed.copy()
        may[away] = False
        free = _names(mentors, np.flatnonzero(may & (self.left > 0)))
        if best is None:
            unknown = Outlook(False, more=None, free=free, apart=apart, raised=self.raised)
            return Outlook(True, raised=self.raised) if self._is_proven() else unknown
        more = len(best.served) - self.standing[0]
        gives = () if self.overtaken else _names(mentors, best.mentor[best.mentee == j])
        if self.keeps_the_rules and more <= 0:
            return Outlook(True, gives, apart=apart, raised=self.raised)
        return Outlook(False, gives, max(0, more), free, apart, self.overtaken, self.raised)

    def of_mentor(self, i: int) -> Outlook:
        """The same for a mentor."""
        best, mentees = self.explainer.optimum, self.explainer.problem.mentees
        apart = _names(mentees, sorted(j for mentor, j in self.apart if mentor == i))
        if best is None:
            unknown = Outlook(False, more=None, apart=apart, raised=self.raised)
            return Outlook(True, raised=self.raised) if self._is_proven() else unknown
        if self.keeps_the_rules and self.standing >= _standing_of(self.explainer, best):
            return Outlook(True, apart=apart, raised=self.raised)
        more = len(best.served) - self.standing[0]
        gives = () if self.overtaken else _names(mentees, best.mentee[best.mentor == i])
        return Outlook(False, gives, max(0, more), (), apart, self.overtaken, self.raised)

    def is_as_good(self, points: bool) -> bool:
        """Whether these pairs serve as well as a best plan, and with as many `points` if that is asked."""
        best = self.explainer.optimum
        if best is None:
            return self._is_proven()
        most = _standing_of(self.explainer, best)
        counts = 4 if points else 2
        return self.keeps_the_rules and self.standing[:counts] >= most[:counts]

    def _is_proven(self) -> bool:
        """Where no best plan is at hand: whether these pairs are the explainer's own and prove themselves."""
        plan = self.explainer.plan
        proof = plan.certificate
        own = plan.digest == self.explainer.problem.digest and self.explainer.own is self
        return own and proof is not None and plan.optimal and proof.kind == "best" and proof.keeping is None


def _standing_of(explainer: Explainer, best: Optimum) -> tuple[int, int, int, int]:
    return _standing(explainer, best.mentor, best.mentee)


def _standing(explainer: Explainer, rows: Array, columns: Array) -> tuple[int, int, int, int]:
    """What counts, in its order: mentees served, rounds they waited, the worst pair where it was raised, points."""
    compiled, some = explainer.compiled, np.unique(columns)
    first, points = some[compiled.first[some]], compiled.earned(rows, columns)
    worst = int(points.min(initial=explainer.raised))
    return len(first), int(compiled.priority[first].sum()), worst, int(points.sum(dtype=np.int64))


def _names(side: Side, rows: Iterable[int]) -> tuple[str, ...]:
    return tuple(side.name(int(row)) for row in rows)
