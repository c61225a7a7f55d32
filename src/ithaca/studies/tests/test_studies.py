from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ithaca.matching import actions as matching
from ithaca.matching import queries as matchings
from ithaca.matching.models import Board
from ithaca.matching.rules.board import Change as Wanted
from ithaca.matching.rules.board import Kind, Refused
from ithaca.matching.tests import worlds
from ithaca.people.models import Person
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes.models import Enrolment, Withdrawal
from ithaca.studies import actions, queries, rules
from ithaca.studies.models import Study


@given(st.dictionaries(st.integers(0, 99).map(str), st.sampled_from(["", "a", "b", "c", "d"]), max_size=40))
def test_no_small_group_is_shown_nor_can_be_worked_out(labels: dict[str, str]) -> None:
    found = rules.of(labels, {})
    assert all(group.people >= rules.SMALLEST for group in found)
    assert not found or sum(group.people for group in found) == len(labels)
    assert len(found) != 1


def test_groups_show_how_many_are_served_and_how_well() -> None:
    labels = {str(number): "north" if number < 6 else "south" for number in range(12)}
    found = rules.of(labels, {"0": 8000, "1": 6000})
    assert {group.label for group in found} == {"north", "south"}
    north = next(group for group in found if group.label == "north")
    assert (north.people, north.served, north.average, north.percent) == (6, 2, 7000, 70)


def test_the_fairness_sheet_speaks_of_the_board_as_it_stands(board: Board, cora: Person) -> None:
    standing = matchings.Standing(board)
    sheet = queries.fairness_of(standing)
    scores = sorted(standing.scores.values())
    assert (sheet["evenness"].worst, sheet["evenness"].best) == (scores[0], scores[-1])
    page = signed_in(cora).get(reverse("studies:fairness", args=["harbour", board.code])).content.decode()
    assert "weakest pair" in page
    assert f"{scores[0] / 100:.0f} %" in page


def test_other_plans_are_worked_out_once_and_taken_by_hand(organisation, cora: Person) -> None:
    board = matching.match_now(worlds.cohort(mentors=8, mentees=8, seed=5, capacity=2), by=cora).board
    browser = signed_in(cora)
    address = reverse("studies:study", args=["harbour", board.code, "alternatives"])
    assert "Work out other plans" in browser.get(address).content.decode()
    browser.post(address)
    browser.post(address)
    assert Study.objects.count() == 1
    page = browser.get(address)
    plans = page.context["plans"]
    assert plans[0]["key"] == "total"
    assert plans[0]["on_board"]
    assert len(plans) > 1
    other = plans[-1]
    taken = browser.post(
        reverse("studies:take", args=["harbour", board.code, "alternatives", other["key"]]), follow=True
    )
    assert "What this solution would change on the board" in taken.content.decode()
    run = board.runs.last()
    assert run.result.served == other["served"]
    matching.take(board, run=run, by=cora)
    standing = matchings.Standing(board)
    assert standing.state.pairs == matchings.pairs_of(run)
    assert all(places == 2 for places in standing.places.mentors.values())


def test_the_brief_names_nobody_and_tells_nothing_that_is_kept(board: Board, cora: Person) -> None:
    for person in Person.objects.filter(name__startswith="Mentee"):
        person.profile.lived_experience_wanted = ["Long illness"]
        person.profile.save()
    run = matching.match_now(board.cohort, by=cora)
    browser = signed_in(cora)
    address = reverse("studies:study", args=["harbour", run.board.code, "recruits"])
    browser.post(address)
    page = browser.get(address)
    assert page.context["study"]["mentors"][0]["served"] == 1
    shown = page.content.decode()
    assert "One more mentee would have a mentor." in shown
    assert "Long illness" not in shown
    assert "Mentee 0" not in shown


def test_an_unknown_study_is_not_found(board: Board, cora: Person) -> None:
    assert signed_in(cora).get(reverse("studies:study", args=["harbour", board.code, "gossip"])).status_code == 404


def test_a_repair_touches_few_pairs_and_buys_more_the_more_it_may(organisation, cora: Person) -> None:
    cohort = worlds.cohort(mentors=9, mentees=9, seed=8)
    board = matching.match_now(cohort, by=cora).board
    before = matchings.Standing(board).state.pairs
    gone = sorted(before)[0]
    Withdrawal.objects.create(enrolment=Enrolment.objects.get(person__code=gone[0]))
    browser = signed_in(cora)
    address = reverse("studies:study", args=["harbour", board.code, "repairs"])
    browser.post(address)
    plans = browser.get(address).context["plans"]
    touched = [plan["touched"] for plan in plans]
    assert touched[0] == 0
    assert touched == sorted(set(touched))
    assert [plan["more"] for plan in plans] == sorted(plan["more"] for plan in plans)
    take = reverse("studies:take", args=["harbour", board.code, "repairs", "0"])
    assert "What this solution would change on the board" in browser.post(take, follow=True).content.decode()
    run = board.runs.last()
    assert before - matchings.pairs_of(run) == {gone}
    matching.take(board, run=run, by=cora)
    assert gone not in matchings.Standing(board).state.pairs
    assert matchings.check_of(matchings.Standing(board)).missing == []


def test_a_repair_of_an_older_board_is_not_taken(board: Board, cora: Person) -> None:
    actions.repair(board)
    matching.change(board, wanted=Wanted(Kind.LOCK, *matchings.Standing(board).lines[0].pair), by=cora)
    with pytest.raises(Refused, match="changed after"):
        actions.take_repair(board, run=board.runs.get(), key="0", by=cora)
