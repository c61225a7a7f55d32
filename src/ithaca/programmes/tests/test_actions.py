from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone

from ithaca.activity.models import Activity
from ithaca.kernel import tenancy
from ithaca.people.models import Organisation
from ithaca.people.rules import Role
from ithaca.programmes import actions, rules
from ithaca.programmes.models import Enrolment, Preference, Programme, ProgrammeRole
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_scope() -> Iterator[None]:
    with tenancy.scope(worlds.organisation()):
        yield


def facts() -> list[str]:
    return list(Activity.objects.order_by("pk").values_list("key", flat=True))


def test_an_incomplete_programme_opens_no_cohort() -> None:
    bare = actions.create_programme(name="Bare", by=None)
    with pytest.raises(rules.ProgrammeIncomplete) as refusal:
        worlds.cohort(bare)
    assert "purpose" in str(refusal.value)
    assert not bare.cohorts.exists()
    actions.edit_programme(bare, by=None, **worlds.TEXTS)
    assert worlds.cohort(bare).programme == bare


def test_a_text_people_rely_on_is_not_emptied_while_a_cohort_is_open() -> None:
    cohort = worlds.cohort()
    with time_machine.travel(cohort.kick_off_on), pytest.raises(rules.ProgrammeIncomplete):
        actions.edit_programme(cohort.programme, by=None, confidentiality="")
    with time_machine.travel(cohort.celebration_on + datetime.timedelta(days=2)):
        assert actions.edit_programme(cohort.programme, by=None, confidentiality="").confidentiality == ""


def test_names_are_told_apart() -> None:
    worlds.programme("Compass")
    with pytest.raises(rules.Refused, match="already a programme called"):
        actions.create_programme(name=" compass ", by=None)
    with pytest.raises(rules.Refused, match="give the programme a name"):
        actions.create_programme(name="  ", by=None)


def test_editing_records_what_changed_and_nothing_for_nothing() -> None:
    programme = worlds.programme()
    actions.edit_programme(programme, by=None, purpose=programme.purpose)
    actions.edit_programme(programme, by=None, purpose=" Another purpose. ", session_minutes=45)
    assert Programme.objects.get().purpose == "Another purpose."
    assert facts() == ["programme.created", "programme.edited"]
    with pytest.raises(rules.Refused, match="Make the second number the larger one"):
        actions.edit_programme(programme, by=None, session_minutes=180)


def test_dates_move_and_keep_their_order() -> None:
    cohort = worlds.cohort()
    later = cohort.kick_off_on + datetime.timedelta(days=7)
    actions.edit_cohort_dates(cohort, dates={"kick_off_on": later}, by=None)
    cohort.refresh_from_db()
    assert cohort.kick_off_on == later
    assert f"to {rules.written(later)}" in Activity.objects.get(key="cohort.dates_changed").sentence
    with pytest.raises(rules.WrongDates):
        actions.edit_cohort_dates(cohort, dates={"end_on": cohort.kick_off_on}, by=None)


def test_a_person_enrols_once_leaves_and_returns() -> None:
    cohort = worlds.cohort()
    enrolment = worlds.enrolment(cohort, "Ana Reis", Side.MENTOR, capacity=3)
    with pytest.raises(rules.Refused, match="already takes part"):
        actions.enrol(cohort, person=enrolment.person, role=Side.MENTOR, by=None)
    actions.withdraw(enrolment, by=None, reason="moves abroad")
    actions.withdraw(enrolment, by=None)
    assert not Enrolment.objects.active().exists()
    back = actions.enrol(cohort, person=enrolment.person, role=Side.MENTOR, by=None)
    assert (back.pk, back.capacity) == (enrolment.pk, 3)
    assert facts()[-3:] == ["enrolment.created", "enrolment.withdrawn", "enrolment.returned"]


def test_many_enrol_with_one_fact_and_twice_changes_nothing() -> None:
    cohort = worlds.cohort()
    old = worlds.enrolment(cohort, "Ana Reis", Side.MENTOR)
    entries = [actions.Entry(worlds.person(f"Person {n}"), Side.MENTEE) for n in range(3)]
    entries.append(actions.Entry(old.person, Side.MENTOR, 5))
    first = actions.enrol_many(cohort, entries=entries, by=None, source="import")
    again = actions.enrol_many(cohort, entries=entries, by=None)
    assert {key: e.pk for key, e in first.items()} == {key: e.pk for key, e in again.items()}
    assert Enrolment.objects.count() == 4
    assert facts().count("enrolment.many_created") == 1
    old.refresh_from_db()
    assert old.capacity == 1


def test_a_pause_ends_by_itself_or_when_told() -> None:
    enrolment = worlds.enrolment(worlds.cohort(), "Ana Reis", Side.MENTOR)
    today = timezone.localdate()
    until = today + datetime.timedelta(days=10)
    actions.pause(enrolment, until=until, by=None)
    assert not Enrolment.objects.available(until).exists()
    assert Enrolment.objects.available(until + datetime.timedelta(days=1)).exists()
    actions.pause(enrolment, by=None)
    assert not Enrolment.objects.available(until + datetime.timedelta(days=1)).exists()
    actions.resume(enrolment, by=None)
    assert Enrolment.objects.available(today).exists()
    with pytest.raises(rules.Refused, match="has passed"):
        actions.pause(enrolment, until=today - datetime.timedelta(days=1), by=None)


def test_capacity_changes_are_recorded() -> None:
    enrolment = worlds.enrolment(worlds.cohort(), "Ana Reis", Side.MENTOR)
    actions.set_capacity(enrolment, capacity=4, by=None)
    actions.set_capacity(enrolment, capacity=4, by=None)
    assert facts().count("enrolment.capacity_changed") == 1
    with pytest.raises(rules.Refused):
        actions.set_capacity(enrolment, capacity=101, by=None)


def test_wishes_keep_their_order_and_who_is_apart_stays_apart() -> None:
    cohort = worlds.cohort()
    mentee = worlds.enrolment(cohort, "Bo Lund", Side.MENTEE)
    mentors = [worlds.enrolment(cohort, name, Side.MENTOR) for name in ("Ana Reis", "Cy Moss", "Di Okoro")]
    actions.keep_apart(mentee, other=mentors[1], by=None)
    actions.prefer(mentee, others=[mentors[2], mentors[1], mentors[0], mentors[2]], by=None)
    wishes = Preference.objects.filter(rank__isnull=False).values_list("other_id", "rank")
    assert list(wishes) == [(mentors[2].pk, 1), (mentors[0].pk, 2)]
    assert Preference.objects.get(rank=None).other == mentors[1]
    actions.prefer(mentee, others=[mentors[0]], by=None)
    assert Preference.objects.filter(rank__isnull=False).count() == 1
    with pytest.raises(rules.Refused, match="other side"):
        actions.prefer(mentee, others=[mentee], by=None)


def test_a_role_in_a_programme_opens_its_desk_only() -> None:
    one, other = worlds.programme("One"), worlds.programme("Other")
    person = worlds.person("Eve Stone")
    actions.grant_role(one, person=person, role=Role.COORDINATOR, by=None)
    grant = actions.grant_role(one, person=person, role=Role.COORDINATOR, by=None)
    assert list(Programme.objects.coordinated_by(person)) == [one]
    actions.revoke_role(grant, by=None)
    assert not ProgrammeRole.objects.exists()
    assert other not in Programme.objects.coordinated_by(person)
    with pytest.raises(rules.Refused, match="whole organisation"):
        actions.grant_role(one, person=person, role=Role.OWNER, by=None)


def test_each_phase_is_written_down_once() -> None:
    cohort = worlds.cohort()
    with time_machine.travel(cohort.applications_open_on - datetime.timedelta(days=1)):
        assert actions.record_phases.call() == 0
    for _ in range(2):
        with time_machine.travel(cohort.kick_off_on):
            actions.record_phases.call()
    began = Activity.objects.filter(key="cohort.phase_began")
    assert [fact.sentence for fact in began] == ["Spring 2027 is now: running"]
    with time_machine.travel(cohort.mid_point_on):
        assert actions.record_phases.call() == 1


def test_midnight_is_that_of_the_organisation() -> None:
    cohort = worlds.cohort()
    Organisation.objects.update(time_zone="Pacific/Auckland")
    noon_before = datetime.datetime.combine(cohort.applications_open_on, datetime.time(12), datetime.UTC)
    with time_machine.travel(noon_before - datetime.timedelta(days=1)):
        assert actions.record_phases.call() == 1
