"""Whether a plan can be bettered for somebody who is without in it: the plan that is shown beside a best one.

What is explained is not always the best plan: a stable one, one that touches few pairs, a board changed by hand. Whoever
says "no exchange would serve more" of it has to have looked at a best plan first; this is where it is looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
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
    """What a best plan (the most served, then the highest total) has to say about somebody who is without in this one."""

    best: bool
    """No exchange serves more mentees; for a mentor: nor raises the total."""
    gives: tuple[str, ...] = ()
    """Names of those whom the best plan gives them."""
    more: int | None = 0
    """So many mentees more the best plan serves; None: it is not known, among so many people."""
    free: tuple[str, ...] = ()
    """Names of the mentors with a free place whom no rule excludes for a mentee."""

    def sentence(self, role: Role, others: str) -> str:
        """As a coordinator reads it; `others` are the people of the other side whom no rule excludes."""
        if self.best:
            return self._nothing_better(role, others)
        if self.more is None:
            said = "Whether an exchange would help was not worked out among so many people."
        elif self.gives:
            said = f"The plan with the highest total gives them {encode.listed(self.gives)}."
        else:
            said = "In the plan with the highest total they have nobody either."
        if self.more:
            people = "1 mentee" if self.more == 1 else f"{self.more:,} mentees"
            said = f"This plan does not serve all it could: {people} more could have a mentor. {said}"
        free = (
            f"{encode.listed(self.free)} {'has' if len(self.free) == 1 else 'have'} a free place. " if self.free else ""
        )
        return free + said

    def _nothing_better(self, role: Role, others: str) -> str:
        if role == "mentor":
            return f"No exchange with {others} would serve more mentees or raise the total."
        said = f"All places with {others} are taken, and no exchange would serve more mentees."
        if self.gives:
            said += f" The plan with the highest total gives them {encode.listed(self.gives)}, and leaves somebody else without."
        return said


class Shown:
    """The pairs that are shown, as one and the same explainer sees them."""

    def __init__(self, explainer: Explainer, pairs: Collection[IdPair]) -> None:
        self.explainer = explainer
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

    def of_mentee(self, j: int, allowed: Array) -> Outlook:
        """`allowed`: bool[M], mentors whom no rule excludes."""
        best, mentors = self.explainer.optimum, self.explainer.problem.mentors
        free = _names(mentors, np.flatnonzero(allowed & (self.left > 0)))
        if best is None:
            return Outlook(True) if self._is_proven() else Outlook(False, more=None, free=free)
        more = len(best.served) - self.standing[0]
        gives = _names(mentors, best.mentor[best.mentee == j])
        if self.keeps_the_rules and more <= 0:
            return Outlook(True, gives)
        return Outlook(False, gives, max(0, more), free)

    def of_mentor(self, i: int) -> Outlook:
        """The same for a mentor."""
        best = self.explainer.optimum
        if best is None:
            return Outlook(True) if self._is_proven() else Outlook(False, more=None)
        if self.keeps_the_rules and self.standing >= _standing_of(self.explainer, best):
            return Outlook(True)
        more = len(best.served) - self.standing[0]
        return Outlook(False, _names(self.explainer.problem.mentees, best.mentee[best.mentor == i]), max(0, more))

    def is_as_good(self, points: bool) -> bool:
        """Whether these pairs serve as well as a best plan, and with as many `points` if that is asked."""
        best = self.explainer.optimum
        if best is None:
            return self._is_proven()
        most = _standing_of(self.explainer, best)
        return self.keeps_the_rules and self.standing[: 2 + points] >= most[: 2 + points]

    def _is_proven(self) -> bool:
        """Where no best plan is at hand: whether these pairs are the explainer's own and prove themselves."""
        plan = self.explainer.plan
        proof = plan.certificate
        own = plan.digest == self.explainer.problem.digest and self.explainer.own is self
        return own and proof is not None and plan.optimal and proof.kind == "best" and proof.keeping is None


def _standing_of(explainer: Explainer, best: Optimum) -> tuple[int, int, int]:
    return _standing(explainer, best.mentor, best.mentee)


def _standing(explainer: Explainer, rows: Array, columns: Array) -> tuple[int, int, int]:
    """What counts, in its order: mentees served, rounds they waited, points."""
    compiled, some = explainer.compiled, np.unique(columns)
    first = some[compiled.first[some]]
    return len(first), int(compiled.priority[first].sum()), int(compiled.earned(rows, columns).sum(dtype=np.int64))


def _names(side: Side, rows: Array) -> tuple[str, ...]:
    return tuple(side.name(row) for row in rows.tolist())
