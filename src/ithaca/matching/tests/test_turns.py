from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from ithaca.activity.models import Activity
from ithaca.matching import actions, queries
from ithaca.matching.bridge import picture
from ithaca.matching.models import LaterTurn
from ithaca.matching.rules.board import Refused
from ithaca.matching.tests import worlds
from ithaca.mentorships import actions as mentorships
from ithaca.mentorships.models import Mentorship
from ithaca.mentorships.rules import ClosureKind
from ithaca.people.models import Person
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds as frame


@pytest.fixture
def scarce(organisation: Any) -> Cohort:
    """Two mentors, three mentees."""
    return worlds.cohort(mentors=2, mentees=3)


def earlier(cohort: Cohort, mentee: str, kind: ClosureKind = ClosureKind.SILENT, days: int = 200) -> Mentorship:
    """A mentorship of an earlier cohort of the programme that ended so, without a word of contact."""
    before = Cohort.objects.filter(programme=cohort.programme, name="The year before").first()
    before = before or frame.cohort(cohort.programme, name="The year before")
    made: Mentorship = Mentorship.objects.create(
        cohort=before,
        mentor=frame.person(f"Mentor {days} of {mentee}"),
        mentee=worlds.named(cohort, mentee),
        started_at=timezone.now() - datetime.timedelta(days=days),
    )
    mentorships.close(made, kind=kind, by=None)
    return made


def later_turns(cohort: Cohort) -> dict[str, int]:
    rows = picture.of(cohort)["mentees"]
    return {row["name"]: row["lapsed_rounds"] for row in rows if "lapsed_rounds" in row}


def url(cohort: Cohort) -> str:
    return reverse("matching:turns", args=["harbour", cohort.code])


def test_silence_alone_changes_nobodys_turn(scarce: Cohort) -> None:
    earlier(scarce, "Mentee 001")
    assert later_turns(scarce) == {}
    assert [one.mentee.name for one in queries.turns_of(scarce).after] == ["Mentee 001"]


def test_only_what_fell_silent_before_it_began_is_asked_about(scarce: Cohort, cora: Person) -> None:
    earlier(scarce, "Mentee 001", ClosureKind.NOT_A_FIT)
    met = earlier(scarce, "Mentee 002")
    mentorships.tell_contact(met, by=met.mentee)
    assert list(queries.turns_of(scarce).after) == []
    with pytest.raises(Refused, match="says nothing about whose turn"):
        actions.let_others_first(scarce, mentorship=met, by=cora)
    assert not LaterTurn.objects.exists()


@pytest.mark.parametrize("mentee", ["Mentee 001", "Mentee 002", "Mentee 003"])
def test_who_comes_after_others_stays_without_and_the_board_says_why(scarce: Cohort, cora: Person, mentee: str) -> None:
    actions.let_others_first(scarce, mentorship=earlier(scarce, mentee), by=cora)
    run = actions.match_now(scarce, by=cora)
    assert run.result.proven
    left = queries.Standing(run.board).unmatched_mentees
    assert left == [worlds.named(scarce, mentee).code]
    page = signed_in(cora).get(reverse("matching:mentee", args=["harbour", run.board.code, left[0]]))
    assert "Others came first for scarce places" in page.content.decode()


def test_it_holds_until_a_later_mentorship_begins_or_it_is_taken_back(scarce: Cohort, cora: Person) -> None:
    first, second = earlier(scarce, "Mentee 001"), earlier(scarce, "Mentee 002")
    for one in (first, second):
        actions.let_others_first(scarce, mentorship=one, by=cora)
        actions.let_others_first(scarce, mentorship=one, by=cora)
    assert later_turns(scarce) == {"Mentee 001": 1, "Mentee 002": 1}
    actions.take_back_later_turn(scarce, mentorship=second, by=cora)
    assert later_turns(scarce) == {"Mentee 001": 1}
    newer = earlier(scarce, "Mentee 001", ClosureKind.COMPLETED, days=20)
    assert later_turns(scarce) == {"Mentee 001": 1}
    mentorships.tell_contact(newer, by=newer.mentee)
    assert later_turns(scarce) == {}
    assert [one.mentee.name for one in queries.turns_of(scarce).after] == ["Mentee 002"]
    assert Activity.objects.filter(key="matching.later_turn_decided").count() == 2
    assert not Activity.objects.filter(key__startswith="matching.later_turn").exclude(audience="staff").exists()


def test_a_reopened_mentorship_counts_no_more(scarce: Cohort, cora: Person) -> None:
    one = earlier(scarce, "Mentee 001")
    actions.let_others_first(scarce, mentorship=one, by=cora)
    mentorships.reopen(one, by=cora)
    assert later_turns(scarce) == {}


def test_a_coordinator_decides_and_takes_back_on_the_page(scarce: Cohort, cora: Person) -> None:
    one = earlier(scarce, "Mentee 001")
    browser = signed_in(cora)
    overview = reverse("matching:overview", args=["harbour", scarce.code])
    assert url(scarce) in browser.get(overview).content.decode()
    page = browser.get(url(scarce), {"show": "after"}).content.decode()
    assert "Ithaca cannot know who was silent" in page
    answer = browser.post(url(scarce), {"mentorship": one.code, "after": "yes"}, follow=True).content.decode()
    assert "Others come before Mentee 001" in answer
    assert "After others" in answer
    browser.post(url(scarce), {"mentorship": one.code})
    assert not LaterTurn.objects.exists()
    assert browser.post(url(scarce), {"mentorship": "nothing"}).status_code == 404


def test_nothing_is_offered_where_there_is_nobody_to_list(scarce: Cohort, cora: Person) -> None:
    browser = signed_in(cora)
    overview = reverse("matching:overview", args=["harbour", scarce.code])
    assert url(scarce) not in browser.get(overview).content.decode()
    Enrolment.objects.filter(cohort=scarce, role=Side.MENTEE).update(waited_rounds=1)
    assert url(scarce) in browser.get(overview).content.decode()
    assert browser.get(url(scarce)).context["page"].paginator.count == 3


def test_a_mentorship_of_another_programme_is_not_found(scarce: Cohort, cora: Person) -> None:
    other = worlds.cohort(mentors=1, mentees=1, name="Elsewhere")
    one = earlier(other, "Mentee 001")
    assert signed_in(cora).post(url(scarce), {"mentorship": one.code, "after": "yes"}).status_code == 404
    assert not LaterTurn.objects.exists()


def test_mentees_see_nothing_of_it(scarce: Cohort, cora: Person) -> None:
    actions.let_others_first(scarce, mentorship=earlier(scarce, "Mentee 001"), by=cora)
    mentee = signed_in(worlds.named(scarce, "Mentee 001"), second_factor=False)
    assert mentee.get(url(scarce)).status_code == 404
    assert "others" not in mentee.get(reverse("home:home", args=["harbour"])).content.decode().lower()
