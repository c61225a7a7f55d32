"""Who would be introduced to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from ithaca.matching.bridge import common_ground, picture
from ithaca.matching.models import Publication, RunInput, unpacked
from ithaca.matching.queries.board import GONE, Card, Line, Standing, card_of
from ithaca.mentorships import emails
from ithaca.mentorships import queries as mentorships
from ithaca.mentorships.models import Mentorship
from ithaca.mentorships.rules import Place
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
    gone = {a for a, _ in pairs if a not in mentors} | {b for _, b in pairs if b not in mentees}
    return Introductions(both, _names_of(gone))


@dataclass(frozen=True)
class Gone:
    """Who is on a board and not available today: codes by side, and all their names."""

    mentors: frozenset[str]
    mentees: frozenset[str]
    names: list[str]


def gone_from(standing: Standing) -> Gone:
    """Who has left or pauses although the board pairs them, in one query (two if there are any)."""
    available = Enrolment.objects.available(timezone.localdate()).filter(cohort=standing.board.cohort)
    known: dict[str, set[str]] = {Side.MENTOR: set(), Side.MENTEE: set()}
    for role, code in available.values_list("role", "person__code"):
        known[role].add(code)
    pairs = standing.state.pairs
    mentors = frozenset(mentor for mentor, _ in pairs if mentor not in known[Side.MENTOR])
    mentees = frozenset(mentee for _, mentee in pairs if mentee not in known[Side.MENTEE])
    return Gone(mentors, mentees, _names_of(mentors | mentees))


def in_the_way_of(standing: Standing) -> list[str]:
    """Why publishing would be refused today, a sentence each, by the check that publishing itself makes."""
    cohort = standing.board.cohort
    available = Enrolment.objects.available(timezone.localdate()).filter(cohort=cohort)
    columns = ("role", "person__code", "person_id", "person__name", "capacity")
    places: dict[tuple[str, str], Place] = {
        (role, code): Place(person, name, capacity, True)
        for role, code, person, name, capacity in available.values_list(*columns)
    }
    keys = [
        ((Side.MENTOR.value, mentor), (Side.MENTEE.value, mentee)) for mentor, mentee in sorted(standing.state.pairs)
    ]
    here = [(places[a], places[b]) for a, b in keys if a in places and b in places]
    missing = _names_of({key[1] for both in keys for key in both if key not in places})
    return not_available(missing) + mentorships.in_the_way(cohort, here)


def overtaken_by(standing: Standing) -> Publication | None:
    """The publication of another matching of the cohort, the last one, made after the board's solution was begun.

    The people introduced there have no place any more here: of that one fact a page would else list a finding per person.
    """
    if standing.run is None:
        return None
    later = Publication.objects.filter(board__cohort=standing.board.cohort, at__gt=standing.run.started_at)
    found: Publication | None = later.exclude(board=standing.board).select_related("board").order_by("at").last()
    return found


def without_a_mentor(standing: Standing) -> list[str]:
    """Mentees with places whom neither this board gives anybody nor a mentorship that began since its solution was found."""
    if standing.run is None:
        return []
    since = Mentorship.objects.open().filter(cohort=standing.board.cohort, started_at__gt=standing.run.started_at)
    placed = set(since.values_list("mentee__code", flat=True))
    return [code for code in standing.unmatched_mentees if code not in placed]


def not_available(names: Iterable[str]) -> list[str]:
    """The sentences about people who cannot be introduced because they left or pause."""
    return [f"{name} is not available any more." for name in names]


def _names_of(codes: Collection[str]) -> list[str]:
    """The names of these people, sorted; who was erased is counted all the same."""
    names = sorted(Person.objects.filter(code__in=codes).values_list("name", flat=True)) if codes else []
    return names + [GONE] * (len(codes) - len(names))


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
    """What a coordinator should know before publishing: what has changed since the board's solution was found.

    changed   people who answer something else now
    resized   people with another number of free places, because a pair of theirs began or ended or they were given more
    """

    newcomers: int = 0
    changed: int = 0
    resized: int = 0
    broken: int = 0
    without: int = 0


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
        return Check()
    now = picture.of(standing.board.cohort)
    row = RunInput.objects.filter(run=standing.run).first()
    then = unpacked(row.data) if row else now
    before = {(side, person["id"]): person for side in ("mentors", "mentees") for person in then[side]}
    after = {(side, person["id"]): person for side in ("mentors", "mentees") for person in now[side]}
    both = before.keys() & after.keys()
    known = {code for _, code in both}
    return Check(
        newcomers=len(after.keys() - before.keys()),
        changed=sum(_answers(before[key], known) != _answers(after[key], known) for key in both),
        resized=sum(before[key]["capacity"] != after[key]["capacity"] for key in both),
        broken=sum(bool(line.broken) for line in standing.lines),
        without=len(without_a_mentor(standing)),
    )


NOT_ANSWERED = {"capacity", "earlier", "waited_rounds", "lapsed_rounds"}
"""What a picture holds of a person that follows from mentorships, not from what they say."""


def _answers(row: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
    """What somebody says, as far as it is about people who were there then and are now: that others come or leave changes nothing."""
    told = {key: value for key, value in row.items() if key not in NOT_ANSWERED}
    told["prefers"] = [kept for tied in row.get("prefers", ()) if (kept := [code for code in tied if code in known])]
    told["avoids"] = [code for code in row.get("avoids", ()) if code in known]
    told["reports_to"] = row.get("reports_to") if row.get("reports_to") in known else ""
    return told
