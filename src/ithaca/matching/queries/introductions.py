"""Who would be introduced to whom."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from django.utils import timezone

from ithaca.matching.bridge import common_ground, picture
from ithaca.matching.models import RunInput, unpacked
from ithaca.matching.queries.board import Card, Line, Standing, card_of
from ithaca.matching.rules.board import Pair
from ithaca.mentorships import emails
from ithaca.mentorships.models import Mentorship
from ithaca.notifications.letters import Letter
from ithaca.people.models import Person
from ithaca.programmes.models import Enrolment
from ithaca.programmes.rules import Side


@dataclass(frozen=True)
class Introductions:
    """The enrolments behind a board's pairs, and the names of those who are not available any more."""

    found: list[tuple[Enrolment, Enrolment]]
    missing: list[str]


def introductions_of(standing: Standing, lines: Iterable[Line] | None = None) -> Introductions:
    """Who would be introduced to whom today, for all pairs of the board or for `lines` of it; in three queries."""
    pairs = sorted(standing.state.pairs) if lines is None else [line.pair for line in lines]
    available = Enrolment.objects.available(timezone.localdate()).filter(cohort=standing.board.cohort)
    if lines is not None:
        available = available.filter(person__code__in={code for pair in pairs for code in pair})
    rows = available.select_related("person__profile", "person__organisation")
    by_side: dict[str, dict[str, Enrolment]] = {Side.MENTOR: {}, Side.MENTEE: {}}
    for row in rows:
        by_side[row.role][row.person.code] = row
    mentors, mentees = by_side[Side.MENTOR], by_side[Side.MENTEE]
    both = [(mentors[a], mentees[b]) for a, b in pairs if a in mentors and b in mentees]
    return Introductions(both, _names_of_missing(pairs, mentors, mentees))


def missing_of(standing: Standing) -> list[str]:
    """Names of those on the board who are not available today, in one query (two if there are any)."""
    available = Enrolment.objects.available(timezone.localdate()).filter(cohort=standing.board.cohort)
    known: dict[str, set[str]] = {Side.MENTOR: set(), Side.MENTEE: set()}
    for role, code in available.values_list("role", "person__code"):
        known[role].add(code)
    return _names_of_missing(standing.state.pairs, known[Side.MENTOR], known[Side.MENTEE])


def _names_of_missing(pairs: Iterable[Pair], mentors: Container[str], mentees: Container[str]) -> list[str]:
    gone = {a for a, _ in pairs if a not in mentors} | {b for _, b in pairs if b not in mentees}
    return sorted(Person.objects.filter(code__in=gone).values_list("name", flat=True)) if gone else []


@dataclass(frozen=True)
class Preview:
    """Both letters of one pair; none if one of the two is not available any more."""

    line: Line
    mentor: Card
    mentee: Card
    sentences: list[str]
    letters: list[Letter]


@dataclass(frozen=True)
class Check:
    """What stands in the way of publishing (`missing`), and what a coordinator should know before."""

    missing: list[str]
    newcomers: int
    changed: int
    broken: int
    without: int


def previews_of(standing: Standing, lines: Iterable[Line]) -> list[Preview]:
    """The letters of these pairs, exactly as publishing would post them (only the link inside is made when it is sent)."""
    lines = list(lines)
    found = {(a.person.code, b.person.code): (a, b) for a, b in introductions_of(standing, lines).found}
    cohort = standing.board.cohort
    previews = []
    for line in lines:
        both = card_of(standing, line.mentor), card_of(standing, line.mentee)
        letters: list[Letter] = []
        sentences: list[str] = []
        if line.pair in found:
            mentor, mentee = (enrolment.person for enrolment in found[line.pair])
            sentences, opener = common_ground.of(mentor, mentee, cohort)
            mentorship = Mentorship(cohort=cohort, mentor=mentor, mentee=mentee, common_ground=sentences, opener=opener)
            letters = emails.introductions(mentorship)
        previews.append(Preview(line, *both, sentences, letters))
    return previews


def check_of(standing: Standing) -> Check:
    """What has changed since the board's solution was found, in a fixed number of queries."""
    if standing.run is None:
        return Check([], 0, 0, 0, 0)
    now = picture.of(standing.board.cohort)
    row = RunInput.objects.filter(run=standing.run).first()
    then = unpacked(row.data) if row else now
    before = {(side, person["id"]): person for side in ("mentors", "mentees") for person in then[side]}
    after = {(side, person["id"]): person for side in ("mentors", "mentees") for person in now[side]}
    both = before.keys() & after.keys()
    return Check(
        missing=missing_of(standing),
        newcomers=len(after.keys() - before.keys()),
        changed=sum(before[key] != after[key] for key in both),
        broken=sum(bool(line.broken) for line in standing.lines),
        without=len(standing.unmatched_mentees),
    )
