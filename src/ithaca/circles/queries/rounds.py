"""Rounds of a cohort, and a round with its people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ithaca.circles import rules
from ithaca.circles.models import Round, Seating
from ithaca.matching import queries as matching
from ithaca.matching.bridge import picture
from ithaca.matching.queries import Card
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort, Enrolment


@dataclass(frozen=True)
class Group:
    """One group of a round: its members, how well they fit in per cent (None: drawn by lot), and what they share.

    `left`: codes of those who take part in the cohort no more.
    """

    number: int
    members: list[Card]
    percent: int | None
    shared: list[str]
    left: frozenset[str] = frozenset()

    @property
    def is_too_small(self) -> bool:
        """Whether so many have left that it is no circle any more."""
        return bool(self.left) and len(self.members) - len(self.left) < rules.SMALLEST


def rounds_of(cohort: Cohort) -> Any:
    """Rounds of a cohort, the newest first, with what came of them."""
    return Round.objects.filter(cohort=cohort).select_related("seating", "started_by", "introduction")


def rows_of(cohort: Cohort, who: str) -> dict[str, dict[str, Any]]:
    """What is known of those who can take part today, by code; of who is both, as a mentee.

    Whom they asked to be kept apart from in either role counts among peers as well.
    """
    seen = picture.of(cohort)
    sides = [side for side in ("mentors", "mentees") if who in (side, Round.Who.EVERYBODY)]
    avoids: dict[str, set[str]] = defaultdict(set)
    for side in ("mentors", "mentees"):
        for row in seen[side]:
            avoids[row["id"]].update(row["avoids"])
    return {row["id"]: row | {"avoids": sorted(avoids[row["id"]])} for side in sides for row in seen[side]}


def met_in(cohort: Cohort, rounds: Sequence[Round]) -> set[tuple[str, str]]:
    """Every two who sat together in these rounds, or are introduced as mentor and mentee in the cohort."""
    met = {(min(pair), max(pair)) for pair in picture.of(cohort)["introduced"]}
    for seating in Seating.objects.filter(round__in=rounds):
        met |= rules.met_in(seating.groups)
    return met


def groups_of(seating: Seating, numbers: Sequence[int]) -> list[Group]:
    """These groups of a round (by number, from 1), in a fixed number of queries. Answers for matching only are not told."""
    chosen = [(number, seating.groups[number - 1]) for number in numbers]
    codes = {code for _, members in chosen for code in members}
    cards = matching.people_of(seating.round.cohort, codes)
    known = rows_of(seating.round.cohort, seating.round.who)
    kept = matching.kept_for_matching(codes)
    active = Enrolment.objects.active().filter(cohort=seating.round.cohort, person__code__in=codes)
    left = codes - set(active.values_list("person__code", flat=True))
    told = {
        code: {key: value for key, value in known[code].items() if key not in kept.get(code, ())}
        for code in codes & known.keys()
    }
    return [
        Group(
            number,
            [cards.get(code) or Card(code, "Somebody who has left") for code in members],
            round(seating.points[number - 1] / 100) if seating.points else None,
            rules.shared([told[code] for code in members if code in told]),
            frozenset(members) & left,
        )
        for number, members in chosen
    ]


def lines_of(seating: Seating) -> list[tuple[int, str, str, str]]:
    """The whole round as rows of a file: group, name, e-mail address, employer."""
    codes = {code for members in seating.groups for code in members}
    rows = Person.objects.filter(code__in=codes).values_list("code", "name", "email", "profile__employer")
    people = {code: (name, email, employer or "") for code, name, email, employer in rows}
    return [
        (number, *people[code])
        for number, members in enumerate(seating.groups, start=1)
        for code in members
        if code in people
    ]
