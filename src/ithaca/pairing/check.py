"""Judges any plan, also one made by hand, without trusting whoever made it.

What is recomputed: that every pair may be, that nobody has more than their places, every point, and, from the prices of
a certificate, how far the plan is from the best that exists. Nothing here is shared with the solvers; only the scores
of pairs come from the same primitives. Every pair of the problem is scored once, none is skipped, and nothing is kept
but sums: so a problem of any size can be judged, and all that is said rests on whole numbers.

The proofs are short. Prices: proof.py. That nobody could serve more: cover.py. That nobody looks past their partner:
blocking.py. This file looks at the plan itself and puts the words together.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ithaca.pairing import cover, proof, scan, scoring
from ithaca.pairing.blocking import Unrest, by_wishes
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.fairness import Evenness, Fairness
from ithaca.pairing.plan import Certificate, Cover, Plan
from ithaca.pairing.points import POINTS, Array
from ithaca.pairing.problem import IdPair, Problem


@dataclass(frozen=True)
class Verdict:
    """What is true of a plan."""

    findings: tuple[str, ...]
    """What is wrong, one sentence each; empty: the plan keeps every rule and says the truth about itself."""
    served: int
    total: int
    gap: int | None
    """Proven distance to the best possible worth, in what the certificate counts; None without prices."""
    optimal: bool
    """Nothing is wrong and nothing better exists, in the sense of `proven`."""
    blocking: tuple[IdPair, ...]
    """Pairs who would both rather have each other than what the plan gives them: by their stated preferences, and for
    a plan that calls itself stable by points as well."""
    fairness: Fairness
    stable: bool | None = None
    """For a plan that calls itself stable: nothing is wrong and there is no blocking pair. None for all others."""
    proven: str = ""
    """What is proven of the plan, in words; empty if nothing is."""
    below: int | None = None
    """Of `gap`, the points that may be missing. None where it is not proven either that no plan serves more, or does better by
    those who come first: what serving them counts is then in the gap, and that is no share of a perfect pair. None as well where
    the worst pair comes first and might be better."""
    unproven: str = ""
    """What may be missing besides points, in words; empty if nothing is."""


def check(
    problem: Problem,
    plan: Plan,
    certificate: Certificate | None = None,
    progress: Callable[[float, str], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Verdict:
    """Judge the plan. A certificate of any other plan of the same problem serves as well as its own.

    Raises compiled.Stopped if `should_stop` says yes.
    """
    tell = progress or (lambda fraction, words: None)
    compiled = scoring.compiled(problem)
    findings = list(_wrong_people(problem, plan))
    known = not findings
    rows, columns, free = _rows(problem, plan)
    if known:
        findings += [*_wrong_places(problem, plan), *_wrong_pairs(problem, compiled, plan, rows, columns)]
        findings += _wrong_words(problem, plan)
    case = _Case(compiled, plan, certificate or plan.certificate, rows[free], columns[free])
    evenness = Evenness(problem, compiled, list(zip(rows.tolist(), columns.tolist(), strict=True)))
    looks: list[scan.Look] = [evenness]
    if known and case.proof is not None:
        findings += case.nonsense
        looks += case.looks(problem)
    calls_itself_stable = known and plan.certificate is not None and plan.certificate.kind == "stable"
    unrest = Unrest(problem, compiled, rows[free], columns[free]) if calls_itself_stable else None
    looks += [unrest] if unrest else []
    scan.scan(compiled, looks, evenness.rows, lambda done: tell(done, "looking at every pair"), should_stop)
    findings += case.findings(certificate is None, bool(findings))
    if unrest and unrest.count:
        findings.append(f"the plan calls itself stable; {_blocked(unrest)}")
    stable = not findings if unrest else None
    optimal = not findings and case.is_best(problem)
    blocking = {*by_wishes(problem, compiled, plan), *(unrest.blocking() if unrest else ())} if known else set()
    return Verdict(
        tuple(findings),
        plan.served,
        plan.total,
        case.gap(),
        optimal,
        tuple(sorted(blocking)),
        evenness.figures(),
        stable,
        case.words(problem) if optimal else STABLE if stable else "",
        case.below,
        case.unproven(),
    )


AMONG_THOSE_FIRST = ", none that serves as many does better by those who come first, and of those that do as well"
STABLE = "No two people would both rather have each other than whom they have."


def _rows(problem: Problem, plan: Plan) -> tuple[Array, Array, Array]:
    """(mentor rows, mentee columns, whether decided by the solver) of all pairs whose people are known."""
    mentors, mentees, held = problem.mentors.position, problem.mentees.position, set(problem.constraints.held)
    known = [p for p in plan.pairs if p.mentor in mentors and p.mentee in mentees]
    rows, columns = np.array([(mentors[p.mentor], mentees[p.mentee]) for p in known], np.int64).reshape(-1, 2).T
    return rows, columns, np.array([(p.mentor, p.mentee) not in held for p in known], bool)


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
            yield f"{named} fits to {sum(points) / 100:g} %, below the floor of {plan.floor / 100:g} %"
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


def _blocked(unrest: Unrest) -> str:
    mentor, mentee = unrest.blocking()[0]
    others = f" and {unrest.count - 1:,} more pairs" if unrest.count > 1 else ""
    return f"“{mentor}” and “{mentee}”{others} would rather have each other"


class _Case:
    """What a certificate claims about a plan's free pairs, and what becomes of it."""

    def __init__(
        self, compiled: Compiled, plan: Plan, certificate: Certificate | None, rows: Array, columns: Array
    ) -> None:
        self.compiled, self.plan, self.rows, self.columns = compiled, plan, rows, columns
        self.proof = certificate if certificate is not None and certificate.kind != "stable" else None
        self.nonsense = [said] if self.proof and (said := proof.nonsense(compiled, self.proof)) else []
        self.bound: proof.Bound | None = None
        self.covers = proof.Covers(compiled, ())
        self.worst_first = False
        """Whether the worst pair had to be raised as far as can be proven."""

    def looks(self, problem: Problem) -> list[scan.Look]:
        """Who has to see all pairs before anything can be said."""
        if self.proof is None or self.nonsense:
            return []
        self.worst_first = problem.objective.kind == "worst_first" and problem.objective.cost is None
        self.bound = proof.Bound(problem, self.compiled, self.proof, self.plan.floor)
        self.worth = self.bound.of(self.rows, self.columns)
        self.covers = proof.Covers(self.compiled, self.proof.covers or self._own_covers(problem))
        return [self.bound, self.covers]

    def _own_covers(self, problem: Problem) -> tuple[Cover, ...]:
        """Where they are needed and the certificate has none they are looked for here; `Covers` tests them all the same."""
        if self.worst_first:
            return cover.proof_of_raising(self.compiled, self.rows, self.columns, self.plan.floor)
        if self.bound is None or self.bound.outweighs(self.worth):
            return ()
        return cover.proof_of_most(self.compiled, self.rows, self.columns)

    def gap(self) -> int | None:
        return self.bound.gap(self.worth) if self.bound else None

    @cached_property
    def below(self) -> int | None:
        """The most points that are missing, where it is proven that points are all that may be. Asked after the looks."""
        gap = self.gap()
        if self.proof is None or self.bound is None or gap is None or self.proof.keeping is not None:
            return None
        if not self.covers.most_are_served(self.columns) and not self.bound.outweighs(self.worth, gap):
            return None
        if self.worst_first and not self.covers.fewer_above(self.columns, self.plan.floor):
            return None
        pairs = min(int(self.compiled.mentor_capacity.sum()), int(self.compiled.mentee_capacity.sum()))
        return min(gap, POINTS * pairs - self.worth.points)  # a gap of more than any plan could have is the bonus

    def unproven(self) -> str:
        if self.proof is None or self.bound is None or self.proof.keeping is not None or self.below is not None:
            return ""
        if self.covers.most_are_served(self.columns) or self.bound.outweighs(self.worth, self.gap() or 0):
            return "It is not proven that the lowest pair could not be better, with as many served."
        first = ", or more of those who come first," if self.some_come_first() else ""
        return f"It is not proven that nobody more{first} could be served."

    def findings(self, own: bool, explained: bool) -> Iterator[str]:
        """What is wrong with the proof. `explained`: another finding says already why a plan is worth more than any could be."""
        gap = self.gap()
        if self.bound is None or self.proof is None or gap is None:
            return
        if gap < 0 and not explained:
            yield "the plan is worth more than any that keeps the rules, so it breaks one"
        if own and gap != self.proof.gap:
            yield f"the certificate says a gap of {self.proof.gap:,} points; its prices prove {gap:,}"
        if self.covers.wrong.any():
            yield "the certificate's proof that nobody could serve more leaves out a pair that could"

    def is_best(self, problem: Problem) -> bool:
        """Whether nothing better exists: no gap, in the order of the objective, at the right floor."""
        if self.bound is None or self.gap() != 0:
            return False
        most = self.covers.most_are_served(self.columns)
        if problem.objective.kind == "worst_first":
            return most and self.covers.fewer_above(self.columns, self.plan.floor)
        return self.plan.floor <= problem.objective.floor and (most or self.bound.outweighs(self.worth))

    def words(self, problem: Problem) -> str:
        if self.proof is None:
            return ""
        as_well = (
            f"No plan serves more{AMONG_THOSE_FIRST if self.some_come_first() else ', and of those that serve as many'}"
        )
        if self.proof.keeping is not None:
            kept = len(set(self.proof.keeping.former) & {(p.mentor, p.mentee) for p in self.plan.pairs})
            first = ", or as many and does better by those who come first" if self.some_come_first() else ""
            then = ", or as well" if first else ", or as many"
            return (
                f"No plan that keeps {kept:,} or more of the former pairs serves more{first}{then} with a higher total."
            )
        if self.proof.kind == "even":
            return f"{as_well} none is more even (sum of the roots of points)."
        if problem.objective.kind == "worst_first":
            return f"{as_well} none has a better worst pair, or as good a one with a higher total."
        return f"{as_well} none has a higher total."

    def some_come_first(self) -> bool:
        """Whether it matters who is served: somebody waited, or comes after others."""
        return len(cover.levels(self.compiled)) > 1
