"""Why somebody stayed without, and the smallest change that would help.

Each change is worked out exactly: one rule less or one place more moves the best plan by one shortest path. So changes
are told of plans that serve as well as a best one; of any other, outlook.py says what a best plan would do. Who is excluded
is said by the rules and the floor that was set, never by the one to which the solver raised the worst pair. Where that is
what was asked for, the most served still come first: so a rule less is worked out as ever, a place more by solving again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ithaca.pairing import scoring
from ithaca.pairing.cost import Cost
from ithaca.pairing.criteria import keep_apart
from ithaca.pairing.explain import Explainer
from ithaca.pairing.outlook import Outlook, Shown
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import Array
from ithaca.pairing.side import Role
from ithaca.pairing.solvers.residual import FAR, Forward, Length

BELOW_FLOOR = "below the lowest score allowed"
TRIES = 4
SOLVED_CELLS = 150 * 150
"""Pairs of people up to which one more place is solved for anew where the worst pair is raised first."""


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
    """A change that helps in every best plan after it: this person gets somebody, and nobody else goes without for it.

    One more place that is to be kept helps only if it is: a best plan may give it to somebody else.
    """

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
    outlook: Outlook
    """What a best plan would do for them."""
    weaker: int = 0
    """Of those allowed: with whom the pair would be weaker than the worst one, where the solver raised that one first."""

    def sentence(self, role: Role) -> str:
        """With the numbers in it, as a coordinator reads it."""
        one, many = ("mentor", "mentors") if role == "mentee" else ("mentee", "mentees")
        if not self.others:
            return "No mentor has a place." if role == "mentee" else "No mentee is looking for a mentor."
        said = ", ".join(f"{rule.reason} ({rule.excluded})" for rule in self.rules)
        gone = self.others - self.allowed
        there = "with a place" if role == "mentee" else "looking for a mentor"
        text = f"Of {counted(self.others, one)} {there}, rules exclude {gone}{f': {said}' if said else ''}."
        if not self.allowed:
            return text
        others = f"the other {many[:-1]}" if self.allowed == 1 else f"the other {self.allowed} {many}"
        return f"{text} {self.outlook.sentence(role, others)}{self._weaker()}"

    def _weaker(self) -> str:
        if not self.weaker:
            return ""
        whom = "With each of them" if self.weaker == self.allowed else f"With {self.weaker:,} of them"
        pair = "That pair" if self.allowed == 1 else f"{whom} the pair"
        return f" {pair} would be below {self.outlook.raised / 100:g} %, the weakest that the best plan has to make."


def counted(number: int, noun: str) -> str:
    """ "1 mentor", "60 mentors"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def mentee(explainer: Explainer, person: str, shown: Shown | None = None) -> Without:
    """Why this mentee has no mentor, and what would give them one; `shown`: in these pairs, if not in the plan's.

    Where pairs are kept apart that the problem does not know of, no change is told: a path to it may lead through them.
    """
    j = explainer.problem.mentees.position[person]
    at_work = _at_work(explainer, j, "mentee")
    found = _counted(person, at_work, _outlook(explainer, j, "mentee", at_work, shown))
    raising = explainer.problem.objective.kind == "worst_first"
    given = found.outlook.gives and (explainer.has_somebody(person) or not raising)
    if given or (shown and shown.apart) or not explainer.own.is_as_good(points=False):
        return found
    places = _places_solved(explainer, j) if raising else _more_places(explainer, j)
    changes = [*_waivers(explainer, at_work, j), *places]
    changes.sort(key=lambda change: -change.points)
    return replace(found, changes=tuple(changes))


def mentor(explainer: Explainer, person: str, shown: Shown | None = None) -> Without:
    """Why this mentor has no mentee, and what it would cost to give them one; `shown` as for a mentee."""
    found = reasons(explainer, person, "mentor", shown)
    given = found.outlook.gives and not explainer.is_levelled
    if given or (shown and shown.apart) or not explainer.own.is_as_good(points=not explainer.is_levelled):
        return found
    return replace(found, changes=tuple(_accept(explainer, explainer.problem.mentors.position[person])))


def reasons(explainer: Explainer, person: str, role: Role, shown: Shown | None = None) -> Without:
    """Only the rules at work on one person, quickly: without changes."""
    side = explainer.problem.mentees if role == "mentee" else explainer.problem.mentors
    at_work = _at_work(explainer, side.position[person], role)
    return _counted(person, at_work, _outlook(explainer, side.position[person], role, at_work, shown))


def _outlook(explainer: Explainer, at: int, role: Role, at_work: "_AtWork", shown: Shown | None) -> Outlook:
    pairs = shown or explainer.own
    if role == "mentor":
        return pairs.of_mentor(at)
    allowed: Array = at_work.excluded.sum(axis=0) == 0
    return pairs.of_mentee(at, allowed)


@dataclass(frozen=True, eq=False)
class _AtWork:
    """The rules on one person: names, bool[rules, others], the score without any rule, and who has places at all."""

    names: list[str]
    excluded: Array
    scores: Array
    open_to: Array


def _at_work(explainer: Explainer, at: int, role: Role) -> _AtWork:
    problem, looks = explainer.problem, explainer.looks
    rules, scores = looks.rules_of_mentee(at) if role == "mentee" else looks.rules_of_mentor(at)
    rules = dict(sorted(rules.items()))
    excluded = np.array([*rules.values()], bool).reshape(len(rules), len(scores))
    below = scores < problem.objective.floor  # also where a rule excludes: with that set aside the floor would stand
    if below.any():
        rules[BELOW_FLOOR] = below
        excluded = np.vstack([excluded, below])
    open_to = explainer.compiled.mentor_capacity > 0 if role == "mentee" else problem.mentees.capacity > 0
    return _AtWork([*rules], excluded, scores, open_to)


def _counted(person: str, at_work: _AtWork, outlook: Outlook) -> Without:
    here = at_work.excluded[:, at_work.open_to]
    times = here.sum(axis=0)
    rules = [
        Rule(name, int(mask.sum()), int((mask & (times == 1)).sum()))
        for name, mask in zip(at_work.names, here, strict=True)
        if mask.any()
    ]
    rules.sort(key=lambda rule: (-rule.excluded, rule.reason))
    allowed = at_work.scores[at_work.open_to][times == 0]
    weaker = int((allowed < outlook.raised).sum())
    return Without(person, int(at_work.open_to.sum()), len(allowed), tuple(rules), (), outlook, weaker)


def _waivers(explainer: Explainer, at_work: _AtWork, j: int) -> Iterator[Change]:
    """The fewest rules that stand in the way of somebody: set aside for this mentee, if that serves one more."""
    decided = {scoring.FORBIDDEN, scoring.HELD, keep_apart.SAME_PERSON, keep_apart.ASKED}
    among = np.flatnonzero(at_work.open_to & at_work.excluded.any(axis=0))
    sets, of = np.unique(at_work.excluded[:, among], axis=1, return_inverse=True)
    named = [frozenset(np.array(at_work.names, object)[column].tolist()) for column in sets.T]
    helped = False
    for size in sorted({len(rules) for rules in named}):
        for rules in sorted((rules for rules in named if len(rules) == size and not rules & decided), key=sorted):
            only = among[np.isin(of, [at for at, found in enumerate(named) if found <= rules])]
            i = _served_by(explainer, j, only, at_work.scores[only])
            if i >= 0:
                helped = True
                mentors = explainer.problem.mentors
                score = int(at_work.scores[i])
                words = f"Set {_named(rules)} aside for this mentee: they could meet {mentors.name(i)}."
                words += _weakens(explainer, score) + _moves(explainer, i, j)
                yield Change("waive", words, mentors.ids[i], score)
        if helped:
            return


def _named(rules: frozenset[str]) -> str:
    quoted = [f"“{rule}”" for rule in sorted(rules)]
    return f"the rule {quoted[0]}" if len(quoted) == 1 else f"the rules {', '.join(quoted[:-1])} and {quoted[-1]}"


def _served_by(explainer: Explainer, j: int, mentors: Array, scores: Array) -> int:
    """The mentor whom mentee j then has in a best plan if these pairs too may be, or -1 if that serves nobody more.

    One search in the residual network: the mentor takes j, and gives a mentee up until a free place is found.
    """
    residual = explainer.by_rules
    if residual is None:
        return -1
    least = -(residual.optimum.bonus // 2)
    starts = residual.u[j] - residual.extra[j] + residual.v[mentors] - scores
    near = starts < least
    search, spent = Forward(residual, mentors[near], starts[near]), residual.looks.cells
    while search.nearest() < min(least, int(search.distance[-1])):
        if residual.looks.cells - spent > residual.budget:
            return -1
        search.settle()
    return int(search.origin[-1]) if search.distance[-1] < least else -1


def _more_places(explainer: Explainer, j: int) -> Iterator[Change]:
    """One more place with one of the best mentors whom no rule excludes; kept for this mentee, if others fit as well."""
    scores = explainer.of_mentee(j)
    order = np.argsort(-scores, kind="stable")[:TRIES]
    order = order[scores[order] >= 0]
    mentors = explainer.problem.mentors
    for i in order.tolist():
        found = _place_serves(explainer, i, j)
        if found >= 0:
            meets = "" if found == i else f": this mentee could then meet {mentors.name(found)}"
            words = f"One more place with {mentors.name(i)}{meets}."
            yield Change("place", words, mentors.ids[i], int(scores[found]))
            return
    for i in order[:1].tolist():
        words = f"One more place with {mentors.name(i)}, kept for this mentee; others would fit it as well or better."
        yield Change("place", words, mentors.ids[i], int(scores[i]))


def _places_solved(explainer: Explainer, j: int) -> Iterator[Change]:
    """The same where the worst pair is raised first: solving again shows who gets the place, and who goes without for it.

    Kept for this mentee it helps whatever the objective: nobody else is asked to change.
    """
    problem, scores = explainer.problem, explainer.of_mentee(j)
    order = np.argsort(-scores, kind="stable")[:TRIES]
    order = order[scores[order] >= 0]
    for i in order.tolist() if _is_small(explainer) else ():
        after = explainer.with_a_place(i)
        if _serves_also(explainer, after, j):
            met = next(pair for pair in after.pairs if pair.mentee == problem.mentees.ids[j])
            name = problem.mentors.name(problem.mentors.position[met.mentor])
            meets = "" if problem.mentors.ids[i] == met.mentor else f": this mentee could then meet {name}"
            words = f"One more place with {problem.mentors.name(i)}{meets}.{_weakens(explainer, met.points)}"
            yield Change("place", words, problem.mentors.ids[i], met.points)
            return
    for i in order[:1].tolist():
        words = f"One more place with {problem.mentors.name(i)}, kept for this mentee; left open, somebody else might get it."
        yield Change("place", words + _weakens(explainer, int(scores[i])), problem.mentors.ids[i], int(scores[i]))


def _is_small(explainer: Explainer) -> bool:
    return len(explainer.problem.mentors) * len(explainer.problem.mentees) <= SOLVED_CELLS


def _serves_also(explainer: Explainer, after: Plan, j: int) -> bool:
    """Whether a plan serves mentee j and everybody whom the plan serves now."""
    before = {pair.mentee for pair in explainer.plan.pairs} | {explainer.problem.mentees.ids[j]}
    return before <= {pair.mentee for pair in after.pairs}


def _moves(explainer: Explainer, i: int, j: int) -> str:
    """That solving again with a pair would serve others. Only raising one level after another has so many equally good plans."""
    if not explainer.is_levelled or not _is_small(explainer):
        return ""
    stays = _serves_also(explainer, explainer.with_a_pair(i, j), j)
    return "" if stays else " Solving again may then serve somebody else in another’s stead."


def _weakens(explainer: Explainer, points: int) -> str:
    """That a pair would be weaker than all that were made, where the worst pair is raised first."""
    if points >= explainer.raised:
        return ""
    return f" Their pair, {points / 100:g} %, would be weaker than any the best plan has to make ({explainer.raised / 100:g} %)."


def _place_serves(explainer: Explainer, i: int, j: int) -> int:
    """Whom mentee j then meets if mentor i has one more place; -1 if a best plan gives it to others.

    The place goes to whoever gains most by it: mentee j must beat all others who could come in, not only equal them.
    """
    residual = explainer.residual
    if residual is None:
        return -1
    price, direct = residual.place_at(i)
    if price <= residual.optimum.bonus // 2:
        return -1
    slack = residual.slack_of_mentees(np.array([j]))[0]
    slack[i] = direct[j]
    search, spent = residual.filled_from(direct, j), explainer.looks.cells
    search.distance[i] = 0
    mine = int((slack + search.distance[:-1]).min())
    while search.nearest() <= min(mine, int(search.distance[-1])) and search.nearest() < FAR:
        if explainer.looks.cells - spent > residual.budget:
            return -1
        search.settle()
        mine = int((slack + search.distance[:-1]).min())
    if mine >= search.distance[-1] or explainer.told(Length(mine - price)).fewer_served >= 0:
        return -1
    return int((slack + search.distance[:-1]).argmin())


def _accept(explainer: Explainer, i: int) -> Iterator[Change]:
    """The mentee whom this mentor could be given at the lowest cost to everyone, of those who score highest."""
    residual, scores = explainer.residual, explainer.of_mentor(i)
    if explainer.compiled.mentor_capacity[i] == 0 or residual is None:
        return
    slack = residual.slack_of_mentors(np.array([i]))[0]
    likely = np.argsort(-scores, kind="stable")[: 5 * TRIES]
    best: tuple[int, int] | None = None
    for j in likely[np.argsort(slack[likely], kind="stable")].tolist():
        if slack[j] >= (FAR if best is None else best[0]):  # nobody costs less than the prices say
            break
        cost = residual.forced(i, j)
        if cost is not None and cost.exact and (best is None or cost.worth < best[0]):
            best = cost.worth, j
    chosen = None if best is None else _given(explainer, i, best[1])
    if chosen is None or chosen[0].fewer_served:
        chosen = _least_fall(explainer, i, likely) if explainer.raised else None
    if chosen is None:
        return
    of, j = chosen
    who = explainer.problem.mentees
    yield Change("accept", f"They could be given {who.name(j)}; {of.words()}.", who.ids[j], int(scores[j]))


def _least_fall(explainer: Explainer, i: int, likely: Array) -> tuple[Cost, int] | None:
    """The mentee whom this mentor could be given if the worst pair may be weaker than the solver raised it to, at the least cost."""
    found = [
        one for j in likely.tolist() if (one := _given(explainer, i, j)) and one[0].fall and not one[0].fewer_served
    ]
    return min(found, key=lambda one: one[0].order, default=None)


def _given(explainer: Explainer, i: int, j: int) -> tuple[Cost, int] | None:
    cost = explainer.cost(explainer.problem.mentors.ids[i], explainer.problem.mentees.ids[j])
    return None if cost is None else (cost, j)
