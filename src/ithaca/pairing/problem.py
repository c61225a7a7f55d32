"""The question: who is there, what counts and how much, what must and must not be. A wrong problem cannot be made."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from ithaca.pairing.criteria import registry
from ithaca.pairing.criteria.base import Criterion
from ithaca.pairing.points import POINTS
from ithaca.pairing.side import ProblemError, Side

IdPair = tuple[str, str]
"""(mentor id, mentee id)"""
MOST_WEIGHT = 10**12
"""Weights are shares of their sum, so nobody needs a larger one; sums of these are exact enough."""


@dataclass(frozen=True)
class Weighted:
    """One criterion with its weight (any scale: the weights of a problem are shares of their sum) and its options."""

    key: str
    weight: float
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def criterion(self) -> Criterion:
        return registry.BY_KEY[self.key]

    @property
    def chosen(self) -> dict[str, Any]:
        """Every option of the criterion with its value here."""
        return self.criterion.choose(self.options)

    @property
    def told(self) -> dict[str, Any]:
        """What of it belongs to the fingerprint of a problem."""
        added = {option.key: option.default for option in self.criterion.options if option.added}
        return {key: value for key, value in self.chosen.items() if key not in added or value != added[key]}


@dataclass(frozen=True)
class Constraints:
    """What a coordinator has decided by hand. A locked or must-pair holds even against a hard rule."""

    locked: frozenset[IdPair] = frozenset()
    must: frozenset[IdPair] = frozenset()
    forbidden: frozenset[IdPair] = frozenset()

    @property
    def held(self) -> tuple[IdPair, ...]:
        """Pairs that every plan contains, in order."""
        return tuple(sorted(self.locked | self.must, key=lambda pair: (pair[1], pair[0])))


@dataclass(frozen=True)
class Objective:
    """What “best” means, after serving as many mentees as possible.

    kind    "total": the highest total. "worst_first": first raise the worst pair as far as it will go, then the total.
    floor   pairs below this many points (of 10,000) are not made at all
    cost    for "worst_first", percent of the highest total that it may cost: the worst pair is raised as far as that
            allows, then the next worst, and so on. None: the worst pair alone is raised, whatever it costs.
    """

    kind: Literal["total", "worst_first"] = "total"
    floor: int = 0
    cost: int | None = None

    def words(self, several: bool = False, even: bool = False) -> str:
        """The objective as a coordinator reads it; `several`: some mentees take more than one mentor; `even`: for the plan that
        lifts low pairs where it costs little (alternatives.py).

        Ties are settled, and pairs above the worst raised, among mentees with one mentor only, so no more is promised.
        """
        worst = ", among mentees who take one mentor, the worst pair" if several else " the worst pair"
        then = f"the highest total compatibility; then{worst} as good as that total allows"
        if self.kind == "worst_first":
            then = "the worst pair as good as it can be; then the highest total compatibility"
        if self.kind == "worst_first" and self.cost is not None:
            next_worst = "" if several else ", then the next worst, and so on"
            then = (
                f"the worst pair as good as it can be{next_worst}, as far as that costs no more than "
                f"{self.cost} % of the highest total; then the highest total compatibility"
            )
        then = f"{then}; remaining ties fall by a fixed order"
        if even:
            then = "the most even pairs (the highest sum of the roots of points), so not always the highest total"
        return (
            "As many mentees as possible get a mentor, those left out in earlier rounds first; nobody gets a second "
            f"mentor while someone could have a first; then {then}.{self.no_lower}"
        )

    @property
    def no_lower(self) -> str:
        """The floor as a sentence of its own, or nothing."""
        return f" No pair below {self.floor / 100:g} %." if self.floor else ""


def default_criteria() -> tuple[Weighted, ...]:
    """Every criterion with its default weight (sum 100)."""
    return tuple(Weighted(criterion.key, criterion.default_weight) for criterion in registry.CRITERIA)


@dataclass(frozen=True, eq=False)
class Problem:
    """Mentors, mentees, criteria, constraints, objective; immutable. ProblemError says all that is wrong."""

    mentors: Side
    mentees: Side
    criteria: tuple[Weighted, ...] = field(default_factory=default_criteria)
    constraints: Constraints = field(default_factory=Constraints)
    objective: Objective = field(default_factory=Objective)

    def __post_init__(self) -> None:
        findings = [*self._wrong_sides(), *self._wrong_criteria(), *self._wrong_constraints()]
        if not (_is_whole(self.objective.floor) and 0 <= self.objective.floor <= POINTS):
            findings.append(f"the floor is {self.objective.floor} points; it is a whole number from 0 to {POINTS:,}")
        if self.objective.kind not in ("total", "worst_first"):
            findings.append(f"the objective “{self.objective.kind}” is not known")
        findings += self._wrong_cost()
        if findings:
            raise ProblemError(findings)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of people, criteria, decisions and objective, the same for any order of rows.

        Whatever can change the answer changes it; so do a name and a column of blanks, which cannot: kept plans are
        known by it, so it stays as it was.
        """
        return hashlib.sha256(json.dumps(self._content(), sort_keys=True).encode()).hexdigest()

    def best(self, even: bool = False) -> str:
        """What “best” means for these people, as a coordinator reads it."""
        return self.objective.words(bool((self.mentees.capacity > 1).any()), even)

    def weighted(self, key: str) -> Weighted:
        """The criterion's weight and options in this problem; weight 0 if it is not used."""
        return next((weighted for weighted in self.criteria if weighted.key == key), Weighted(key, 0))

    def _content(self) -> list[Any]:
        sides = [
            {"ids": side.ids, "capacity": side.capacity.tolist(), "columns": dict(side.columns)}
            for side in (self.mentors, self.mentees)
        ]
        criteria = sorted([w.key, w.weight, w.told] for w in self.criteria)
        held, forbidden = self.constraints.held, sorted(self.constraints.forbidden)
        cost = [] if self.objective.cost is None else [self.objective.cost]
        return [*sides, criteria, held, forbidden, self.objective.kind, self.objective.floor, *cost]

    def _wrong_cost(self) -> Iterator[str]:
        cost = self.objective.cost
        if cost is None:
            return
        if not (_is_whole(cost) and 0 <= cost <= 100):
            yield f"raising the worst pairs may cost {cost} % of the total; it is a whole number from 0 to 100"
        if self.objective.kind != "worst_first":
            yield "only an objective that raises the worst first says what that may cost"

    def _wrong_sides(self) -> Iterator[str]:
        if (self.mentors.role, self.mentees.role) != ("mentor", "mentee"):
            yield "a problem has mentors on one side and mentees on the other"

    def _wrong_criteria(self) -> Iterator[str]:
        for key, times in Counter(weighted.key for weighted in self.criteria).items():
            if key not in registry.BY_KEY:
                yield f"there is no criterion “{key}”; there are {', '.join(registry.BY_KEY)}"
            elif times > 1:
                yield f"the criterion “{key}” is listed {times} times"
        for weighted in self.criteria:
            weight = weighted.weight
            if not (isinstance(weight, int | float) and 0 <= weight <= MOST_WEIGHT):
                yield f"the weight of “{weighted.key}” is {weight}; it must be a number from 0 to {MOST_WEIGHT:,}"
            if weighted.key in registry.BY_KEY:
                try:
                    weighted.criterion.choose(weighted.options)
                except ValueError as error:
                    yield str(error)

    def _wrong_constraints(self) -> Iterator[str]:
        constraints = self.constraints
        for mentor, mentee in sorted(constraints.locked | constraints.must | constraints.forbidden):
            if mentor not in self.mentors.position:
                yield f"a constraint names the mentor “{mentor}”, who is not among the mentors"
            if mentee not in self.mentees.position:
                yield f"a constraint names the mentee “{mentee}”, who is not among the mentees"
        for mentor, mentee in sorted((constraints.locked | constraints.must) & constraints.forbidden):
            yield f"the pair “{mentor}” and “{mentee}” is both fixed and forbidden"
        for side, end in ((self.mentors, 0), (self.mentees, 1)):
            for person, fixed in sorted(Counter(pair[end] for pair in constraints.held).items()):
                row = side.position.get(person)
                if row is not None and fixed > side.capacity[row]:
                    yield f"{side.role} “{person}” is in {fixed} fixed pairs and has {side.capacity[row]} places"


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)
