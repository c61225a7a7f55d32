from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ithaca.activity.models import Activity
from ithaca.circles import actions, emails, queries, rules
from ithaca.circles.models import Circle, Introduction, Member, Round
from ithaca.circles.tests.test_rounds import drawn, url
from ithaca.jobs import progress
from ithaca.matching.tests import worlds
from ithaca.notifications import sending
from ithaca.notifications.models import OutboxLetter
from ithaca.people import actions as people
from ithaca.people.models import Person
from ithaca.people.rules import Reader, Role
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Cohort, Enrolment, Preference
from ithaca.programmes.tests import worlds as frame


def introduced(cohort: Cohort, kind: str = "circles") -> tuple[Round, Circle]:
    """A round whose groups know of each other, and its first circle."""
    found = drawn(cohort, kind)
    actions.introduce(found, by=Person.objects.first())
    return found, Circle.objects.get(introduction__round=found, number=1)


def member_of(circle: Circle, *, begins: bool) -> Person:
    found: Person = Member.objects.filter(circle=circle, begins=begins).select_related("person").first().person
    return found


def test_everybody_gets_a_letter_and_one_of_each_group_is_asked_to_begin(cohort: Cohort) -> None:
    found, _ = introduced(cohort)
    seated = {code for group in found.seating.groups for code in group}
    assert set(OutboxLetter.objects.values_list("person__code", flat=True)) == seated
    assert OutboxLetter.objects.count() == len(seated)
    assert Circle.objects.count() == len(found.seating.groups)
    assert Member.objects.filter(begins=True).count() == len(found.seating.groups)
    assert Activity.objects.filter(key="circles.groups_introduced").count() == 1


def test_a_reply_goes_to_all_of_them_or_to_who_begins(cohort: Cohort) -> None:
    _, circle = introduced(cohort)
    first, other = member_of(circle, begins=True), member_of(circle, begins=False)
    others = set(Member.objects.filter(circle=circle, begins=False).values_list("person__email", flat=True))
    letter, second = (OutboxLetter.objects.get(person=person) for person in (first, other))
    assert set(letter.reply_to.split(", ")) == others
    assert set(sending.message_of(letter).reply_to) == others
    assert second.reply_to == first.email
    assert "goes to all of them" in letter.text.replace("\n", " ")
    assert f"The lot fell on {first.name}" in second.text.replace("\n", " ")


def test_peers_read_what_each_lets_the_cohort_read_and_nothing_else(cohort: Cohort) -> None:
    for person in Person.objects.filter(name__startswith="Mentee"):
        person.profile.headline, person.profile.about = "Sailor", "Grew up on a lighthouse"
        person.profile.interests, person.profile.languages = ["chess"], ["en"]
        person.profile.visibility = {"headline": Reader.COHORT}
        person.profile.save()
    _, circle = introduced(cohort)
    text = OutboxLetter.objects.get(person=member_of(circle, begins=True)).text
    assert "Sailor" in text
    assert "You all speak English." in text
    assert "lighthouse" not in text
    assert "chess" not in text


def test_a_roulette_is_for_one_conversation(cohort: Cohort) -> None:
    _, circle = introduced(cohort, "roulette")
    first, other = member_of(circle, begins=True), member_of(circle, begins=False)
    letter = OutboxLetter.objects.get(person=first)
    assert letter.subject.startswith(f"Meet {other.name}")
    assert "for one conversation" in letter.text.replace("\n", " ")


def test_who_has_left_or_is_to_be_kept_apart_stands_in_the_way(cohort: Cohort, cora: Person) -> None:
    found = drawn(cohort)
    one, other, third = (worlds.named(cohort, f"Mentee 00{n}") for n in (1, 2, 3))
    both = {person.code: Enrolment.objects.get(person=person, cohort=cohort) for person in (one, other, third)}
    group = next(group for group in found.seating.groups if one.code in group)
    peer = next(code for code in group if code != one.code)
    Preference.objects.create(
        enrolment=both[one.code], other=Enrolment.objects.get(person__code=peer, cohort=cohort), rank=None
    )
    programmes.withdraw(both[third.code], by=cora)
    with pytest.raises(rules.IntroductionRefused) as refused:
        actions.introduce(found, by=cora)
    assert f"{third.name} is not available any more." in refused.value.problems
    assert any("are to be kept apart" in problem for problem in refused.value.problems)
    assert not Introduction.objects.exists()
    assert not OutboxLetter.objects.exists()
    page = signed_in(cora).get(url("introduce", round=found.code)).content.decode()
    assert f"{third.name} is not available any more." in page
    assert "Send 13 letters" not in page


def test_introduced_once_and_never_discarded(cohort: Cohort, cora: Person) -> None:
    found, _ = introduced(cohort)
    with pytest.raises(rules.Refused, match="introduced already"):
        actions.introduce(found, by=cora)
    browser = signed_in(cora)
    answer = browser.post(url("discard", round=found.code), follow=True)
    assert "cannot be taken back" in answer.content.decode()
    assert Round.objects.filter(pk=found.pk).exists()
    answer = browser.post(url("introduce", round=found.code), follow=True)
    assert "introduced already" in answer.content.decode()
    assert OutboxLetter.objects.count() == 13


def test_who_changed_while_the_letters_were_written_gets_new_ones(
    cohort: Cohort, cora: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, person = drawn(cohort), worlds.named(cohort, "Mentee 001")
    prepare = actions._prepared

    def renaming(circle: queries.Introduced) -> Any:
        ready = prepare(circle)
        Person.objects.filter(pk=person.pk).update(name="Ada Newname")
        return ready

    monkeypatch.setattr(actions, "_prepared", renaming)
    actions.introduce(found, by=cora)
    assert OutboxLetter.objects.get(person=person).to_name == "Ada Newname"
    assert not OutboxLetter.objects.filter(text__contains="Mentee 001").exists()


def test_many_are_introduced_in_the_background(cohort: Cohort, cora: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    found = drawn(cohort)
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    browser = signed_in(cora)
    answer = browser.post(url("introduce", round=found.code), follow=True)
    assert "Introduced on" in answer.content.decode()
    actions.introduce_round.call(cohort.organisation_id, found.code, cora.pk)  # delivered twice
    assert OutboxLetter.objects.count() == 13
    second = drawn(cohort)
    progress.start(actions.letters_key(second), total=100, words="Waiting for a free worker")
    assert "on their way" in browser.get(url("introduce", round=second.code)).content.decode()
    asking = {"HX-Request": "true"}
    assert "HX-Redirect" not in browser.get(url("introduce", round=second.code), headers=asking).headers
    done = browser.get(url("introduce", round=found.code), headers=asking)
    assert done.headers["HX-Redirect"] == url("round", round=found.code)
    programmes.withdraw(Enrolment.objects.get(person__name="Mentee 001", cohort=cohort), by=cora)
    actions.introduce_round.call(cohort.organisation_id, second.code, cora.pk)
    page = browser.get(url("introduce", round=second.code)).content.decode()
    assert "Nothing was sent" in page
    assert not Introduction.objects.filter(round=second).exists()


def test_every_letter_is_shown_before_it_is_sent(cohort: Cohort, cora: Person) -> None:
    found = drawn(cohort)
    browser = signed_in(cora)
    page = browser.get(url("introduce", round=found.code)).content.decode()
    assert "Nothing has been sent yet." in page
    assert page.count("Writes first") == len(found.seating.groups)
    reader = found.seating.groups[0][0]
    shown = browser.get(url("letter", round=found.code, reader=reader) + "?text=1").content.decode()
    assert "How you" not in shown
    assert browser.get(url("letter", round=found.code, reader="nobody")).status_code == 404
    browser.post(url("introduce", round=found.code))
    sent = OutboxLetter.objects.get(person__code=reader).text
    assert sent.split("Open your introduction")[0] == shown.split("Open your introduction")[0]


def test_a_circle_is_its_members(cohort: Cohort, cora: Person) -> None:
    _, circle = introduced(cohort)
    first, other = member_of(circle, begins=True), member_of(circle, begins=False)
    address = url("circle", code=circle.code)
    page = signed_in(first, second_factor=False).get(address).content.decode()
    assert "Write to everybody" in page
    assert other.email in page
    home = signed_in(other, second_factor=False).get(reverse("home:home", args=["harbour"])).content.decode()
    assert f"{first.name} writes first" in home
    stranger = Person.objects.exclude(circle_memberships__circle=circle).filter(name__startswith="Mentee").first()
    assert signed_in(stranger, second_factor=False).get(address).status_code == 404
    assert signed_in(frame.person("Olga Owner", role=Role.OWNER)).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_first_message_is_the_next_step_at_home(cohort: Cohort) -> None:
    _, circle = introduced(cohort)
    first = member_of(circle, begins=True)
    home = signed_in(first, second_factor=False).get(reverse("home:home", args=["harbour"])).content.decode()
    assert "Write to your circle of" in home


def test_the_link_in_the_letter_opens_for_its_reader_only(cohort: Cohort) -> None:
    _, circle = introduced(cohort)
    reader, stranger = member_of(circle, begins=False), worlds.named(cohort, "Mentor 001")
    (whole,) = queries.circles_of(reader)
    page = Client().get(emails.page_of(whole, reader))
    assert page.status_code == 200
    assert "please do not pass it on" in page.content.decode()
    assert Client().get(emails.page_of(whole, stranger)).status_code == 404
    assert Client().get(url("introduction", token="broken")).status_code == 404


def test_who_is_erased_is_in_no_circle_any_more_and_nothing_is_said_of_them(cohort: Cohort) -> None:
    for person in Person.objects.filter(name__startswith="Mentee"):
        person.profile.languages = ["en"]
        person.profile.save()
    _, circle = introduced(cohort)
    gone, stays = member_of(circle, begins=True), member_of(circle, begins=False)
    owner = frame.person("Olga Owner", role=Role.OWNER)
    assert (
        "You all speak English."
        in signed_in(stays, second_factor=False).get(url("circle", code=circle.code)).content.decode()
    )
    people.erase_person(gone, by=owner)
    page = signed_in(stays, second_factor=False).get(url("circle", code=circle.code)).content.decode()
    assert "Former participant" not in page
    assert "You all speak English." not in page
    assert "Somebody has to begin" in page
    assert not Member.objects.filter(person=gone).exists()


def test_what_the_members_share_is_in_the_data_of_each_and_nobody_elses_address(cohort: Cohort) -> None:
    """It was said of each of them and to each of them; the letter, with what it showed, is there too."""
    for person in Person.objects.filter(name__startswith="Mentee"):
        person.profile.languages = ["en"]
        person.profile.save()
    _, circle = introduced(cohort)
    reader = member_of(circle, begins=False)
    records = json.loads(people.export_person(reader, by=reader))["records"]
    (mine,) = records["Members"]
    assert (mine["code"], mine["begins"]) == (circle.code, False)
    assert "You all speak English." in mine["shared"]
    (letter,) = records["Outbox Letters"]
    assert "You all speak English." in letter["text"]
    others = set(Member.objects.filter(circle=circle).exclude(person=reader).values_list("person__email", flat=True))
    assert not any(
        address in json.dumps(rows) for name, rows in records.items() if name != "Outbox Letters" for address in others
    )


def test_who_has_left_the_cohort_is_in_no_circle_of_it(cohort: Cohort, cora: Person) -> None:
    _, circle = introduced(cohort)
    gone, stays = member_of(circle, begins=True), member_of(circle, begins=False)
    programmes.withdraw(Enrolment.objects.get(cohort=cohort, person=gone), by=cora)
    page = signed_in(stays, second_factor=False).get(url("circle", code=circle.code)).content.decode()
    assert gone.name not in page
    assert signed_in(gone, second_factor=False).get(url("circle", code=circle.code)).status_code == 404


def test_who_is_mentor_and_mentee_is_kept_apart_among_peers_by_either_wish(cohort: Cohort) -> None:
    """Three people who are both, and one asked as a mentor to be kept apart from another."""
    trio = [worlds.named(cohort, f"Mentee 00{number}") for number in (1, 2, 3)]
    as_mentor = [Enrolment.objects.create(cohort=cohort, person=person, role="mentor") for person in trio]
    Preference.objects.create(enrolment=as_mentor[0], other=as_mentor[1], rank=None)
    for kind in ("circles", "roulette"):
        found = drawn(cohort, kind, "everybody", smallest=2)
        assert not any({trio[0].code, trio[1].code} <= set(group) for group in found.seating.groups)
        actions.introduce(found, by=None)


def test_a_subject_has_room_for_any_names(cohort: Cohort) -> None:
    for person in Person.objects.filter(name__startswith="Mentee"):
        person.name = f"{person.name} {'of the very long name ' * 8}".strip()
        person.save()
    actions.introduce(drawn(cohort, smallest=6, largest=12), by=None)
    assert max(len(letter.subject) for letter in OutboxLetter.objects.all()) < 300
    assert OutboxLetter.objects.filter(subject__contains="others").exists()


def test_a_roulette_keeps_apart_who_asked_for_it(cohort: Cohort) -> None:
    """Thirteen people: everyone avoids everyone but their neighbour."""
    rows = {e.person.code: e for e in Enrolment.objects.filter(cohort=cohort).mentees().select_related("person")}
    codes = sorted(rows)
    for at, code in enumerate(codes):
        for other in codes:
            if abs(at - codes.index(other)) > 1:
                Preference.objects.create(enrolment=rows[code], other=rows[other], rank=None)
    for group in drawn(cohort, "roulette").seating.groups:
        one, other = (codes.index(code) for code in group)
        assert abs(one - other) == 1


def test_a_roulette_brings_nobody_together_who_could_not_talk(cohort: Cohort) -> None:
    speaks = {}
    for number, person in enumerate(Person.objects.filter(name__startswith="Mentee").order_by("name")):
        person.profile.languages = speaks[person.code] = ["fr"] if number % 2 else ["en"]
        person.profile.save()
    for group in drawn(cohort, "roulette").seating.groups:
        assert len({speaks[code][0] for code in group}) == 1


def test_introducing_costs_the_same_for_few_and_many(organisation: Any, cora: Person) -> None:
    browser, counts = signed_in(cora), []
    for size in (6, 60):
        made = drawn(worlds.cohort(mentors=0, mentees=size, name=f"Round of {size}"))
        browser.get(url("introduce", round=made.code))
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(url("introduce", round=made.code)).status_code == 200
        counts.append(len(asked))
        with CaptureQueriesContext(connection) as written:
            actions.introduce(made, by=cora)
        before_sending = [q["sql"] for q in written if "notifications_" not in q["sql"] and "SAVEPOINT" not in q["sql"]]
        counts.append(len(before_sending))
    assert counts[:2] == counts[2:], counts
