"""Why this pair, what else there was, and what each other choice would cost everyone. For those without: without.py."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ithaca.pairing import scoring
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.outlook import Shown
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import Array, in_words
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
class Cost:
    """What the best plan loses if a pair is forced."""

    points: int
    """Of 10,000 a pair; may be negative when fewer are served."""
    fewer_served: int = 0
    rounds_passed_over: int = 0
    """By how much those who lose their mentor come before those who gain one (scoring.priorities), in rounds."""
    exact: bool = True
    """False: at least this much; the exact answer would have taken too long."""

    def words(self) -> str:
        """As a coordinator reads it."""
        if self.fewer_served:
            people = "1 mentee" if self.fewer_served == 1 else f"{self.fewer_served} mentees"
            return f"{people} more would stay without a mentor"
        if self.rounds_passed_over > 0:
            return "someone who comes first for a place would be left out"
        if self.points == 0:
            return "the total would stay the same" if self.exact else "the total may fall a little, or not at all"
        least = "" if self.exact else "at least "
        return f"the total would fall by {least}{in_words(self.points)}"


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
TIES = 16
"""Mentors of one score, at most, whose costs decide who is named first."""


class Explainer:
    """Answers questions about a plan. Only what is asked about is worked out.

    What other choices cost is asked of a best plan: of this one, if it proves to be one; else of one that is solved.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.compiled: Compiled = scoring.compiled(problem, plan.floor)
        self.bonus = 2 * assignment.overriding(self.compiled)
        self.looks = Looks(self.compiled)

    @cached_property
    def optimum(self) -> Optimum | None:
        """A best plan, this one if it proves to be, with prices under a bonus that keeps served, priority and points apart.

        None where none are at hand.
        """
        found = raised_plan(self.problem, self.compiled, self.plan, self.bonus, self.looks)
        if found is not None:
            return found
        if self.compiled.shape[0] * self.compiled.shape[1] > SOLVED_CELLS:
            return None
        return solved(self.compiled, self.bonus)

    @cached_property
    def residual(self) -> Residual | None:
        """The changes that are open; None where only prices can be asked."""
        return Residual(self.optimum, self.looks) if self.optimum is not None else None

    @cached_property
    def own(self) -> Shown:
        """The plan's pairs, to be looked at beside a best plan."""
        return Shown(self, [(pair.mentor, pair.mentee) for pair in self.plan.pairs])

    def prepare_all(self) -> None:
        """Make questions about everybody quick; worth it up to some hundred mentors."""
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
        found = [(int(scores[i]), self._forced(i, j)) for i in order.tolist()]
        chosen = sorted(zip(order.tolist(), found, strict=True), key=lambda one: (-one[1][0], one[1][1].worth))[:most]
        return tuple(Alternative(self.problem.mentors.ids[i], score, self.told(way)) for i, (score, way) in chosen)

    def cost(self, mentor: str, mentee: str) -> Cost | None:
        """What everyone loses if this pair is forced; None where a rule or missing places exclude it."""
        i, j = self.problem.mentors.position[mentor], self.problem.mentees.position[mentee]
        if i in self._mentors_of.get(mentee, []):
            return Cost(0)
        places = self.compiled.mentor_capacity[i] and self.compiled.mentee_capacity[j]
        if not places or self._score(i, j) < 0:
            return None
        return self.told(self._forced(i, j))

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

    def _forced(self, i: int, j: int) -> Length:
        """Worth lost by forcing a pair that the rules allow."""
        if self.residual is not None:
            return self.residual.forced(i, j) or Length(0)
        proof = self.plan.certificate
        if proof is None:
            return Length(0, False)
        bonus = proof.bonus + int(self.compiled.priority[j]) if self.compiled.first[j] else 0
        short = proof.mentee_prices[j] + proof.mentor_prices[i] - self._score(i, j) - bonus
        return Length(max(short, 0), False)

    def _parts(self, i: int, j: int, points: list[int]) -> tuple[PartReason, ...]:
        found = []
        for part, earned in zip(self.compiled.parts, points, strict=True):
            if part.key != scoring.BY_HAND:
                weighted = self.problem.weighted(part.key)
                criterion = weighted.criterion
                words = criterion.words(self.problem.mentors, i, self.problem.mentees, j, weighted.chosen)
                found.append(PartReason(part.key, criterion.label, earned, part.points, words))
        return tuple(found)
