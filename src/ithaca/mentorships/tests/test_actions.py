from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from django.utils import timezone

from ithaca.activity.models import Activity
from ithaca.kernel import tenancy
from ithaca.mentorships import actions, queries, rules
from ithaca.mentorships.models import FirstMeeting, Mentorship
from ithaca.notifications.models import OutboxLetter
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_scope() -> Iterator[None]:
    with tenancy.scope(worlds.organisation()):
        yield


@pytest.fixture
def cohort() -> Cohort:
    return worlds.cohort()


@pytest.fixture
def ana(cohort: Cohort) -> Enrolment:
    return worlds.enrolment(
        cohort, "Ana Reis", Side.MENTOR, capacity=2, headline="Harbour pilot", offers=["navigation"]
    )


@pytest.fixture
def bo(cohort: Cohort) -> Enrolment:
    return worlds.enrolment(cohort, "Bo Lund", Side.MENTEE, goals="To lead a crew.")


def introduced(cohort: Cohort, ana: Enrolment, bo: Enrolment, **how: datetime.datetime) -> Mentorship:
    pair = (ana, bo, ["You both speak Portuguese."], "Hello Ana, I saw that you pilot ships.")
    return actions.introduce(cohort, pairs=[pair], by=None, **how)[0]


def test_both_sides_receive_an_introduction(cohort: Cohort, ana: Enrolment, bo: Enrolment) -> None:
    mentorship = introduced(cohort, ana, bo)
    letters = {letter.person: letter for letter in OutboxLetter.objects.filter(cause=f"mentorship:{mentorship.code}")}
    assert set(letters) == {ana.person, bo.person}
    to_mentee, to_mentor = letters[bo.person], letters[ana.person]
    assert (to_mentee.subject, to_mentee.reply_to) == ("Meet Ana Reis, your mentor", "ana.reis@example.org")
    assert (to_mentor.subject, to_mentor.reply_to) == ("Meet Bo Lund, your mentee", "bo.lund@example.org")
    for words in ("Harbour pilot", "You both speak Portuguese.", "I saw that you pilot ships", "/introduction/"):
        assert words in to_mentee.text, words
    assert "To lead a crew." in to_mentor.text
    assert "I saw that you pilot" not in to_mentor.text
    assert Activity.objects.filter(key="mentorship.started", subject=f"mentorship:{mentorship.code}").count() == 1


def test_publishing_twice_introduces_once(cohort: Cohort, ana: Enrolment, bo: Enrolment) -> None:
    introduced(cohort, ana, bo)
    with pytest.raises(rules.IntroductionRefused, match="already introduced"):
        introduced(cohort, ana, bo)
    assert Mentorship.objects.count() == 1
    assert OutboxLetter.objects.count() == 2


def test_a_plan_is_published_whole_or_not_at_all(cohort: Cohort, ana: Enrolment, bo: Enrolment) -> None:
    cy = worlds.enrolment(cohort, "Cy Moss", Side.MENTEE)
    programmes.withdraw(cy, by=None)
    with pytest.raises(rules.IntroductionRefused) as refusal:
        actions.introduce(cohort, pairs=[(ana, bo, [], ""), (ana, cy, [], "")], by=None)
    assert refusal.value.problems == ["Cy Moss has left the cohort."]
    assert not Mentorship.objects.exists()
    assert not OutboxLetter.objects.exists()


def test_nobody_gets_more_partners_than_they_take(cohort: Cohort, ana: Enrolment, bo: Enrolment) -> None:
    programmes.set_capacity(ana, capacity=1, by=None)
    cy = worlds.enrolment(cohort, "Cy Moss", Side.MENTEE)
    mentorship = introduced(cohort, ana, bo)
    with pytest.raises(rules.IntroductionRefused, match="takes 1 mentee, but would have 2"):
        actions.introduce(cohort, pairs=[(ana, cy, [], "")], by=None)
    actions.close(mentorship, kind=rules.ClosureKind.LEFT, by=None)
    assert len(actions.introduce(cohort, pairs=[(ana, cy, [], "")], by=None)) == 1


def test_sides_and_cohorts_are_not_mixed_up(cohort: Cohort, ana: Enrolment, bo: Enrolment) -> None:
    elsewhere = worlds.cohort(cohort.programme, "Autumn 2027")
    for wrong in [(bo, ana, [], ""), (ana, ana, [], "")]:
        with pytest.raises(rules.IntroductionRefused, match="a mentor and a mentee of this cohort"):
            actions.introduce(cohort, pairs=[wrong], by=None)
    with pytest.raises(rules.IntroductionRefused, match="of this cohort"):
        actions.introduce(elsewhere, pairs=[(ana, bo, [], "")], by=None)
    with pytest.raises(rules.IntroductionRefused, match="no pairs"):
        actions.introduce(cohort, pairs=[], by=None)


def test_people_kept_apart_are_not_introduced(cohort: Cohort, ana: Enrolment, bo: Enrolment) -> None:
    programmes.keep_apart(bo, other=ana, by=None)
    with pytest.raises(rules.IntroductionRefused, match="kept apart"):
        introduced(cohort, ana, bo)


def test_first_contact_counts_once_and_can_be_taken_back(cohort: Cohort, ana: Enrolment, bo: Enrolment) -> None:
    mentorship = introduced(cohort, ana, bo)
    first = actions.tell_contact(mentorship, by=bo.person)
    assert actions.tell_contact(mentorship, by=ana.person) == first
    actions.take_back_contact(mentorship, by=ana.person)
    assert not Mentorship.objects.without_contact().exists()
    actions.take_back_contact(mentorship, by=bo.person)
    assert Mentorship.objects.without_contact().exists()


def test_the_first_meeting_has_a_day_that_can_move(cohort: Cohort, ana: Enrolment, bo: Enrolment) -> None:
    mentorship = introduced(cohort, ana, bo)
    today = timezone.localdate()
    actions.date_first_meeting(mentorship, on=today + 3 * DAY, by=bo.person)
    actions.date_first_meeting(mentorship, on=today + 5 * DAY, by=ana.person)
    assert FirstMeeting.objects.get().on == today + 5 * DAY
    assert Activity.objects.filter(key="mentorship.first_meeting_dated").count() == 2
    assert not Mentorship.objects.without_contact().exists()
    with pytest.raises(rules.Refused, match="were introduced on"):
        actions.date_first_meeting(mentorship, on=today - DAY, by=bo.person)
    with pytest.raises(rules.Refused, match="more than a year"):
        actions.date_first_meeting(mentorship, on=today + 400 * DAY, by=bo.person)


def test_a_mentorship_ends_once_and_can_be_reopened(cohort: Cohort, ana: Enrolment, bo: Enrolment) -> None:
    mentorship = introduced(cohort, ana, bo)
    closure = actions.close(mentorship, kind=rules.ClosureKind.NOT_A_FIT, reason=" Different fields. ", by=None)
    assert actions.close(mentorship, kind=rules.ClosureKind.SILENT, by=None) == closure
    assert closure.reason == "Different fields."
    assert "Different fields" not in Activity.objects.get(key="mentorship.closed").sentence
    assert not Mentorship.objects.open().exists()
    actions.reopen(mentorship, by=None)
    assert Mentorship.objects.open().exists()


def test_late_pairs_and_counts(cohort: Cohort, ana: Enrolment, bo: Enrolment) -> None:
    today = timezone.localdate()
    mentorship = introduced(cohort, ana, bo, at=timezone.now() - 8 * DAY)
    assert list(queries.without_contact([cohort], today)) == [mentorship]
    assert queries.counts_of([cohort]) == {cohort.pk: {"open": 1, "in_touch": 0, "met": 0, "ended": 0}}
    actions.date_first_meeting(mentorship, on=today, by=bo.person)
    assert not queries.without_contact([cohort], today).exists()
    assert queries.counts_of([cohort]) == {cohort.pk: {"open": 1, "in_touch": 1, "met": 1, "ended": 0}}


def test_free_hours_say_in_which_time_zone(cohort: Cohort, ana: Enrolment, bo: Enrolment) -> None:
    ana.person.time_zone = "Europe/Athens"
    ana.person.save()
    ana.person.profile.availability = [8, 9]
    ana.person.profile.save()
    mentorship = introduced(cohort, ana, bo)
    letter = OutboxLetter.objects.get(person=bo.person, cause=f"mentorship:{mentorship.code}")
    assert "Free hours (Europe/Athens time): Monday 08:00–10:00" in " ".join(letter.text.split())
