"""Judges any plan, also one made by hand, without trusting whoever made it.

What is recomputed: that every pair may be, that nobody has more than their places, every point, and, from the prices of
a certificate, how far the plan is from the best that exists. Nothing here is shared with the solvers; only the scores
of pairs come from the same primitives. The proof is the weak duality of linear programming: for any prices u, v >= 0
no plan is worth more than `bound` below, so a plan worth exactly that is the best. All in whole numbers.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from ithaca.pairing import scoring
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.criteria.preferences import rank_of
from ithaca.pairing.fairness import Fairness, fairness_of
from ithaca.pairing.plan import Certificate, Plan
from ithaca.pairing.points import Array
from ithaca.pairing.problem import IdPair, Problem


@dataclass(frozen=True)
class Verdict:
    """What is true of a plan."""

    findings: tuple[str, ...]
    """What is wrong, one sentence each; empty: the plan keeps every rule and says the truth about itself."""
    served: int
    total: int
    gap: int | None
    """Proven distance to the best possible worth in points; None without a certificate."""
    optimal: bool
    """Nothing is wrong and nothing better exists, in the order of the objective."""
    blocking: tuple[IdPair, ...]
    """Pairs who would both rather have each other than what the plan gives them, by their stated preferences."""
    fairness: Fairness


def check(problem: Problem, plan: Plan, certificate: Certificate | None = None) -> Verdict:
    """Judge the plan. A certificate of any other plan of the same problem serves as well as its own."""
    compiled = scoring.compiled(problem, plan.floor)
    findings = list(_wrong_people(problem, plan))
    if findings:
        return Verdict(tuple(findings), plan.served, plan.total, None, False, (), fairness_of(problem, compiled, ()))
    pairs = [(problem.mentors.position[p.mentor], problem.mentees.position[p.mentee]) for p in plan.pairs]
    rows, columns = np.array(pairs, np.int64).reshape(-1, 2).T
    findings += [*_wrong_places(problem, plan), *_wrong_pairs(problem, compiled, plan, rows, columns)]
    findings += [*_wrong_words(problem, plan)]
    gap, optimal = None, False
    proof = certificate or plan.certificate
    if proof is not None:
        gap, in_order = _gap(problem, compiled, plan, proof)
        optimal = (
            gap == 0 and in_order and not findings and (plan.floor <= problem.objective.floor or _raised(problem, plan))
        )
        if gap < 0:
            findings.append("the plan is worth more than its prices allow, so it breaks a rule")
        if certificate is None and gap != proof.gap:
            findings.append(f"the certificate says a gap of {proof.gap:,} points; its prices prove {gap:,}")
    score = fairness_of(problem, compiled, pairs)
    return Verdict(
        tuple(findings), plan.served, plan.total, gap, optimal, tuple(blocking_pairs(problem, compiled, plan)), score
    )


def _wrong_people(problem: Problem, plan: Plan) -> Iterator[str]:
    for pair in plan.pairs:
        if pair.mentor not in problem.mentors.position:
            yield f"“{pair.mentor}” is not a mentor of this problem"
        if pair.mentee not in problem.mentees.position:
            yield f"“{pair.mentee}” is not a mentee of this problem"


def _wrong_places(problem: Problem, plan: Plan) -> Iterator[str]:
    for (mentor, mentee), times in Counter((p.mentor, p.mentee) for p in plan.pairs).items():
        if times > 1:
            yield f"the pair “{mentor}” and “{mentee}” is there {times} times"
    for side, taken in (
        (problem.mentors, Counter(p.mentor for p in plan.pairs)),
        (problem.mentees, Counter(p.mentee for p in plan.pairs)),
    ):
        for person, used in sorted(taken.items()):
            places = int(side.capacity[side.position[person]])
            if used > places:
                yield f"{side.role} “{person}” is in {used} pairs and has {places} places"


def _wrong_pairs(problem: Problem, compiled: Compiled, plan: Plan, rows: Array, columns: Array) -> Iterator[str]:
    held = set(problem.constraints.held)
    reasons = scoring.excluded_at(compiled, rows, columns)
    parts = scoring.parts_at(compiled, rows, columns)
    keys = [part.key for part in compiled.parts]
    for pair, excluded, points in zip(plan.pairs, reasons, parts.T.tolist(), strict=True):
        ids = (pair.mentor, pair.mentee)
        named = f"the pair “{pair.mentor}” and “{pair.mentee}”"
        true_parts = tuple((key, p) for key, p in zip(keys, points, strict=True) if key != scoring.BY_HAND)
        if pair.points != sum(points) or pair.parts != true_parts:
            yield f"{named} has {sum(points):,} points in other parts than the plan says ({pair.points:,})"
        if pair.fixed != (ids in held):
            yield f"{named} is {'not ' if pair.fixed else ''}fixed by the coordinator"
        if ids in held:
            continue
        yield from (f"{named} breaks a rule: {reason}" for reason in excluded)
        if sum(points) < plan.floor:
            yield f"{named} has {sum(points):,} points, below the floor of {plan.floor:,}"
    for mentor, mentee in sorted(held - {(p.mentor, p.mentee) for p in plan.pairs}):
        yield f"the pair “{mentor}” and “{mentee}” is fixed by the coordinator and missing"


def _wrong_words(problem: Problem, plan: Plan) -> Iterator[str]:
    if plan.digest != problem.digest:
        yield "the plan answers another problem: people, criteria or decisions have changed since"
    if plan.floor < problem.objective.floor:
        yield f"the plan allows pairs from {plan.floor:,} points; the problem from {problem.objective.floor:,}"
    for side, listed, paired in (
        (problem.mentees, plan.unmatched_mentees, {p.mentee for p in plan.pairs}),
        (problem.mentors, plan.unmatched_mentors, {p.mentor for p in plan.pairs}),
    ):
        alone = {p for p, places in zip(side.ids, side.capacity, strict=True) if places > 0} - paired
        for person in sorted(alone ^ set(listed)):
            yield f"{side.role} “{person}” is {'not ' if person in alone else ''}listed as without a pair"


def _gap(problem: Problem, compiled: Compiled, plan: Plan, proof: Certificate) -> tuple[int, bool]:
    """(bound - worth, whether the bonus is large enough that worth follows the order of the objective)."""
    u, v = np.array(proof.mentee_prices, np.int64), np.array(proof.mentor_prices, np.int64)
    if (len(v), len(u)) != compiled.shape or u.min(initial=0) < 0 or v.min(initial=0) < 0 or proof.bonus < 0:
        return -1, False
    bonus = np.where(compiled.first, proof.bonus + compiled.priority, 0)
    places, wanted = compiled.mentor_capacity, compiled.mentee_capacity
    bound = int((places * v).sum())
    bound += int((np.where(wanted > 0, u, 0) + np.maximum(wanted - 1, 0) * np.maximum(u - bonus, 0)).sum())
    partners = np.zeros(len(places), np.int64)
    reachable = 0
    for columns, scores in compiled.blocks():
        open_to = (scores >= 0) & (places > 0)[:, None] & (wanted[columns] > 0)[None, :]
        over = scores + bonus[columns][None, :] - u[columns][None, :] - v[:, None]
        bound += int(np.where(open_to, np.maximum(over, 0), 0).sum())
        first = open_to & compiled.first[columns][None, :]
        partners += first.sum(axis=1)
        reachable += int(first.any(axis=0).sum())
    free = [p for p in plan.pairs if not p.fixed]
    points = sum(p.points for p in free)
    served = {problem.mentees.position[p.mentee] for p in free}
    served = {j for j in served if compiled.first[j]}
    worth = points + sum(int(bonus[j]) for j in served)
    gap = bound - worth
    most = min(reachable, int(np.minimum(places, partners).sum()))
    beyond = points + sum(int(compiled.priority[j]) for j in served) + gap
    in_order = (len(served) == most and not compiled.priority.any()) or proof.bonus > beyond
    return gap, in_order


def _raised(problem: Problem, plan: Plan) -> bool:
    """Whether the plan's floor is where raising the worst pair has to stop: a point higher would serve fewer."""
    if problem.objective.kind != "worst_first":
        return False
    allowed = scoring.compiled(problem)
    at, above = _served_at(allowed, plan.floor), _served_at(allowed, plan.floor + 1)
    return _served_at(allowed, problem.objective.floor) == at != above


def _served_at(compiled: Compiled, floor: int) -> list[int]:
    """Of the mentees who waited k rounds or longer, how many can be served with pairs of `floor` or more, for each k."""
    scores = compiled.matrix()
    mentors, mentees = scores.shape
    wanting = (compiled.mentee_capacity > 0) & compiled.first
    found = []
    for waited in np.unique(compiled.priority[wanting]):
        few = wanting & (compiled.priority >= waited)
        network = np.zeros((mentors + mentees + 2, mentors + mentees + 2), np.int32)
        network[-2, :mentors] = np.minimum(compiled.mentor_capacity, mentees)
        network[:mentors, mentors : mentors + mentees] = (scores >= floor) & few[None, :]
        network[mentors : mentors + mentees, -1] = few
        found.append(int(maximum_flow(csr_array(network), mentors + mentees, mentors + mentees + 1).flow_value))
    return found


def blocking_pairs(problem: Problem, compiled: Compiled, plan: Plan) -> Iterator[IdPair]:
    """Pairs with at least one stated wish between them who would both gain, among those no rule excludes.

    Whoever is listed is better than whoever is not, and the earlier the better. Someone without a list is content with
    anybody and gains only by filling a free place; someone with a list does not want anybody outside it.
    """
    mentors, mentees = problem.mentors, problem.mentees
    of_mentor: dict[str, list[str]] = {person: [] for person in mentors.ids}
    of_mentee: dict[str, list[str]] = {person: [] for person in mentees.ids}
    for pair in plan.pairs:
        of_mentor[pair.mentor].append(pair.mentee)
        of_mentee[pair.mentee].append(pair.mentor)
    named = {
        (i, other)
        for i, lists in zip(mentors.ids, mentors.column("prefers"), strict=True)
        for t in lists
        for other in t
    }
    named |= {
        (other, j)
        for j, lists in zip(mentees.ids, mentees.column("prefers"), strict=True)
        for t in lists
        for other in t
    }
    for mentor, mentee in sorted(named):
        i, j = mentors.position.get(mentor), mentees.position.get(mentee)
        if i is None or j is None or mentee in of_mentor[mentor]:
            continue
        both = _gains(mentors.value(i, "prefers"), mentee, of_mentor[mentor], int(mentors.capacity[i])) and _gains(
            mentees.value(j, "prefers"), mentor, of_mentee[mentee], int(mentees.capacity[j])
        )
        if both and compiled.value(i, j) >= 0:
            yield mentor, mentee


def _gains(wishes: tuple[tuple[str, ...], ...], other: str, has: list[str], places: int) -> bool:
    rank = rank_of(wishes, other)
    if len(has) < places:
        return rank >= 0 or not wishes
    worse = (rank_of(wishes, partner) for partner in has)
    return rank >= 0 and any(held < 0 or held > rank for held in worse)
