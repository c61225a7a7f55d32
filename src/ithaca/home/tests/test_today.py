from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from ithaca.circles import actions as circles
from ithaca.circles.models import Round
from ithaca.home import moments
from ithaca.home.kinds import registry
from ithaca.home.queries import Desk
from ithaca.home.tests.conftest import Begun, filled
from ithaca.matching import actions as matching
from ithaca.mentorships import actions as mentorships
from ithaca.mentorships.models import Mentorship
from ithaca.notifications.models import Delivery, OutboxLetter, Outcome
from ithaca.people.models import Person, Profile
from ithaca.people.rules import Role
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds

HERE = "/o/harbour"
Desks = Callable[[], Desk]


def keys(desk: Desk) -> list[str]:
    return [waiting.kind.key for waiting in registry.queue(desk)]


def introduced(cohort: Cohort, days_ago: int) -> list[Mentorship]:
    """Everybody of the cohort in pairs."""
    sides = [list(Enrolment.objects.filter(cohort=cohort, role=side).order_by("pk")) for side in Side]
    pairs = [(mentor, mentee, [], "") for mentor, mentee in zip(*sides, strict=True)]
    at = timezone.now() - datetime.timedelta(days=days_ago)
    return mentorships.introduce(cohort, pairs=pairs, by=None, at=at)


def test_every_kind_explains_itself() -> None:
    assert all(kind.label and kind.help and kind.rank for kind in registry.KINDS)
    assert len({kind.key for kind in registry.KINDS}) == len(registry.KINDS)


def test_a_programme_that_cannot_open_says_what_is_missing(desk: Desks) -> None:
    programmes.create_programme(name="Bare", by=None)
    waiting = registry.queue(desk())
    assert [found.kind.key for found in waiting] == ["programme-incomplete"]
    assert waiting[0].item.action.url.endswith("/edit/#id_purpose")
    assert waiting[0].item.reasons[0] == "Purpose: So that people know what they join."


@pytest.mark.parametrize("days_ago, expected", [(-5, []), (10, ["nobody-here"]), (33, ["nobody-here"])])
def test_an_empty_cohort_waits_for_people_once_it_is_open(
    begun: Begun, desk: Desks, days_ago: int, expected: list[str]
) -> None:
    begun(days_ago)
    assert keys(desk()) == expected


def test_what_is_overdue_comes_before_what_is_only_open(begun: Begun, desk: Desks) -> None:
    begun(5)
    late = begun(33)
    first = registry.queue(desk())[0].item
    assert first.about.startswith(late.name)
    assert "Applications closed on" in first.reasons[0]


def test_a_full_cohort_is_ready_to_match_then_to_publish(begun: Begun, desk: Desks, cora: Person) -> None:
    cohort = filled(begun(30))
    assert keys(desk()) == ["ready-to-match"]
    matching.match_now(cohort, by=cora)
    waiting = registry.queue(desk())
    assert [found.kind.key for found in waiting] == ["matching-waits"]
    assert "2 of 2 mentees have a mentor" in waiting[0].item.reasons[0]
    assert "/matching/boards/" in waiting[0].item.action.url


def test_a_matching_that_another_one_overtook_waits_for_nobody(begun: Begun, desk: Desks, cora: Person) -> None:
    cohort = filled(begun(30))
    first, _ = matching.match_now(cohort, by=cora), matching.match_now(cohort, by=cora)
    matching.publish(first.board, by=cora)
    assert keys(desk()) == []
    worlds.enrolment(cohort, "Late Joiner", Side.MENTEE, needs=["sailing"])
    matching.match_now(cohort, by=cora)
    assert keys(desk()) == ["matching-waits"]


def test_pairs_without_contact_after_a_week(begun: Begun, desk: Desks) -> None:
    fresh, late = begun(60), begun(61)
    introduced(filled(fresh, 1), days_ago=3)
    pair, talking = introduced(filled(late), days_ago=9)
    mentorships.tell_contact(talking, by=talking.mentee)
    waiting = registry.queue(desk())
    assert [found.item.title for found in waiting] == [
        f"{pair.mentor.name} and {pair.mentee.name} are not in touch yet"
    ]
    assert waiting[0].item.action.url.startswith("mailto:")
    assert waiting[0].item.further
    assert waiting[0].item.further.url.endswith(f"/outline/{pair.code}/")


def test_mentees_without_a_mentor_and_who_left_one_behind(begun: Begun, desk: Desks) -> None:
    cohort = filled(begun(60))
    pairs = introduced(cohort, days_ago=2)
    worlds.enrolment(cohort, "Late Joiner", Side.MENTEE)
    assert keys(desk()) == ["without-mentor"]
    programmes.withdraw(Enrolment.objects.get(person=pairs[0].mentor), by=None)
    assert keys(desk()) == ["gone-with-open-pair", "without-mentor"]


def test_letters_that_came_back_come_first(begun: Begun, desk: Desks) -> None:
    cohort = filled(begun(60))
    pair = introduced(cohort, days_ago=9)[0]
    letter = OutboxLetter.objects.filter(person=pair.mentee).first()
    letter.deliveries.all().delete()
    Delivery.objects.create(
        organisation=pair.organisation, letter=letter, outcome=Outcome.BOUNCED, code=550, reply="No such mailbox"
    )
    first = registry.queue(desk())[0]
    assert first.kind.key == "letter-came-back"
    assert "It said: No such mailbox" in first.item.reasons
    with_old = Delivery.objects.update(at=timezone.now() - datetime.timedelta(days=31))
    assert with_old
    assert "letter-came-back" not in keys(desk())


def test_profiles_that_say_too_little_before_matching(begun: Begun, desk: Desks) -> None:
    cohort = filled(begun(10))
    Profile.objects.filter(person__name__startswith="Mentor").update(offers=[])
    waiting = registry.queue(desk())
    assert [found.kind.key for found in waiting] == ["profiles-empty"]
    assert len(waiting[0].item.people) == 2
    worlds.enrolment(cohort, "No Profile", Side.MENTEE)
    assert "3 profiles say too little" in registry.queue(desk())[0].item.title


def test_mentorships_open_after_the_end(begun: Begun, desk: Desks) -> None:
    cohort = filled(begun(49 + 280))
    introduced(cohort, days_ago=200)
    assert keys(desk()) == ["unended"]


def test_every_moment_has_its_words(begun: Begun, desk: Desks, cora: Person) -> None:
    matched = filled(begun(30))
    matching.match_now(matched, by=cora)
    for days in (-5, 10, 33):
        begun(days)
    for days in (12, 31, 400):
        filled(begun(days), 1)
    introduced(filled(begun(60), 1), days_ago=9)
    introduced(filled(begun(60), 1), days_ago=1)
    introduced(filled(begun(340), 1), days_ago=200)
    today = timezone.localdate()
    steps = {situation.moment: moments.next_step(situation, today) for situation in desk().situations}
    assert len(steps) == 8
    assert all(step.title and step.why and (step.primary or step.secondary) for step in steps.values())


def test_an_empty_installation_teaches_the_first_steps(cora: Person) -> None:
    browser = worlds.signed_in(cora)
    page = browser.get(f"{HERE}/today/").content.decode()
    assert "The first voyage" in page
    assert page.count("Create a programme</a>") == 1
    cohort = worlds.cohort()
    page = browser.get(f"{HERE}/today/").content.decode()
    assert f"/cohorts/{cohort.code}/import/" in page
    introduced(filled(cohort), days_ago=1)
    assert "The first voyage" not in browser.get(f"{HERE}/today/").content.decode()


def test_today_is_for_who_runs_something_and_shows_their_own(begun: Begun, cora: Person, client: Client) -> None:
    cohort = begun(10)
    pia = worlds.person("Pia Shaw")
    programmes.grant_role(worlds.programme("Another"), person=pia, role=Role.COORDINATOR, by=None)
    mentee = worlds.enrolment(cohort, "Bo Lund", Side.MENTEE).person
    assert cohort.name in worlds.signed_in(cora).get(f"{HERE}/today/").content.decode()
    theirs = worlds.signed_in(pia).get(f"{HERE}/today/")
    assert theirs.status_code == 200
    assert cohort.name not in theirs.content.decode()
    assert worlds.signed_in(mentee).get(f"{HERE}/today/").status_code == 404
    assert client.get(f"{HERE}/today/").status_code == 302


def test_a_circle_that_has_become_too_small_waits_for_its_coordinator(begun: Begun, desk: Desks) -> None:
    cohort = filled(begun(60), 4)
    options = {"smallest": 4, "largest": 4, "levels_apart": 10, "across_employers": False}
    drawn = circles.draw(cohort, kind=Round.Kind.CIRCLES, who=Round.Who.MENTEES, options=options, by=None)
    circles.introduce(Round.objects.select_related("seating", "cohort").get(pk=drawn.pk), by=None)
    mentees = list(Enrolment.objects.filter(cohort=cohort).mentees())
    for mentee in mentees[:2]:
        assert "circle-too-small" not in keys(desk())
        programmes.withdraw(mentee, by=None)
    (item,) = (waiting.item for waiting in registry.queue(desk()) if waiting.kind.key == "circle-too-small")
    assert item.title == "1 circle has become too small"
    assert {link.label for link in item.people} == {mentee.person.name for mentee in mentees[2:]}
    assert drawn.code in item.action.url
    later = desk()
    later.today = cohort.end_on + datetime.timedelta(days=400)
    assert "circle-too-small" not in keys(later)


def test_today_does_not_grow_in_queries(begun: Begun, cora: Person) -> None:
    browser = worlds.signed_in(cora)
    introduced(filled(begun(60), 1), days_ago=9)
    filled(begun(30), 1)
    one = worlds.queries_of(browser, f"{HERE}/today/")
    introduced(filled(begun(61), 30), days_ago=9)
    for number in range(10):
        filled(begun(30 + number % 3), 1)
    assert worlds.queries_of(browser, f"{HERE}/today/") == one
