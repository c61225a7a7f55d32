from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ithaca.activity.models import Activity
from ithaca.circles import actions, queries, rules
from ithaca.circles.models import Round, Seating
from ithaca.circles.queries import rounds
from ithaca.jobs import progress
from ithaca.matching.tests import worlds
from ithaca.mentorships.models import Mentorship
from ithaca.pairing import groups
from ithaca.people.models import Person
from ithaca.people.rules import Role
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes.models import Cohort
from ithaca.programmes.tests import worlds as frame

OPTIONS = {"smallest": 3, "largest": 5, "levels_apart": 10, "across_employers": False}


def drawn(cohort: Cohort, kind: str = "circles", who: str = "mentees", **options: Any) -> Round:
    made = actions.draw(
        cohort, kind=Round.Kind(kind), who=Round.Who(who), options=OPTIONS | options, by=Person.objects.first()
    )
    return Round.objects.select_related("seating", "cohort").get(pk=made.pk)


def url(name: str, **kwargs: str) -> str:
    return reverse(f"circles:{name}", kwargs={"organisation": "harbour", **kwargs})


def form(**changes: str) -> dict[str, str]:
    return {"kind": "circles", "who": "mentees", "smallest": "3", "largest": "5", "levels_apart": "10"} | changes


def test_circles_seat_people_once_within_their_size_and_below_the_bound(cohort: Cohort) -> None:
    seating = drawn(cohort).seating
    seated = [code for group in seating.groups for code in group]
    assert len(seated) + len(seating.left_over) == len({*seated, *seating.left_over}) == 13
    assert all(len(group) <= 5 for group in seating.groups)
    assert len(seating.points) == len(seating.groups)
    assert 0 < seating.total <= seating.bound
    assert Activity.objects.filter(key="circles.round_drawn").count() == 1


def test_a_smaller_size_is_taken_where_it_seats_more_people(cohort: Cohort, cora: Person) -> None:
    """Thirteen people of three employers, who may not meet a colleague: threes seat more than fives could."""
    for number, person in enumerate(Person.objects.filter(enrolments__role="mentee").order_by("code")):
        person.profile.employer = f"Employer {number % 3}"
        person.profile.save()
    round = drawn(cohort, smallest=2, largest=5, across_employers=True)
    sizes = sorted(map(len, round.seating.groups))
    assert max(sizes) <= 3
    assert sum(sizes) >= 12
    assert 0 < round.seating.total <= round.seating.bound
    small = drawn(cohort, smallest=4, largest=5, across_employers=True)
    page = signed_in(cora).get(url("round", round=small.code)).content.decode()
    assert "Smaller than asked" in page


def test_what_seats_more_is_told_where_it_does(cohort: Cohort, cora: Person) -> None:
    """Thirteen people of two employers sit nowhere unless colleagues may meet; the level is the same."""
    for number, person in enumerate(Person.objects.filter(enrolments__role="mentee").order_by("code")):
        person.profile.employer, person.profile.seniority = f"Employer {number % 2}", 3
        person.profile.save()
    nobody = drawn(cohort, smallest=4, levels_apart=0, across_employers=True)
    assert nobody.seating.groups == []
    assert nobody.seating.more == [["across_employers", 0, 13]]
    page = signed_in(cora).get(url("round", round=nobody.code)).content.decode()
    assert "Too few people may meet each other for a circle, even of three." in page
    assert "Colleagues of one employer allowed: 13 people" in page
    assert "levels apart:" not in page
    assert "or more:" not in page
    assert drawn(cohort, smallest=4).seating.more == []


def test_the_level_is_kept(organisation: Any, cohort: Cohort) -> None:
    levels = dict(Person.objects.values_list("code", "profile__seniority"))
    for group in drawn(cohort, levels_apart=1).seating.groups:
        span = [levels[code] for code in group]
        assert max(span) - min(span) <= 1


def test_a_roulette_brings_nobody_together_twice(cohort: Cohort) -> None:
    mentor, mentee = worlds.named(cohort, "Mentor 001"), worlds.named(cohort, "Mentee 001")
    Mentorship.objects.create(cohort=cohort, mentor=mentor, mentee=mentee)
    met = {(min(mentor.code, mentee.code), max(mentor.code, mentee.code))}
    for _ in range(4):
        sat = rules.met_in(drawn(cohort, "roulette", "everybody").seating.groups)
        assert len(sat) == 8
        assert not sat & met
        met |= sat


def test_a_discarded_round_counts_no_more(cohort: Cohort, cora: Person) -> None:
    first = drawn(cohort, "roulette")
    before = first.seating.groups
    actions.discard(first, by=cora)
    assert not Seating.objects.exists()
    assert drawn(cohort, "roulette").seating.groups == before


def test_too_few_and_too_many_are_refused_in_words(organisation: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lonely = worlds.cohort(mentors=1, mentees=2)
    with pytest.raises(rules.Refused, match="not two people"):
        drawn(lonely, who="mentors")
    monkeypatch.setattr(actions, "MOST", 2)
    with pytest.raises(rules.Refused, match="3 people, and a round of circles takes up to 2"):
        drawn(lonely, who="everybody")
    assert not Round.objects.exists()
    assert len(drawn(lonely, "roulette", "everybody").seating.groups) == 1


def test_many_are_drawn_in_the_background(cohort: Cohort, cora: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "DRAWN_AT_ONCE", 2)
    made = actions.draw(cohort, kind=Round.Kind.CIRCLES, who=Round.Who.MENTEES, options=OPTIONS, by=cora)
    assert Seating.objects.filter(round=made).exists()
    Seating.objects.all().delete()
    assert "is being drawn" in signed_in(cora).get(url("round", round=made.code)).content.decode()


def test_the_steps_of_a_drawing_are_told_and_discarding_ends_it(
    cohort: Cohort, cora: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "DRAWN_AT_ONCE", 2)
    made = actions.draw(cohort, kind=Round.Kind.CIRCLES, who=Round.Who.MENTEES, options=OPTIONS, by=cora)
    Seating.objects.all().delete()
    told: list[tuple[int, str]] = []
    advance = progress.Report.advance

    def kept(self: progress.Report, done: int, words: str | None = None, total: int | None = None) -> None:
        told.append((done, words or ""))
        if len(told) == 2:
            actions.discard(made, by=cora)
        advance(self, done, words, total)

    monkeypatch.setattr(progress.Report, "advance", kept)
    actions.draw_round.call(cohort.organisation_id, made.code)
    assert told[0] == (0, "Group 1 of 3")
    assert "Exchanging people" in told[1][1]
    assert len(told) == 2
    assert not Round.objects.exists()
    snapshot = progress.of(actions.progress_key(made))
    assert snapshot is not None
    assert snapshot.failure == "Stopped as asked."


def test_what_people_keep_to_themselves_is_not_told(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    for person in Person.objects.filter(name__startswith="Mentee"):
        person.profile.interests = ["chess"]
        person.profile.save()
    seating = drawn(cohort).seating
    assert "All enjoy chess." in queries.groups_of(seating, [1])[0].shared
    monkeypatch.setattr(rounds.matching, "kept_for_matching", lambda codes: {code: ["interests"] for code in codes})
    assert "chess" not in str(queries.groups_of(seating, [1])[0].shared)


def test_a_coordinator_draws_looks_and_takes_the_file(cohort: Cohort, cora: Person) -> None:
    browser = signed_in(cora)
    page = browser.get(url("index", cohort=cohort.code)).content.decode()
    assert "No round yet" in page
    answer = browser.post(url("index", cohort=cohort.code), form(), follow=True)
    assert "Group 1" in answer.content.decode()
    made = Round.objects.get()
    sheet = browser.get(url("file", round=made.code, sheet="csv"))
    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Group,Name,E-mail,Employer"
    assert len(lines) == 1 + sum(len(group) for group in made.seating.groups)
    assert browser.get(url("file", round=made.code, sheet="xlsx")).content[:2] == b"PK"
    assert browser.get(url("file", round=made.code, sheet="exe")).status_code == 404
    browser.post(url("discard", round=made.code))
    assert not Round.objects.exists()


def test_a_wrong_form_comes_back_with_the_reason(cohort: Cohort, cora: Person) -> None:
    answer = signed_in(cora).post(url("index", cohort=cohort.code), form(smallest="6", largest="4"))
    assert answer.status_code == 422
    assert "less than the fewest" in answer.content.decode()


def test_only_who_coordinates_finds_rounds(cohort: Cohort, cora: Person) -> None:
    made = drawn(cohort)
    member = signed_in(worlds.named(cohort, "Mentee 001"), second_factor=False)
    owner = signed_in(frame.person("Olga Owner", role=Role.OWNER))
    for address in (url("index", cohort=cohort.code), url("round", round=made.code)):
        assert member.get(address).status_code == 404
        assert owner.get(address).status_code == 200
        assert Client().get(address).status_code == 302


def test_a_round_costs_the_same_for_few_and_many(organisation: Any, cora: Person) -> None:
    browser, counts = signed_in(cora), []
    for size in (6, 60):
        made = drawn(worlds.cohort(mentors=0, mentees=size, name=f"Round of {size}"))
        browser.get(url("round", round=made.code))
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(url("round", round=made.code)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1], counts


def test_the_engine_offers_no_smaller_circles_than_the_platform_calls_circles() -> None:
    assert rules.SMALLEST == groups.SMALLEST_OFFERED
