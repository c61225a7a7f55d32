"""Groups: peer circles, one mentor with several mentees who fit each other, and a roulette of one-off meetings.

These problems are hard; the answers are good, not proven. Each carries an honest bound: no answer could be worth more.
"""

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ithaca.pairing import scoring, solve
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import Array
from ithaca.pairing.problem import Problem, Weighted
from ithaca.pairing.side import ProblemError, Side
from ithaca.pairing.solvers import circles, smaller
from ithaca.pairing.solvers.looks import Looks

TRIES = 60
"""Shuffles of one roulette round before somebody is left out."""
MOST_PEOPLE = 10_000
"""People grouped at once: how everyone fits everyone is a table."""

SMALLEST_OFFERED = 3
"""People of a circle smaller than asked for: two are a pair. Circles of two are made for who asks for them."""


@dataclass(frozen=True)
class Circles:
    """People in groups; every member of a circle may meet every other."""

    groups: tuple[tuple[str, ...], ...]
    left_over: tuple[str, ...]
    """People for whom no circle was found."""
    total: int
    """Points: every two people of one circle once, 10,000 at most."""
    bound: int
    """No circles of at most that many people are worth more."""


@dataclass(frozen=True)
class Alone:
    """Why somebody sits in no circle."""

    person: str
    others: int
    """Everybody else who wanted a circle."""
    may_meet: int
    """… whom no rule keeps from them."""
    rules: tuple[tuple[str, int], ...]
    """Each rule at work, and how many others it keeps from them; the one that keeps most comes first."""

    def sentence(self) -> str:
        """With the numbers in it, as a coordinator reads it."""
        said = ", ".join(f"{reason} ({times})" for reason, times in self.rules)
        if not self.rules:
            return "May meet everybody, but no circle with room for one more was found."
        return f"May meet {self.may_meet} of {self.others} others: {said}."


@dataclass(frozen=True)
class Grouped:
    """Mentors with their mentees, chosen also by how well the mentees of one mentor fit each other."""

    plan: Plan
    together: int
    """Points of every two mentees of one mentor, once."""
    together_before: int
    """The same in the plan with the highest total."""
    cost: int
    """Points that pairs of mentor and mentee lose against the highest total."""


def peer_criteria(levels_apart: int = 1, across_employers: bool = True) -> tuple[Weighted, ...]:
    """What counts among peers: the same level, different employers, the rest as between mentor and mentee."""
    level = {"at_least": -levels_apart, "at_most": levels_apart, "ideal": 0}
    return (
        Weighted("goals", 25),
        Weighted("interests", 15),
        Weighted("style", 15),
        Weighted("hours", 20),
        Weighted("time_zone", 10),
        Weighted("seniority", 15, level),
        Weighted("languages", 0),
        Weighted("keep_apart", 0, {"employer": across_employers, "reporting_line": True}),
    )


def peer_circles(
    people: Side,
    criteria: tuple[Weighted, ...] | None = None,
    smallest: int = 4,
    largest: int = 6,
    progress: circles.Tell = circles.untold,
) -> Circles:
    """Circles of people of one side that seat as many as can be found; as equal in size as can be where all are seated so.

    Those whom that leaves over are offered smaller ones, of three at least; where no circle of the sizes asked for is found,
    all that come back are smaller. What `progress` raises ends the search.
    Raises ProblemError for more than MOST_PEOPLE, or for sizes that cannot be.
    """
    if not 2 <= smallest <= largest:
        raise ProblemError([f"circles of {smallest} to {largest} people cannot be: a circle has two people at least"])
    _refuse_too_many(len(people))
    value = _among(people, criteria or peer_criteria())
    group = smaller.form(value, smallest, largest, SMALLEST_OFFERED, progress)
    found = [
        tuple(people.ids[row] for row in np.flatnonzero(group == number))
        for number in range(int(group.max(initial=-1)) + 1)
    ]
    full = tuple(sorted(members for members in found if len(members) > 1))
    seated = {person for members in full for person in members}
    over = tuple(person for person in people.ids if person not in seated)
    return Circles(full, over, circles.total(value, group), circles.bound(value, largest))


def why_alone(people: Side, left_over: Iterable[str], criteria: tuple[Weighted, ...] | None = None) -> list[Alone]:
    """Which rules keep each of these people from others."""
    looks = Looks(scoring.compiled(_with_themselves(people, criteria or peer_criteria())))
    return [_alone(looks, people, person) for person in left_over]


def _alone(looks: Looks, people: Side, person: str) -> Alone:
    at = people.position[person]
    kept: dict[str, Array] = {}
    for rules, _ in (looks.rules_of_mentor(at), looks.rules_of_mentee(at)):
        for reason, excluded in rules.items():
            kept[reason] = kept.get(reason, False) | excluded
    others = np.arange(len(people)) != at
    free = others & ~np.any([*kept.values(), np.zeros(len(people), bool)], axis=0)
    counts = ((reason, int((excluded & others).sum())) for reason, excluded in kept.items())
    at_work = sorted(((reason, times) for reason, times in counts if times), key=lambda rule: (-rule[1], rule[0]))
    return Alone(person, len(people) - 1, int(free.sum()), tuple(at_work))


def mentor_groups(problem: Problem, weight_percent: int = 50, criteria: tuple[Weighted, ...] | None = None) -> Grouped:
    """Start from the highest total and exchange mentees as long as pairs and groups together gain.

    weight_percent  how much fitting each other counts beside fitting the mentor; 0 leaves the plan as it is.
    Every mentee keeps as many mentors as before; only mentees with one place move, and nobody who is fixed.
    """
    _refuse_too_many(len(problem.mentees))
    plan = solve.solve(problem)
    compiled = scoring.compiled(problem)
    among = np.maximum(_among(problem.mentees, criteria or peer_criteria(levels_apart=3, across_employers=False)), 0)
    times = np.bincount([problem.mentees.position[p.mentee] for p in plan.pairs], minlength=len(problem.mentees))
    group = np.full(len(problem.mentees), -1, np.int64)
    for pair in plan.pairs:
        j = problem.mentees.position[pair.mentee]
        if not pair.fixed and times[j] == 1:
            group[j] = problem.mentors.position[pair.mentor]
    moving = np.flatnonzero(group >= 0)
    among = among[np.ix_(moving, moving)]
    mentors, seated = np.unique(group[moving], return_inverse=True)
    before = circles.total(among, seated)
    scores = compiled.block(mentors, moving).T.astype(np.int64)
    circles.improve(among * weight_percent // 100, seated, np.where(scores >= 0, scores, circles.APART))
    stays = [(p.mentor, p.mentee) for p in plan.pairs if group[problem.mentees.position[p.mentee]] < 0]
    moved = [(problem.mentors.ids[i], problem.mentees.ids[j]) for i, j in zip(mentors[seated], moving, strict=True)]
    changed = solve.by_hand(problem, [*stays, *moved])
    after = circles.total(among, seated)
    return Grouped(changed, after, before, plan.total - changed.total)


def roulette(
    people: Sequence[str],
    met: Iterable[tuple[str, str]],
    round_name: str,
    languages: Mapping[str, Collection[str]] | None = None,
) -> Circles:
    """One round of one-off meetings: pairs of people who have not met, and circles of three for whom no pair is left.

    The same people, history and name of the round give the same answer, whatever the order. Nobody is left over as long
    as everybody has more than half of the others still to meet; then there is one circle of three if they are odd in
    number, and none otherwise. Two who told what they speak (`languages`, by person) and share nothing are not brought
    together, so each language whose speakers are odd in number may need a circle of three of its own.
    """
    ids = tuple(sorted(set(people)))
    position = {person: row for row, person in enumerate(ids)}
    known: list[set[int]] = [set() for _ in ids]
    speaks = _as_bits([(languages or {}).get(person, ()) for person in ids])

    def may_meet(one: int, other: int) -> bool:
        return other not in known[one] and _can_talk(speaks[one], speaks[other])

    few, least = _others_by_language(speaks), _odd_parts(speaks)
    for a, b in met:
        if a in position and b in position:
            known[position[a]].add(position[b])
            known[position[b]].add(position[a])
    best: tuple[list[list[int]], list[int]] | None = None
    for attempt in range(TRIES):
        lot = [zlib.crc32(f"{round_name} {attempt} {person}".encode()) for person in ids]
        order = sorted(range(len(ids)), key=lambda row: (few[row] - len(known[row]), lot[row], row))
        found = circles.pair_up(order, may_meet)
        if best is None or _fewer_than_pairs(found) < _fewer_than_pairs(best):
            best = found
        if _fewer_than_pairs(best) <= (0, least):
            break
    groups, over = best or ([], [])
    full = tuple(sorted(tuple(sorted(ids[row] for row in group)) for group in groups))
    return Circles(full, tuple(sorted(ids[row] for row in over)), len(ids) - len(over), len(ids))


def still_new(
    person: str, closed: Iterable[tuple[str, str]], languages: Mapping[str, Collection[str]]
) -> tuple[int, int]:
    """(how many of those in `languages` the person is not `closed` to; with how many of these they can talk)."""
    known = {other for pair in closed if person in pair for other in pair} | {person}
    new = [theirs for other, theirs in languages.items() if other not in known]
    mine, *others = _as_bits([languages[person], *new])
    return len(new), sum(_can_talk(mine, theirs) for theirs in others)


def _can_talk(mine: int, theirs: int) -> bool:
    return not mine or not theirs or bool(mine & theirs)


def _fewer_than_pairs(found: tuple[list[list[int]], list[int]]) -> tuple[int, int]:
    """(people left over, circles of three): the lot with fewest is the best."""
    return len(found[1]), sum(len(group) > 2 for group in found[0])


def _odd_parts(speaks: Sequence[int]) -> int:
    """How many parts that cannot talk to each other are odd in number: so many circles of three there are at least."""
    silent = sum(not mine for mine in speaks)
    parts: dict[int, int] = {}
    for mine, times in Counter(mine for mine in speaks if mine).items():
        whole, people = mine, times
        for part in [part for part in parts if part & mine]:
            whole, people = whole | part, people + parts.pop(part)
        parts[whole] = people
    return len(speaks) % 2 if silent else sum(times % 2 for times in parts.values())


def _as_bits(lists: Sequence[Collection[str]]) -> list[int]:
    """Each list as a number with a bit for each different word in it, whatever the case."""
    bit: dict[str, int] = {}
    return [sum(1 << bit.setdefault(key, len(bit)) for key in {word.casefold() for word in words}) for words in lists]


def _others_by_language(speaks: Sequence[int]) -> list[int]:
    """With how many each shares a language, themselves included; who told nothing shares with everybody."""
    often = Counter(speaks)
    shared = {mine: sum(times for theirs, times in often.items() if _can_talk(mine, theirs)) for mine in often}
    return [shared[mine] for mine in speaks]


def _refuse_too_many(people: int) -> None:
    if people > MOST_PEOPLE:
        raise ProblemError([f"{people:,} people are too many to be grouped at once; {MOST_PEOPLE:,} can be"])


def _among(people: Side, criteria: tuple[Weighted, ...]) -> Array:
    """int64[n, n]: the average of both directions; APART where a rule excludes either."""
    scores = scoring.compiled(_with_themselves(people, criteria)).matrix().astype(np.int64)
    value = np.where((scores < 0) | (scores.T < 0), circles.APART, (scores + scores.T) // 2)
    np.fill_diagonal(value, 0)
    return value


def _with_themselves(people: Side, criteria: tuple[Weighted, ...]) -> Problem:
    """Everybody with everybody."""
    return Problem(replace(people, role="mentor"), replace(people, role="mentee"), criteria)
