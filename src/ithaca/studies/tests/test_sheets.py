from __future__ import annotations

from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ithaca.matching import actions as matching
from ithaca.matching import queries as matchings
from ithaca.matching.models import Board
from ithaca.matching.rules.board import Change as Wanted
from ithaca.matching.rules.board import Kind
from ithaca.matching.tests import worlds
from ithaca.people.models import Person, Profile
from ithaca.people.tests.conftest import signed_in
from ithaca.studies import actions, rules
from ithaca.studies.models import FairnessSheet, Study


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


def address(board: Board) -> str:
    return reverse("studies:fairness", args=["harbour", board.code])


def test_the_sheet_is_kept_when_a_run_ends_and_shown_from_there(
    organisation, cora: Person, django_capture_on_commit_callbacks
) -> None:
    cohort = worlds.cohort(mentors=6, mentees=8)
    with django_capture_on_commit_callbacks(execute=True):
        board = matching.match_now(cohort, by=cora).board
    sheet = FairnessSheet.objects.get()
    standing = matchings.Standing(board)
    scores = sorted(standing.scores.values())
    assert (sheet.data["evenness"]["worst"], sheet.data["evenness"]["best"]) == (scores[0], scores[-1])
    assert (sheet.step, sheet.input_hash) == (0, standing.run.result.input_hash)
    page = signed_in(cora).get(address(board)).content.decode()
    assert "weakest pair" in page
    assert f"{scores[0] / 100:.0f} %" in page
    assert sheet.input_hash in page
    Profile.objects.update(employer="Another")
    assert FairnessSheet.objects.get().data == sheet.data


def test_after_a_change_by_hand_the_sheet_says_so_and_is_worked_out_anew(board: Board, cora: Person) -> None:
    browser = signed_in(cora)
    assert "Not worked out yet" in browser.get(address(board)).content.decode()
    browser.post(address(board))
    browser.post(address(board))
    assert FairnessSheet.objects.count() == 1
    lines = matchings.Standing(board).lines
    matching.change(board, wanted=Wanted(Kind.FORBID, *lines[-1].pair), by=cora)
    changed = browser.get(address(board))
    assert not changed.context["of_now"]
    assert "before the board was changed by hand" in changed.content.decode()
    browser.post(address(board))
    again = browser.get(address(board))
    assert again.context["of_now"]
    assert again.context["sheet"].data["evenness"]["worst"] == lines[-2].score
    matching.undo(board, by=cora)
    assert browser.get(address(board)).context["sheet"].step == 0


def test_sheet_and_brief_are_kept_with_what_is_published(
    board: Board, cora: Person, django_capture_on_commit_callbacks
) -> None:
    line = matchings.Standing(board).lines[0]
    matching.change(board, wanted=Wanted(Kind.LOCK, *line.pair), by=cora)
    with django_capture_on_commit_callbacks(execute=True):
        matching.publish(board, by=cora)
    assert FairnessSheet.objects.get().step == 1
    assert Study.objects.get().kind == Study.Kind.RECRUITS


def test_a_sheet_names_nobody(board: Board, cora: Person) -> None:
    actions.keep_sheet(board)
    kept = str(FairnessSheet.objects.get().data)
    standing = matchings.Standing(board)
    assert not any(code in kept or standing.people[code].name in kept for pair in standing.state.pairs for code in pair)
