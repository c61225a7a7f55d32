"""What becomes of a circle when somebody leaves: its members read who is still in it, its coordinator where it is too small."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ithaca.circles import actions, queries
from ithaca.circles.models import Circle, Member, Round
from ithaca.circles.tests.test_introductions import introduced
from ithaca.circles.tests.test_rounds import drawn, url
from ithaca.matching.tests import worlds
from ithaca.people import actions as people
from ithaca.people.models import Person
from ithaca.people.rules import Role
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.programmes.tests import worlds as frame


def members_of(circle: Circle) -> list[Person]:
    """Who was introduced in it, the one who begins last."""
    rows = Member.objects.filter(circle=circle).select_related("person").order_by("begins", "pk")
    return [row.person for row in rows]


def leave(cohort: Cohort, person: Person) -> None:
    programmes.withdraw(Enrolment.objects.get(cohort=cohort, person=person), by=None)


def page_of(circle: Circle, reader: Person) -> str:
    answer = signed_in(reader, second_factor=False).get(url("circle", code=circle.code))
    return str(answer.content.decode())


def small(found: Round) -> list[tuple[int, set[str]]]:
    return [(one.circle.number, {person.name for person in one.people}) for one in queries.dwindled([found])]


def test_the_others_read_that_somebody_has_left_and_who_is_still_there(cohort: Cohort) -> None:
    """Also of who was erased; the sentences about all of them are of the day on which they were introduced."""
    for person in Person.objects.filter(name__startswith="Mentee"):
        person.profile.languages = ["en"]
        person.profile.save()
    _, circle = introduced(cohort)
    one, other, reader, *rest = members_of(circle)
    before = page_of(circle, reader)
    assert "has left the programme" not in before
    assert "What you have in common" in before
    leave(cohort, one)
    page = page_of(circle, reader)
    assert "One of you has left the programme" in page
    assert f"You are {len(rest) + 2} now" in page
    assert "What you had in common when you were introduced" in page
    assert one.name not in page
    people.erase_person(other, by=frame.person("Olga Owner", role=Role.OWNER))
    assert "2 of you have left the programme" in page_of(circle, reader)


def test_a_circle_of_fewer_than_three_is_shown_to_its_coordinator(cohort: Cohort, cora: Person) -> None:
    found, circle = introduced(cohort)
    here, browser = members_of(circle), signed_in(cora)
    while len(here) > 3:
        leave(cohort, here.pop(0))
    page = browser.get(url("round", round=found.code)).content.decode()
    assert "Has left" in page
    assert small(found) == []
    assert "Too small now" not in page
    leave(cohort, here.pop(0))
    page = browser.get(url("round", round=found.code)).content.decode()
    assert small(found) == [(1, {person.name for person in here})]
    assert "One circle has become too small" in page
    assert page.count("Too small now") == 1
    again = drawn(cohort)
    assert small(found)
    actions.introduce(again, by=cora)
    assert small(found) == []  # who was left sits in another circle now
    for person in here:
        leave(cohort, person)
    assert small(found) == []


def test_a_small_circle_that_nobody_left_and_one_meeting_of_two_are_no_news(cohort: Cohort) -> None:
    pairs, _ = introduced(cohort, "roulette")
    twos = drawn(cohort, smallest=2, largest=2)
    actions.introduce(twos, by=None)
    assert small(twos) == []
    leave(cohort, worlds.named(cohort, "Mentee 001"))
    assert small(pairs) == []
    assert [len(names) for _, names in small(twos)] == [1]


def test_looking_for_small_circles_costs_the_same_for_few_and_many(organisation: Any, cora: Person) -> None:
    counts = []
    for size in (6, 60):
        cohort = worlds.cohort(mentors=0, mentees=size, name=f"Round of {size}")
        found = drawn(cohort, smallest=2, largest=3)
        actions.introduce(found, by=cora)
        for circle in Circle.objects.filter(introduction__round=found):
            leave(cohort, members_of(circle)[0])
        with CaptureQueriesContext(connection) as asked:
            assert queries.dwindled(Round.objects.filter(cohort=cohort))
        counts.append(len(asked))
    assert counts == [3, 3]
