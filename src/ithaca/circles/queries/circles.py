"""Circles as their members see them, introduced or still to be, and what stands in the way of introducing them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery
from django.utils import timezone

from ithaca.circles import rules
from ithaca.circles.models import Circle, Member, Round, Seating
from ithaca.mentorships import rules as mentorship_rules
from ithaca.people import queries as people
from ithaca.people import rules as people_rules
from ithaca.people.models import Person
from ithaca.people.rules import Reader
from ithaca.programmes.models import Cohort, Enrolment, Preference


@dataclass(frozen=True)
class Introduced:
    """A circle with the people who are in it today, and the day on which they came to know of each other.

    `begins` is asked to write first, and heads the people; None where that one has left.
    """

    circle: Circle
    round: Round
    people: list[Person]
    begins: Person | None
    on: datetime.date

    @property
    def cohort(self) -> Cohort:
        found: Cohort = self.round.cohort
        return found

    @property
    def write_by(self) -> datetime.date:
        """The day by which the first message is asked for."""
        return mentorship_rules.write_by(self.on)

    @property
    def is_of_two(self) -> bool:
        return len(self.people) == 2

    @property
    def is_for_once(self) -> bool:
        """Whether one conversation is asked for, not a circle that goes on meeting."""
        return bool(self.round.kind == Round.Kind.ROULETTE)

    def is_begun_by(self, person: Person) -> bool:
        """Whether the lot fell on this one to write first."""
        return self.begins is not None and self.begins.pk == person.pk

    def others(self, reader: Person) -> list[Person]:
        """Everybody else in it."""
        return [person for person in self.people if person.pk != reader.pk]


def circles_of(person: Person) -> list[Introduced]:
    """The circles that somebody is in, the newest first, in two queries."""
    return [_introduced(circle) for circle in _whole(person)]


def circle_of(person: Person, code: str) -> Introduced | None:
    """The circle behind a code, if the person is in it."""
    found = _whole(person).filter(code=code).first()
    return _introduced(found) if found else None


def _whole(person: Person) -> Any:
    """Circles of a person who takes part in their cohort, with those of their members who do."""
    members = _taking_part().select_related("person__profile", "person__organisation").order_by("-begins", "pk")
    mine = Enrolment.objects.active().filter(person=person).values("cohort")
    rows = Circle.objects.visible_to(person).filter(introduction__round__cohort__in=mine)
    rows = rows.select_related("introduction__round__cohort__programme", "introduction__round__cohort__organisation")
    return rows.prefetch_related(Prefetch("members", members)).order_by("-introduction__at", "pk")


def _taking_part() -> Any:
    """Members who still take part in the cohort of their circle."""
    here = Enrolment.objects.active().filter(person=OuterRef("person"))
    return Member.objects.filter(Exists(here.filter(cohort=OuterRef("circle__introduction__round__cohort"))))


def _introduced(circle: Circle) -> Introduced:
    members = list(circle.members.all())
    begins = next((member.person for member in members if member.begins), None)
    introduction = circle.introduction
    people = [member.person for member in members]
    return Introduced(circle, introduction.round, people, begins, timezone.localdate(introduction.at))


def to_be_introduced(found: Round, numbers: Sequence[int] | None = None) -> list[Introduced]:
    """These groups of a round (by number, from 1; all) as they would be introduced today, in a fixed number of queries.

    Nothing is saved. Who is not known any more is missing.
    """
    groups = found.seating.groups
    chosen = range(1, len(groups) + 1) if numbers is None else numbers
    codes = {code for number in chosen for code in groups[number - 1]}
    rows = Person.objects.filter(code__in=codes).select_related("profile", "organisation")
    known = {person.code: person for person in rows}
    made = []
    for number in chosen:
        order = rules.beginner_first(groups[number - 1], found.code)
        here = [known[code] for code in order if code in known]
        circle = Circle(number=number, shared=_shared(here))
        made.append(Introduced(circle, found, here, here[0] if here else None, timezone.localdate()))
    return made


def left_from(circle: Introduced) -> int:
    """How many of those who were introduced to each other are not in the circle any more, also who was erased."""
    groups = Seating.objects.filter(round=circle.round).values_list("groups", flat=True).first()
    return len(groups[circle.circle.number - 1]) - len(circle.people) if groups else 0


@dataclass(frozen=True)
class Dwindled:
    """A peer circle that people have left, and who is still in it: fewer than a circle needs."""

    circle: Circle
    people: list[Person]

    @property
    def round(self) -> Round:
        found: Round = self.circle.introduction.round
        return found


def dwindled(rounds: Any) -> list[Dwindled]:
    """Peer circles of these rounds that have become too small, in order, in three queries.

    Nobody waits where nobody is left, or where all who are left sit in a circle that was introduced later.
    """
    here = _taking_part()
    count = here.filter(circle=OuterRef("pk")).order_by().values("circle").annotate(count=Count("pk")).values("count")
    rows = Circle.objects.filter(introduction__round__in=rounds, introduction__round__kind=Round.Kind.CIRCLES)
    rows = rows.annotate(here=Subquery(count)).filter(here__lt=rules.SMALLEST)  # null where nobody is
    rows = rows.select_related("introduction__round__cohort__programme", "introduction__round__seating")
    rows = rows.prefetch_related(Prefetch("members", here.select_related("person")))
    found = [
        Dwindled(circle, [member.person for member in circle.members.all()])
        for circle in rows.order_by("introduction__at", "number")
        if circle.here < len(circle.introduction.round.seating.groups[circle.number - 1])
    ]
    later = _newest_introductions(person for one in found for person in one.people)
    return [
        one
        for one in found
        if any(later[one.round.cohort_id, person.pk] <= one.circle.introduction_id for person in one.people)
    ]


def _newest_introductions(people: Iterable[Person]) -> dict[tuple[int, int], int]:
    """By cohort and person, the introduction that brought them into a peer circle last."""
    mine = Member.objects.filter(person__in=[person.pk for person in people])
    mine = mine.filter(circle__introduction__round__kind=Round.Kind.CIRCLES).order_by("circle__introduction")
    rows = mine.values_list("circle__introduction__round__cohort", "person", "circle__introduction")
    return {(cohort, person): introduction for cohort, person, introduction in rows}


def problems_of(found: Round) -> list[str]:
    """Why the groups of a round cannot be introduced today, in words, in three queries."""
    groups = found.seating.groups
    codes = {code for group in groups for code in group}
    here = Enrolment.objects.available(timezone.localdate()).filter(cohort=found.cohort)
    apart = Preference.objects.filter(enrolment__cohort=found.cohort, rank__isnull=True)
    return rules.problems_of(
        groups,
        names=dict(Person.objects.filter(code__in=codes).values_list("code", "name")),
        available=set(here.values_list("person__code", flat=True)),
        apart=set(apart.values_list("enrolment__person__code", "other__person__code")),
    )


def told_of(person: Person) -> list[tuple[str, str]]:
    """What somebody tells everybody in the cohort: label and text."""
    return [
        (field.label, ", ".join(field.value) if field.many else str(field.value))
        for field in people.told(person, Reader.COHORT)
    ]


def write_to(circle: Introduced, reader: Person) -> str:
    """A link that begins a message: to all others for who writes first (or where that one has left), else to that one."""
    first = circle.begins
    to = circle.others(reader) if first is None or first.pk == reader.pk else [first]
    return f"mailto:{','.join(quote(person.email) for person in to)}?subject={quote(circle.cohort.programme.name)}"


def _shared(people: Iterable[Person]) -> list[str]:
    """What these people share, of what each lets the whole cohort read."""
    return rules.shared([_read_by_peers(person) for person in people], rules.TO_THEM)


def _read_by_peers(person: Person) -> dict[str, Any]:
    profile = getattr(person, "profile", None)
    if profile is None:
        return {}
    row = {name: getattr(profile, name) for name in people_rules.readable(profile.visibility, Reader.COHORT)}
    if "languages" in row:
        row["languages"] = [people_rules.language_name(code) for code in row["languages"]]
    return row
