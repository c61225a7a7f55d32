"""Why this pair, what else there was, and what each other choice would cost everyone. For those without: without.py."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ithaca.pairing import proven, scoring
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import Array
from ithaca.pairing.problem import Problem
from ithaca.pairing.solvers import assignment
from ithaca.pairing.solvers.residual import IMPOSSIBLE, Residual
from ithaca.pairing.solvers.standing import Standing


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
class Cost:
    """What the best plan loses if a pair is forced."""

    points: int
    """Of 10,000 a pair; may be negative when fewer are served."""
    fewer_served: int = 0
    rounds_passed_over: int = 0
    """Rounds waited by those who lose their mentor, less those of who gain one."""
    exact: bool = True
    """False: at least this much, by the prices of the certificate (problems too large for the exact answer)."""

    def words(self) -> str:
        """As a coordinator reads it."""
        if self.fewer_served:
            people = "1 mentee" if self.fewer_served == 1 else f"{self.fewer_served} mentees"
            return f"{people} more would stay without a mentor"
        if self.rounds_passed_over > 0:
            return "someone who was left out in an earlier round would be left out again"
        if self.points == 0:
            return "costs nothing: the total stays the same" if self.exact else "may cost little or nothing"
        least = "" if self.exact else "at least "
        return f"the total would fall by {least}{self.points:,} points ({self.points / 100:.0f} % of one pair)"


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


COSTED_CELLS = 5_000 * 5_000
"""Pairs up to which the exact cost of another choice is worked out; it needs the whole matrix. Above, prices bound it."""


class Explainer:
    """Answers questions about a plan that is the best of its problem."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.compiled: Compiled = scoring.compiled(problem, plan.floor)
        self.bonus = 2 * assignment.overriding(self.compiled)

    @cached_property
    def scores(self) -> Array:
        """int32[M, N]"""
        return self.compiled.matrix()

    @cached_property
    def standing(self) -> Standing:
        """The plan's pairs with prices under a bonus that keeps served, priority and points apart.

        Prices that support one best plan support them all, so the plan's own pairs take the place of the solver's.
        """
        standing = proven.stand(self.compiled, self.scores, self.bonus)
        pairs = np.zeros(self.compiled.shape, bool)
        for pair in self.plan.pairs:
            if not pair.fixed:
                pairs[self.problem.mentors.position[pair.mentor], self.problem.mentees.position[pair.mentee]] = True
        own = Standing(self.compiled, standing.worth, standing.extra, pairs, standing.u, standing.v)
        return own if own.gap() == 0 else standing

    @cached_property
    def residual(self) -> Residual:
        """The changes that are open."""
        return Residual(self.standing)

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

    def second_choices(self, mentee: str, most: int = 3) -> tuple[Alternative, ...]:
        """Mentors whom the plan does not give them: best score first among those whom the rules allow."""
        j = self.problem.mentees.position[mentee]
        costs, scores = self._costs(j), self.of_mentee(j)
        own = {pair.mentor for pair in self.plan.pairs if pair.mentee == mentee}
        order = np.lexsort((np.where(costs == IMPOSSIBLE, np.inf, costs), -scores))
        found: list[Alternative] = []
        for i in order.tolist():
            if scores[i] < 0 or len(found) == most:
                break
            mentor = self.problem.mentors.ids[i]
            if mentor not in own and costs[i] != IMPOSSIBLE:
                found.append(Alternative(mentor, int(scores[i]), self._cost(int(costs[i]))))
        return tuple(found)

    def cost(self, mentor: str, mentee: str) -> Cost | None:
        """What everyone loses if this pair is forced; None where a rule or missing places exclude it."""
        if self.plan.pair(mentor, mentee):
            return Cost(0)
        worth = int(self._costs(self.problem.mentees.position[mentee])[self.problem.mentors.position[mentor]])
        return None if worth == IMPOSSIBLE else self._cost(worth)

    @property
    def is_exact(self) -> bool:
        """Whether costs are exact, or bounded by prices."""
        return self.compiled.shape[0] * self.compiled.shape[1] <= COSTED_CELLS

    def of_mentee(self, j: int) -> Array:
        """int32[M]: scores of all mentors with one mentee."""
        found: Array = self.compiled.block(np.arange(self.compiled.shape[0]), np.array([j]))[:, 0]
        return found

    def of_mentor(self, i: int) -> Array:
        """int32[N]: scores of one mentor with all mentees."""
        found: Array = self.compiled.block(np.array([i]), np.arange(self.compiled.shape[1]))[0]
        return found

    def _costs(self, j: int) -> Array:
        """int64[M]: worth lost by forcing each mentor on mentee j; IMPOSSIBLE where it cannot be."""
        if self.is_exact:
            return self.residual.costs(j)
        proof, scores = self.plan.certificate, self.of_mentee(j)
        if proof is None:
            return np.where(scores >= 0, 0, IMPOSSIBLE)
        bonus = proof.bonus + int(self.compiled.priority[j]) if self.compiled.first[j] else 0
        short = proof.mentee_prices[j] + np.array(proof.mentor_prices, np.int64) - scores - bonus
        open_to = (scores >= 0) & (self.compiled.mentor_capacity > 0) & (self.compiled.mentee_capacity[j] > 0)
        return np.where(open_to, np.maximum(short, 0), IMPOSSIBLE)

    def _cost(self, worth: int) -> Cost:
        """Take a loss of worth apart; the bonus and the worth of a round are large enough to be told from the rest."""
        proof = self.plan.certificate
        bonus = self.bonus if self.is_exact or proof is None or not proof.bonus else proof.bonus
        fewer = (worth + bonus // 2) // bonus
        rest = worth - fewer * bonus
        one_round = scoring.worth_of_a_round(self.problem)
        rounds = (rest + one_round // 2) // one_round
        return Cost(rest - rounds * one_round, fewer, rounds, self.is_exact)

    def _parts(self, i: int, j: int, points: list[int]) -> tuple[PartReason, ...]:
        found = []
        for part, earned in zip(self.compiled.parts, points, strict=True):
            if part.key != scoring.BY_HAND:
                weighted = self.problem.weighted(part.key)
                criterion = weighted.criterion
                words = criterion.words(self.problem.mentors, i, self.problem.mentees, j, weighted.chosen)
                found.append(PartReason(part.key, criterion.label, earned, part.points, words))
        return tuple(found)
