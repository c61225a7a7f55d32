"""Why this pair, what else there was, and what each other choice would cost everyone. For those without: without.py."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ithaca.pairing import scoring, solve
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.cost import Cost, Fall
from ithaca.pairing.outlook import Shown
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import Array
from ithaca.pairing.problem import Problem
from ithaca.pairing.solvers import assignment
from ithaca.pairing.solvers.looks import Looks
from ithaca.pairing.solvers.optimum import Optimum, raised_plan, solved
from ithaca.pairing.solvers.residual import Length, Residual


@dataclass(frozen=True)
class PartReason:
    """What one criterion says about a pair."""

    key: str
    label: str
    points: int
    most: int
    """The points this criterion could give at most."""
    words: str
    """A clause ("both speak French"), or empty."""


@dataclass(frozen=True)
class Alternative:
    """Another mentor whom the rules allow for a mentee."""

    mentor: str
    points: int
    cost: Cost


@dataclass(frozen=True)
class PairReason:
    """Everything about one pair, whether it is in the plan or not."""

    mentor: str
    mentee: str
    points: int
    parts: tuple[PartReason, ...]
    excluded: tuple[str, ...]
    """Rules that exclude the pair, in words; a pair fixed by hand may have some."""
    rank_for_mentee: int
    """1: no mentor whom the rules allow scores higher for this mentee."""
    rank_for_mentor: int
    cost: Cost | None
    """None where a rule excludes the pair; nothing for a pair of the plan."""

    def sentence(self) -> str:
        """The clauses of all criteria, those that count most first, as one sentence."""
        said = [part.words for part in sorted(self.parts, key=lambda part: -part.points) if part.words]
        text = "; ".join(said)
        return text[:1].upper() + text[1:] + "." if text else ""


SOLVED_CELLS = 10_000 * 10_000
"""Pairs up to which a plan without proof is solved anew to see what other choices cost. Above, prices bound it."""
FALLS_SOLVED = 100 * 100
"""Pairs up to which it is solved for how far the weakest pair falls, where others than the forced one fall with it."""
TIES = 16
"""Mentors of one score, at most, whose costs decide who is named first."""


class Explainer:
    """Answers questions about a plan. Only what is asked about is worked out.

    What other choices cost is asked of a best plan: of this one, if it proves to be one; else of one that is solved. Who may
    meet whom is asked of the rules and the floor that was set. Where the solver raised the worst pair above that floor,
    the best plan is the best of those without a weaker pair, and the pairs below are still allowed.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.compiled: Compiled = scoring.compiled(problem)
        self.bonus = 2 * assignment.overriding(self.compiled)
        self.looks = Looks(self.compiled)
        self.raised = plan.floor if plan.floor > problem.objective.floor else 0
        """The points to which the solver raised the worst pair; 0 where it did not."""
        above = replace(self.compiled, floor=self.raised) if self.raised else self.compiled
        self._raised_looks = Looks(above) if self.raised else self.looks
        self._is_prepared = False
        self._with_a_place: dict[int, Plan] = {}

    @cached_property
    def optimum(self) -> Optimum | None:
        """A best plan, this one if it proves to be, with prices under a bonus that keeps served, priority and points apart.

        None where none are at hand.
        """
        looks = self._raised_looks
        found = raised_plan(self.problem, looks.problem, self.plan, self.bonus, looks)
        return found if found is not None else self._solved(looks.problem)

    @cached_property
    def residual(self) -> Residual | None:
        """The changes that are open; None where only prices can be asked."""
        return Residual(self.optimum, self._raised_looks) if self.optimum is not None else None

    @cached_property
    def by_rules(self) -> Residual | None:
        """The same where weaker pairs than the solver's worst may be made too: how many can be served is asked of this one."""
        if not self.raised:
            return self.residual
        best = self._solved(self.compiled)
        found = Residual(best, self.looks) if best is not None else None
        if found is not None and self._is_prepared:
            found.prepare_all()
        return found

    @cached_property
    def own(self) -> Shown:
        """The plan's pairs, to be looked at beside a best plan."""
        return Shown(self, [(pair.mentor, pair.mentee) for pair in self.plan.pairs])

    @property
    def is_levelled(self) -> bool:
        """Whether one level after another is raised, at a cost: then the best plan need not have the highest total over its floor."""
        return self.problem.objective.cost is not None

    def prepare_all(self) -> None:
        """Make questions about everybody quick; worth it up to some hundred mentors."""
        self._is_prepared = True
        if self.residual is not None:
            self.residual.prepare_all()

    def pair(self, mentor: str, mentee: str) -> PairReason:
        """The reasons for and against one pair, and what forcing it would cost."""
        return replace(self.reason(mentor, mentee), cost=self.cost(mentor, mentee))

    def reason(self, mentor: str, mentee: str) -> PairReason:
        """As `pair`, quicker: without the cost."""
        i, j = self.problem.mentors.position[mentor], self.problem.mentees.position[mentee]
        row, column = np.array([i]), np.array([j])
        parts = scoring.parts_at(self.compiled, row, column)[:, 0].tolist()
        excluded = [reason for reason in scoring.excluded_at(self.compiled, row, column)[0] if reason != scoring.HELD]
        score = sum(parts)
        return PairReason(
            mentor,
            mentee,
            score,
            self._parts(i, j, parts),
            tuple(excluded),
            1 + int((self.of_mentee(j) > score).sum()),
            1 + int((self.of_mentor(i) > score).sum()),
            None,
        )

    def second_choices(self, mentee: str, most: int = 3, passed_over: Collection[str] = ()) -> tuple[Alternative, ...]:
        """Mentors whom the plan does not give them: best score first among those whom the rules allow, none `passed_over`."""
        j = self.problem.mentees.position[mentee]
        scores = np.where(self.compiled.mentor_capacity > 0, self.of_mentee(j), -1)
        position = self.problem.mentors.position
        scores[self._mentors_of.get(mentee, [])] = -1
        scores[[position[mentor] for mentor in passed_over if mentor in position]] = -1
        if self.compiled.mentee_capacity[j] == 0:
            return ()
        order = np.argsort(-scores, kind="stable")
        order = order[scores[order] >= 0]
        if len(order) > most:
            least = scores[order[most - 1]] if most else 0
            order = order[: max(most, min(int((scores[order] >= least).sum()), most + TIES))]
        found = [Alternative(self.problem.mentors.ids[i], int(scores[i]), self._forced(i, j)) for i in order.tolist()]
        return tuple(sorted(found, key=lambda one: (-one.points, one.cost.order))[:most])

    def cost(self, mentor: str, mentee: str) -> Cost | None:
        """What everyone loses if this pair is forced; None where a rule or missing places exclude it."""
        i, j = self.problem.mentors.position[mentor], self.problem.mentees.position[mentee]
        if i in self._mentors_of.get(mentee, []):
            return Cost(0)
        places = self.compiled.mentor_capacity[i] and self.compiled.mentee_capacity[j]
        if not places or self._score(i, j) < 0:
            return None
        return self._forced(i, j)

    def has_somebody(self, mentee: str) -> bool:
        """Whether the plan gives this mentee a mentor."""
        return mentee in self._mentors_of

    def with_a_place(self, i: int) -> Plan:
        """The best plan if one mentor had one more place, by solving again."""
        if i not in self._with_a_place:
            capacity = self.problem.mentors.capacity.copy()
            capacity[i] += 1
            wider = replace(self.problem, mentors=replace(self.problem.mentors, capacity=capacity))
            self._with_a_place[i] = solve.solve(wider)
        return self._with_a_place[i]

    def with_a_pair(self, i: int, j: int) -> Plan:
        """The best plan with this pair in it, rules or not, by solving again."""
        constraints = self.problem.constraints
        lock = self.problem.mentors.ids[i], self.problem.mentees.ids[j]
        fixed = replace(constraints, locked=constraints.locked | {lock})
        return solve.solve(replace(self.problem, constraints=fixed))

    def of_mentee(self, j: int) -> Array:
        """int32[M]: scores of all mentors with one mentee."""
        found: Array = self.looks.of_mentees(np.array([j]))[0]
        return found

    def of_mentor(self, i: int) -> Array:
        """int32[N]: scores of one mentor with all mentees."""
        found: Array = self.looks.of_mentors(np.array([i]))[0]
        return found

    def told(self, length: Length) -> Cost:
        """Take a loss of worth apart; the bonus and the worth of a round are large enough to be told from the rest."""
        proof = self.plan.certificate
        bonus = proof.bonus if proof is not None and proof.bonus else self.bonus
        if self.optimum is not None:
            bonus = self.optimum.bonus
        fewer = (length.worth + bonus // 2) // bonus
        rest = length.worth - fewer * bonus
        one_round = scoring.worth_of_a_round(self.problem)
        rounds = (rest + one_round // 2) // one_round
        return Cost(rest - rounds * one_round, fewer, rounds, length.exact)

    @cached_property
    def _mentors_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for pair in self.plan.pairs:
            found.setdefault(pair.mentee, []).append(self.problem.mentors.position[pair.mentor])
        return found

    def _score(self, i: int, j: int) -> int:
        return int(self.looks.at(np.array([i]), np.array([j]))[0])

    def _solved(self, problem: Compiled) -> Optimum | None:
        few = problem.shape[0] * problem.shape[1] <= SOLVED_CELLS
        return solved(problem, self.bonus) if few else None

    def _forced(self, i: int, j: int) -> Cost:
        """What forcing a pair that the rules allow costs everyone, in the order of the objective."""
        score = self._score(i, j)
        weaker = score < self.raised
        if self.residual is not None:
            found = self.told(self.residual.forced(i, j, score if weaker else None) or Length(0))
        else:
            found = self.told(self._short_of_prices(i, j, score))
        found = replace(found, highest=self.is_levelled)
        if not self.raised:
            return found
        # What raising one level after another may cost is a share of the highest total, which changes with the pair.
        exact = found.exact and not self.is_levelled
        if found.fewer_served or found.rounds_passed_over:
            if self.by_rules is None:
                return replace(found, above=self.raised)
            served = self.told(self.by_rules.forced(i, j) or Length(0))
            weaker = weaker or served.order[:2] < found.order[:2]  # only weaker pairs elsewhere serve as many
            exact = exact and served.order[:2] == found.order[:2]
            found = replace(found, fewer_served=served.fewer_served, rounds_passed_over=served.rounds_passed_over)
        if weaker:
            return replace(found, fall=self._fall(i, j, min(score, self.raised), exact))
        return replace(found, above=self.raised) if self.is_levelled else found

    def _fall(self, i: int, j: int, to: int, exact: bool) -> Fall:
        """How far the weakest pair falls: to `to`, or lower still if that is not `exact`; of few people it is solved for."""
        held = self.problem.constraints.held
        if not exact and self.compiled.shape[0] * self.compiled.shape[1] <= FALLS_SOLVED:
            pairs = self.with_a_pair(i, j).pairs
            to, exact = min(pair.points for pair in pairs if (pair.mentor, pair.mentee) not in held), True
        return Fall(self.raised, to, exact or to == self.problem.objective.floor, self._fixed_weaker)

    def _short_of_prices(self, i: int, j: int, score: int) -> Length:
        """What the plan's own prices say of forcing a pair: at least this much."""
        proof = self.plan.certificate
        if proof is None:
            return Length(0, False)
        bonus = proof.bonus + int(self.compiled.priority[j]) if self.compiled.first[j] else 0
        short = proof.mentee_prices[j] + proof.mentor_prices[i] - score - bonus
        return Length(max(short, 0), False)

    @cached_property
    def _fixed_weaker(self) -> bool:
        """Whether a pair that is fixed by hand is weaker than what the solver raised the others to."""
        return any(pair.fixed and pair.points < self.raised for pair in self.plan.pairs)

    def _parts(self, i: int, j: int, points: list[int]) -> tuple[PartReason, ...]:
        found = []
        for part, earned in zip(self.compiled.parts, points, strict=True):
            if part.key != scoring.BY_HAND:
                weighted = self.problem.weighted(part.key)
                criterion = weighted.criterion
                words = criterion.words(self.problem.mentors, i, self.problem.mentees, j, weighted.chosen)
                found.append(PartReason(part.key, criterion.label, earned, part.points, words))
        return tuple(found)
