"""What was decided by hand on the board is part of what every study asks, and a study from before it is not shown as of now."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ithaca.matching import actions as matching
from ithaca.matching import queries as matchings
from ithaca.matching.bridge import problems
from ithaca.matching.models import Board, unpacked
from ithaca.matching.rules.board import Change as Wanted
from ithaca.matching.rules.board import Kind, Pair, Refused
from ithaca.matching.tests import worlds
from ithaca.people.models import Organisation, Person
from ithaca.programmes.models import Enrolment
from ithaca.studies import actions, bridge, queries
from ithaca.studies.models import Study

PLANS = [Study.Kind.ALTERNATIVES, Study.Kind.GROUPS, Study.Kind.REPAIRS]
CHANGED = "The board was changed since this was worked out"


@pytest.fixture
def board(organisation: Organisation, cora: Person) -> Board:
    return matching.match_now(worlds.cohort(mentors=6, mentees=10, seed=5, capacity=2), by=cora).board


def standing(board: Board) -> matchings.Standing:
    return matchings.Standing(Board.objects.select_related("cohort").get(pk=board.pk))


def decide(board: Board, kind: Kind, pair: Pair, by: Person) -> None:
    matching.change(board, wanted=Wanted(kind, *pair), by=by)


def rows_of(board: Board, kind: Study.Kind) -> list[dict[str, Any]]:
    """The plans of a study that is worked out now, each with its key."""
    actions.ask(board, kind=kind)
    data = unpacked(Study.objects.get(kind=kind).data)
    if kind == Study.Kind.GROUPS:
        return [data | {"key": "groups"}]
    return list(data["plans"] if kind == Study.Kind.REPAIRS else data)


def pairs_of(row: dict[str, Any]) -> set[Pair]:
    return {(pair["mentor"], pair["mentee"]) for pair in row["answer"]["plan"]["pairs"]}


def address(board: Board, kind: str) -> str:
    return reverse("studies:study", args=["harbour", board.code, kind])


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("kind", PLANS)
def test_no_plan_has_a_pair_that_is_kept_apart(board: Board, cora: Person, kind: Study.Kind, before: bool) -> None:
    """Whether the study was asked for before the pair was kept apart or afterwards."""
    if before:
        actions.ask(board, kind=kind)
    apart = standing(board).lines[0].pair
    decide(board, Kind.FORBID, apart, cora)
    rows = rows_of(board, kind)
    assert rows
    assert not any(apart in pairs_of(row) for row in rows)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("kind", PLANS)
def test_every_plan_has_the_pairs_that_are_locked(board: Board, cora: Person, kind: Study.Kind, before: bool) -> None:
    if before:
        actions.ask(board, kind=kind)
    first, *others = standing(board).lines
    second = next(line for line in others[::-1] if line.mentor != first.mentor)
    matching.change(board, wanted=Wanted(Kind.SWAP, *first.pair, *second.pair), by=cora)
    locked = standing(board).state.locked
    assert len(locked) == 2
    rows = rows_of(board, kind)
    assert rows
    assert all(locked <= pairs_of(row) for row in rows)


@pytest.mark.parametrize("kind", PLANS)
def test_taking_a_plan_keeps_what_was_decided(board: Board, browser: Client, cora: Person, kind: Study.Kind) -> None:
    lines = standing(board).lines
    decide(board, Kind.FORBID, lines[0].pair, cora)
    decide(board, Kind.LOCK, lines[-1].pair, cora)
    for row in rows_of(board, kind):
        browser.post(reverse("studies:take", args=["harbour", board.code, kind, row["key"]]))
        matching.take(board, run=board.runs.last(), by=cora)
        state = standing(board).state
        assert lines[0].pair in state.forbidden - state.pairs
        assert lines[-1].pair in state.locked
        matching.undo(board, by=cora)


def test_what_is_proven_of_a_plan_is_the_question_with_what_was_decided(
    board: Board, browser: Client, cora: Person
) -> None:
    lines = standing(board).lines
    for line in lines[:2]:
        decide(board, Kind.FORBID, line.pair, cora)
    decide(board, Kind.LOCK, lines[-1].pair, cora)
    actions.ask(board, kind=Study.Kind.ALTERNATIVES)
    run = actions.take_alternative(board, run=board.runs.get(), key="total", by=cora)
    asked = problems.of_run(run)
    assert asked is not None
    assert asked.problem.digest == run.result.input_hash
    assert run.result.proven
    assert run.result.total == matching.solve_again(board, by=cora).result.total
    page = browser.get(worlds.url("run", run=run.code)).content.decode()
    assert "the best plan with the decisions of the board: one pair locked, 2 pairs kept apart." in page
    first = browser.get(worlds.url("run", run=board.runs.first().code)).content.decode()
    assert "decisions of the board" not in first


def test_the_brief_is_for_the_board_with_its_pairs_kept_apart(organisation: Organisation, cora: Person) -> None:
    """One mentor and one mentee: nobody else is needed until the two are kept apart."""
    board = matching.match_now(worlds.cohort(mentors=1, mentees=1), by=cora).board
    decide(board, Kind.FORBID, standing(board).lines[0].pair, cora)
    actions.ask(board, kind=Study.Kind.RECRUITS)
    assert unpacked(Study.objects.get().data)["mentors"][0]["served"] == 1


@pytest.mark.parametrize("deed", [Kind.FORBID, Kind.LOCK, Kind.UNMATCH])
@pytest.mark.parametrize("kind", list(Study.Kind))
def test_a_study_from_before_the_board_was_changed_says_so_and_offers_nothing_but_to_ask_again(
    board: Board, browser: Client, cora: Person, kind: Study.Kind, deed: Kind
) -> None:
    browser.post(address(board, kind))
    before = browser.get(address(board, kind)).content.decode()
    assert CHANGED not in before
    decide(board, deed, standing(board).lines[0].pair, cora)
    page = browser.get(address(board, kind)).content.decode()
    assert CHANGED in page
    assert page.count("Work it out for the board of now") == 1
    for told in ("Every pair can stay", "Nobody left or came", "See what would change", "Work it out again"):
        assert told not in page
    browser.post(address(board, kind))
    assert CHANGED not in browser.get(address(board, kind)).content.decode()
    assert Study.objects.get().step == 1
    matching.undo(board, by=cora)
    assert CHANGED in browser.get(address(board, kind)).content.decode()


def test_what_was_worked_out_holds_again_once_the_change_is_taken_back(
    board: Board, browser: Client, cora: Person
) -> None:
    browser.post(address(board, "alternatives"))
    before = browser.get(address(board, "alternatives")).context["plans"]
    decide(board, Kind.FORBID, standing(board).lines[0].pair, cora)
    matching.undo(board, by=cora)
    assert browser.get(address(board, "alternatives")).context["plans"] == before
    actions.take_alternative(board, run=board.runs.get(), key=before[-1]["key"], by=cora)


@pytest.mark.parametrize("kind", PLANS)
def test_taking_a_plan_from_before_the_board_was_changed_is_refused_in_words(
    board: Board, browser: Client, cora: Person, kind: Study.Kind
) -> None:
    """Somebody pressed the button on a page that was opened before; they come to the one that offers to work it out again."""
    key = rows_of(board, kind)[-1]["key"]
    decide(board, Kind.FORBID, standing(board).lines[0].pair, cora)
    take = reverse("studies:take", args=["harbour", board.code, kind, key])
    page = browser.post(take, follow=True).content.decode()
    assert "The board was changed after this was worked out." in page
    assert CHANGED in page
    assert board.runs.count() == 1
    actions_of = {
        Study.Kind.ALTERNATIVES: actions.take_alternative,
        Study.Kind.GROUPS: actions.take_groups,
        Study.Kind.REPAIRS: actions.take_repair,
    }
    with pytest.raises(Refused, match="changed after"):
        actions_of[kind](board, run=board.runs.get(), key=key, by=cora)


def test_a_job_for_a_solution_that_is_not_on_the_board_any_more_answers_nothing(board: Board, cora: Person) -> None:
    first = board.runs.get()
    matching.take(board, run=matching.solve_again(board, by=cora), by=cora)
    actions.answer.call(board.organisation_id, first.code, str(Study.Kind.ALTERNATIVES))
    assert queries.study_of(standing(board), Study.Kind.ALTERNATIVES) is None
    assert not Study.objects.exists()


@pytest.mark.parametrize("kind", list(Study.Kind))
def test_a_job_replaces_what_was_worked_out_before_the_board_was_changed(
    board: Board, cora: Person, kind: Study.Kind
) -> None:
    """As after a publication: the brief that is kept then is the one of the board that was published."""
    actions.ask(board, kind=kind)
    decide(board, Kind.FORBID, standing(board).lines[0].pair, cora)
    for _ in range(2):
        actions.answer.call(board.organisation_id, board.runs.get().code, str(kind))
        assert Study.objects.get().step == 1


def test_the_plan_that_is_known_is_not_looked_for_again(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[problems.Question] = []
    monkeypatch.setattr(bridge, "other_plans", lambda question, tell: asked.append(question))
    actions.ask(board, kind=Study.Kind.ALTERNATIVES)
    assert asked[0].plan is not None
    assert asked[0].plan.digest == asked[0].problem.digest


def test_more_locked_pairs_than_places_of_today_are_told_in_words(board: Board, browser: Client, cora: Person) -> None:
    busy = next(a for a, _ in standing(board).state.pairs if sum(a == b for b, _ in standing(board).state.pairs) == 2)
    for pair in [pair for pair in standing(board).state.pairs if pair[0] == busy]:
        decide(board, Kind.LOCK, pair, cora)
    Enrolment.objects.filter(cohort=board.cohort, person__code=busy).update(capacity=1)
    said = browser.post(address(board, "repairs"), follow=True)
    assert said.status_code == 200
    assert "There is no answer yet" in said.content.decode()
    assert Person.objects.get(code=busy).name in said.content.decode()
