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
    found = rules.of(labels, {}, {})
    assert all(group.people >= rules.SMALLEST for group in found)
    assert not found or sum(group.people for group in found) == len(labels)
    assert len(found) != 1


people = st.lists(st.tuples(st.sampled_from("abcde"), st.booleans(), st.integers(0, 2)), max_size=60)


@given(people)
def test_no_part_of_a_group_is_small_nor_what_the_rest_have_in_common(told: list[tuple[str, bool, int]]) -> None:
    labels = {str(at): label for at, (label, _, _) in enumerate(told)}
    scores = {str(at): 5000 for at, (_, served, _) in enumerate(told) if served}
    waited = {str(at): rounds for at, (_, _, rounds) in enumerate(told) if rounds}
    found = rules.of(labels, scores, waited)
    for part, whole in (("served", len(scores)), ("waited", len(waited))):
        shown = [group for group in found if getattr(group, part) is not None]
        assert not any(
            _is_small(getattr(group, part)) or _is_small(group.people - getattr(group, part)) for group in shown
        )
        if shown:
            rest = whole - sum(getattr(group, part) for group in shown)
            people = len(told) - sum(group.people for group in shown)
            assert not _is_small(rest)
            assert not _is_small(people - rest)
    assert rules.shown(found) == found


def _is_small(count: int) -> bool:
    return 0 < count < rules.SMALLEST


def test_groups_show_how_many_are_served_how_well_and_how_long_they_waited() -> None:
    labels = {str(number): "north" if number < 10 else "south" for number in range(20)}
    scores = {str(number): 8000 if number < 5 else 6000 for number in range(15)}
    waited = {str(number): 2 if number == 3 else 1 for number in range(5)}
    north, south = sorted(rules.of(labels, scores, waited), key=lambda group: group.label)
    assert north == rules.Group("north", 10, 10, 7000, 5, 1.2)
    assert south == rules.Group("south", 10, 5, 6000, 0, None)


def test_one_person_without_a_mentor_is_in_no_group() -> None:
    labels = {str(number): "north" if number < 10 else "south" for number in range(20)}
    found = rules.of(labels, {str(number): 5000 for number in range(19)}, {"19": 2})
    assert [(group.served, group.average, group.waited, group.rounds) for group in found] == [
        (None, 5000, None, None)
    ] * 2


def test_a_sheet_that_was_kept_with_small_figures_is_shown_without_them(board: Board, cora: Person) -> None:
    actions.keep_sheet(board)
    sheet = FairnessSheet.objects.get()
    groups = [
        {"label": "Manufacturing", "people": 5, "served": 4, "average": 5000.0},
        {"label": "Law", "people": 9, "served": 9, "average": 6000.0},
        {"label": "Arts", "people": 11, "served": 6, "average": 6000.0},
    ]
    sheet.data["groupings"] = [{"label": "Department", "groups": groups}]
    sheet.save()
    (shown,) = signed_in(cora).get(address(board)).context["groupings"]
    assert [(row["served"], row["average"]) for row in shown["groups"]] == [(None, "–"), (9, "–"), (None, "60 %")]
    assert shown["kept_back"]
    assert shown["has"] == {"served": True, "waited": False}


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


def test_where_nobody_would_be_better_off_the_sheet_says_just_that(board: Board, cora: Person) -> None:
    actions.keep_sheet(board)
    sheet = FairnessSheet.objects.get()
    sheet.data["evenness"] |= {"envious": 0, "with_their_best": 0}
    sheet.save()
    page = signed_in(cora).get(address(board)).content.decode()
    assert "Nobody would fit better" in page
    assert "hardly ever zero" not in page
    assert "No mentee has the mentor who fits them best" in page


def test_where_nobody_of_a_group_waited_there_are_no_rounds_and_nothing_is_kept_back(
    board: Board, cora: Person
) -> None:
    actions.keep_sheet(board)
    sheet = FairnessSheet.objects.get()
    all_served = {"people": 9, "served": 9, "average": 6000.0}
    groups = [
        {"label": "Law", **all_served, "waited": 9, "rounds": 1.5},
        {"label": "Arts", **all_served, "waited": 0, "rounds": None},
    ]
    sheet.data["groupings"] = [{"label": "Department", "groups": groups}]
    sheet.save()
    (shown,) = signed_in(cora).get(address(board)).context["groupings"]
    assert [row["rounds"] for row in shown["groups"]] == ["1.5", "–"]
    assert not shown["kept_back"]


def test_a_sheet_names_nobody(board: Board, cora: Person) -> None:
    actions.keep_sheet(board)
    kept = str(FairnessSheet.objects.get().data)
    standing = matchings.Standing(board)
    assert not any(code in kept or standing.people[code].name in kept for pair in standing.state.pairs for code in pair)
