"""Why somebody stayed without, and the smallest change that would help, verified by solving again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ithaca.pairing import proven, scoring
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.explain import Cost, Explainer
from ithaca.pairing.points import Array

BELOW_FLOOR = "below the lowest score allowed"
TRIES = 4


@dataclass(frozen=True)
class Rule:
    """A hard rule at work on one person."""

    reason: str
    excluded: int
    """People of the other side whom it excludes."""
    alone: int
    """… of whom no other rule excludes."""


@dataclass(frozen=True)
class Change:
    """A change that was solved again and helps: this person gets somebody, and nobody else goes without for it."""

    kind: Literal["place", "waive", "accept"]
    words: str
    other: str
    """The person of the other side whom it is about."""
    points: int
    """Score of the pair they would get."""


@dataclass(frozen=True)
class Without:
    """Why one person has nobody."""

    person: str
    others: int
    """People of the other side who have places at all."""
    allowed: int
    """… of whom no rule excludes."""
    rules: tuple[Rule, ...]
    """The rule that excludes most comes first."""
    changes: tuple[Change, ...]
    """The best score first. Empty: no single change helps."""

    def sentence(self, role: Literal["mentor", "mentee"]) -> str:
        """With the numbers in it, as a coordinator reads it."""
        one, many = ("mentor", "mentors") if role == "mentee" else ("mentee", "mentees")
        if not self.others:
            return f"No {one} has a place."
        said = ", ".join(f"{rule.reason} ({rule.excluded})" for rule in self.rules)
        gone = self.others - self.allowed
        text = f"Of {counted(self.others, one)} with a place, rules exclude {gone}{f': {said}' if said else ''}."
        if not self.allowed:
            return text
        others = f"the other {many[:-1]}" if self.allowed == 1 else f"the other {self.allowed} {many}"
        if role == "mentee":
            return f"{text} All places with {others} are taken, and no exchange would serve more mentees."
        return f"{text} No exchange with {others} would serve more mentees or raise the total."


def counted(number: int, noun: str) -> str:
    """ "1 mentor", "60 mentors"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def mentee(explainer: Explainer, person: str) -> Without:
    """Why this mentee has no mentor, and what would give them one."""
    j = explainer.problem.mentees.position[person]
    open_to = explainer.compiled.mentor_capacity > 0
    size = explainer.compiled.shape[0]
    excluded, scores = _reasons(explainer, np.arange(size), np.full(size, j))
    changes = [*_waivers(explainer, excluded, scores, open_to, j), *_more_places(explainer, j)]
    changes.sort(key=lambda change: -change.points)
    return Without(person, int(open_to.sum()), *_counted(excluded, open_to), tuple(changes))


def mentor(explainer: Explainer, person: str) -> Without:
    """Why this mentor has no mentee, and what it would cost to give them one."""
    accept = tuple(_accept(explainer, explainer.problem.mentors.position[person]))
    return replace(reasons(explainer, person, "mentor"), changes=accept)


def reasons(explainer: Explainer, person: str, role: Literal["mentor", "mentee"]) -> Without:
    """Only the rules at work on one person, quickly: without changes."""
    mentors, mentees = explainer.compiled.shape
    if role == "mentee":
        open_to = explainer.compiled.mentor_capacity > 0
        at = np.arange(mentors), np.full(mentors, explainer.problem.mentees.position[person])
    else:
        open_to = explainer.problem.mentees.capacity > 0
        at = np.full(mentees, explainer.problem.mentors.position[person]), np.arange(mentees)
    excluded, _ = _reasons(explainer, *at)
    return Without(person, int(open_to.sum()), *_counted(excluded, open_to), ())


def _reasons(explainer: Explainer, rows: Array, columns: Array) -> tuple[list[list[str]], Array]:
    """For every other person the rules that exclude them, and the score that the pair would have without the rules."""
    reasons = scoring.excluded_at(explainer.compiled, rows, columns)
    scores = scoring.parts_at(explainer.compiled, rows, columns).sum(axis=0)
    for at in np.flatnonzero(scores < explainer.compiled.floor):
        if not reasons[at]:
            reasons[at].append(BELOW_FLOOR)
    return reasons, scores


def _counted(reasons: list[list[str]], open_to: Array) -> tuple[int, tuple[Rule, ...]]:
    here = [found for found, has_places in zip(reasons, open_to, strict=True) if has_places]
    names = sorted({reason for found in here for reason in found})
    rules = [Rule(name, sum(name in found for found in here), sum(found == [name] for found in here)) for name in names]
    return sum(not found for found in here), tuple(sorted(rules, key=lambda rule: (-rule.excluded, rule.reason)))


def _waivers(
    explainer: Explainer, excluded: list[list[str]], scores: Array, open_to: Array, j: int
) -> Iterator[Change]:
    """The fewest rules that stand in the way of somebody: set them aside for this mentee and solve again."""
    if not proven.is_dense(explainer.compiled):
        return
    by_hand = {scoring.FORBIDDEN, scoring.HELD}
    sets = {frozenset(found) for found, here in zip(excluded, open_to, strict=True) if here and found}
    helped = False
    for size in sorted({len(rules) for rules in sets}):
        for rules in sorted((rules for rules in sets if len(rules) == size and not rules & by_hand), key=sorted):
            only = np.array([bool(found) and rules.issuperset(found) for found in excluded]) & open_to
            eased = explainer.scores.copy()
            eased[only, j] = scores[only]
            i = _serves(explainer, replace(explainer.compiled, floor=0), eased, j)
            if i >= 0:
                helped = True
                mentors = explainer.problem.mentors
                words = f"Set {_named(rules)} aside for this mentee: they could meet {mentors.name(i)}."
                yield Change("waive", words, mentors.ids[i], int(eased[i, j]))
        if helped:
            return


def _named(rules: frozenset[str]) -> str:
    quoted = [f"“{rule}”" for rule in sorted(rules)]
    return f"the rule {quoted[0]}" if len(quoted) == 1 else f"the rules {', '.join(quoted[:-1])} and {quoted[-1]}"


def _more_places(explainer: Explainer, j: int) -> Iterator[Change]:
    """One more place with one of the best mentors whom no rule excludes; kept for this mentee, if others fit better."""
    scores = explainer.of_mentee(j)
    order = np.argsort(-scores, kind="stable")[:TRIES]
    order = order[scores[order] >= 0]
    table = explainer.scores if proven.is_dense(explainer.compiled) else None
    mentors = explainer.problem.mentors
    for i in order.tolist():
        more = explainer.compiled.mentor_capacity.copy()
        more[i] += 1
        found = _serves(explainer, replace(explainer.compiled, mentor_capacity=more), table, j)
        if found >= 0:
            meets = "" if found == i else f": this mentee then meets {mentors.name(found)}"
            words = f"One more place with {mentors.name(i)}{meets}."
            yield Change("place", words, mentors.ids[i], int(scores[found]))
            return
    for i in order[:1].tolist():
        words = f"One more place with {mentors.name(i)}, kept for this mentee; others would fit it better."
        yield Change("place", words, mentors.ids[i], int(scores[i]))


def _serves(explainer: Explainer, changed: Compiled, scores: Array | None, j: int) -> int:
    """Solve again: the mentor whom mentee j then has, or -1 if they have none or somebody else pays for it."""
    ids = (explainer.problem.mentors.ids, explainer.problem.mentees.ids)
    again = proven.again(changed, ids, scores)
    mine = again.mentor[again.mentee == j]
    held = {pair.mentee for pair in explainer.plan.pairs if pair.fixed}
    before = len({pair.mentee for pair in explainer.plan.pairs} - held)
    after = len({explainer.problem.mentees.ids[at] for at in np.unique(again.mentee)} - held)
    return int(mine[0]) if len(mine) and after > before else -1


def _accept(explainer: Explainer, i: int) -> Iterator[Change]:
    """The mentee whom this mentor could be given at the lowest cost to everyone."""
    if explainer.compiled.mentor_capacity[i] == 0:
        return
    scores = explainer.of_mentor(i)
    best: tuple[int, int, Cost] | None = None
    for j in np.argsort(-scores, kind="stable")[: 5 * TRIES].tolist():
        if scores[j] < 0 or explainer.compiled.mentee_capacity[j] == 0:
            continue
        cost = explainer.cost(explainer.problem.mentors.ids[i], explainer.problem.mentees.ids[j])
        if cost and not cost.fewer_served and (best is None or cost.points < best[2].points):
            best = int(scores[j]), j, cost
    if best:
        who = explainer.problem.mentees
        words = f"They could be given {who.name(best[1])}: {best[2].words()}."
        yield Change("accept", words, who.ids[best[1]], best[0])
