from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ithaca.activity.models import Activity
from ithaca.matching import actions, queries
from ithaca.matching.bridge import solving
from ithaca.matching.models import Board, Change, Run, Undone, packed, unpacked
from ithaca.matching.rules.board import Change as Wanted
from ithaca.matching.rules.board import Kind, Refused
from ithaca.matching.tests import worlds
from ithaca.people.models import Organisation, Person
from ithaca.programmes.models import Cohort, Enrolment, Preference, Withdrawal


def standing(board: Board) -> queries.Standing:
    return queries.Standing(Board.objects.select_related("cohort").get(pk=board.pk))


def test_a_board_begins_as_its_run(board: Board, run: Run) -> None:
    found = standing(board)
    assert found.state.pairs == queries.pairs_of(run)
    assert sum(line.score for line in found.lines) == run.result.total
    assert len(found.unmatched_mentees) == 2
    assert found.free_mentors == []


def test_a_lock_is_a_row_with_who_and_why_and_is_told(board: Board, cora: Person) -> None:
    pair = standing(board).lines[0].pair
    made = actions.change(board, wanted=Wanted(Kind.LOCK, *pair), by=cora, why="They met at the fair.")
    assert (made.by, made.why, made.number) == (cora, "They met at the fair.", 1)
    assert standing(board).state.locked == {pair}
    assert "locked" in Activity.objects.get(key="matching.board_changed").sentence


def test_undo_and_redo_are_rows_too(board: Board, cora: Person) -> None:
    before = standing(board).state
    pair = standing(board).lines[-1].pair
    actions.change(board, wanted=Wanted(Kind.FORBID, *pair), by=cora)
    after = standing(board).state
    assert pair in after.forbidden
    actions.undo(board, by=cora)
    assert standing(board).state == before
    assert Change.objects.count() == Undone.objects.count() == 1
    actions.redo(board, by=cora)
    assert standing(board).state == after
    keys = set(Activity.objects.values_list("key", flat=True))
    assert {"matching.change_undone", "matching.change_redone"} <= keys
    with pytest.raises(Refused):
        actions.redo(board, by=cora)


def test_a_swap_is_judged_by_the_engine(board: Board, cora: Person) -> None:
    first, second = standing(board).lines[:2]
    wanted = Wanted(Kind.SWAP, *first.pair, *second.pair)
    made = actions.change(board, wanted=wanted, by=cora)
    assert {(judged["mentor"], judged["mentee"]) for judged in made.judged} == set(wanted.made)
    found = standing(board)
    after = {line.pair: line for line in found.lines}
    assert all(after[pair].by_hand and after[pair].locked for pair in wanted.made)
    assert sum(found.scores.values()) <= found.run.result.total


def test_a_pair_against_a_rule_is_noted_and_kept(board: Board, cora: Person) -> None:
    found = standing(board)
    mentee = Person.objects.get(code=found.unmatched_mentees[0])
    mentee.profile.languages = ["ja"]
    mentee.profile.save()
    run = actions.match_now(board.cohort, by=cora)
    found = standing(run.board)
    line = found.lines[0]
    wanted = Wanted(Kind.ASSIGN, line.mentor, mentee.code, other_mentee=line.mentee)
    made = actions.change(run.board, wanted=wanted, by=cora)
    assert made.judged[0]["broken"] == ["no language in common"]
    kept = next(kept for kept in standing(run.board).lines if kept.pair == wanted.pair)
    assert kept.broken == ("no language in common",)


def test_solving_again_keeps_locks_and_exclusions_and_is_taken_by_hand(board: Board, cora: Person) -> None:
    lines = standing(board).lines
    actions.change(board, wanted=Wanted(Kind.LOCK, *lines[0].pair), by=cora)
    actions.change(board, wanted=Wanted(Kind.FORBID, *lines[1].pair), by=cora)
    run = actions.solve_again(board, by=cora)
    pairs = queries.pairs_of(run)
    assert lines[0].pair in pairs
    assert lines[1].pair not in pairs
    assert run.result.served == 6
    assert lines[1].pair not in standing(board).state.pairs
    assert len(standing(board).state.pairs) == 5
    actions.take(board, run=run, by=cora)
    found = standing(board)
    assert found.state.pairs == pairs
    assert found.state.locked == {lines[0].pair}
    assert found.state.forbidden == {lines[1].pair}
    actions.undo(board, by=cora)
    assert len(standing(board).state.pairs) == 5


def test_a_solution_of_an_older_board_is_not_taken(board: Board, cora: Person) -> None:
    run = actions.solve_again(board, by=cora)
    actions.change(board, wanted=Wanted(Kind.LOCK, *standing(board).lines[0].pair), by=cora)
    with pytest.raises(Refused, match="changed after"):
        actions.take(board, run=run, by=cora)


def test_two_runs_are_compared(board: Board, run: Run, cora: Person) -> None:
    actions.change(board, wanted=Wanted(Kind.FORBID, *standing(board).lines[0].pair), by=cora)
    other = actions.solve_again(board, by=cora)
    comparison = queries.comparison_of(
        queries.scores_of(run), queries.scores_of(other), queries.people_of(board.cohort)
    )
    assert comparison.before.total >= comparison.after.total
    assert comparison.moves
    assert comparison.before.served == comparison.after.served == 6


def test_the_filter_finds_pairs(board: Board) -> None:
    from ithaca.matching.forms import Wanted as Filter

    found = standing(board)
    worst, best = queries.rows_of(found, Filter()), queries.rows_of(found, Filter(order="best"))
    assert [row.line for row in worst] == [row.line for row in best][::-1]
    name = best[0].mentee.name
    assert [row.mentee.name for row in queries.rows_of(found, Filter(text=name.upper()))] == [name]
    assert list(queries.rows_of(found, Filter(only="locked"))) == []
    assert len(queries.rows_of(found, Filter(language="en"))) == 6


def test_reasons_add_up_and_keep_what_people_keep(board: Board) -> None:
    found = standing(board)
    line = found.lines[0]
    context = queries.pair_of(found, line.pair)
    assert sum(part.points for part in context["reasons"].parts) == line.score
    assert context["other_mentors"]
    mentor = Person.objects.get(code=line.mentor)
    mentor.profile.visibility = {"interests": 1}
    mentor.profile.save()
    assert "lived_experience" in queries.kept_for_matching(line.pair)[line.mentor]


def test_what_nobody_told_is_no_mismatch(cohort: Cohort, cora: Person) -> None:
    mentor, mentee, other = (worlds.named(cohort, name) for name in ("Mentor 001", "Mentee 001", "Mentor 002"))
    mentor.profile.style = {"Plans ahead": 4}
    mentor.profile.lived_experience = ["Long illness"]
    mentor.profile.save()
    second = worlds.named(cohort, "Mentee 002")
    second.profile.style = {"Plans ahead": 5}
    second.profile.lived_experience_wanted = ["Long illness"]
    second.profile.save()
    by_person = {row.person_id: row for row in Enrolment.objects.filter(cohort=cohort)}
    Preference.objects.create(enrolment=by_person[mentee.pk], other=by_person[other.pk], rank=1)
    found = standing(actions.match_now(cohort, by=cora).board)

    def said(mentor: Person, mentee: Person, label: str) -> tuple[str, bool]:
        parts = queries.pair_of(found, (mentor.code, mentee.code))["reasons"].parts
        return next((part.words, part.kept) for part in parts if part.label == label)

    style, lived, named = "Values and working style", "Lived experience asked for", "Stated preferences"
    assert said(mentor, mentee, style) == ("one of the two has not told this", False)
    assert said(other, mentee, style) == ("neither of the two has told this", False)
    assert said(mentor, second, style) == ("alike in Plans ahead", False)
    assert said(mentor, mentee, lived) == ("one of the two has not told this", False)
    assert said(other, mentee, lived) == ("neither of the two has told this", False)
    assert said(mentor, second, lived) == ("", True)
    assert said(other, mentee, named)[0].startswith("the mentee's wish")
    assert said(mentor, mentee, named) == ("neither of the two named the other", False)
    assert said(mentor, second, named) == ("neither of the two named anybody", False)


def test_free_places_are_counted_not_their_mentors(organisation: Organisation, cora: Person) -> None:
    found = standing(actions.match_now(worlds.cohort(mentors=2, mentees=1, capacity=3), by=cora).board)
    assert dict(found.tabs())["mentors"] == 5
    assert len(found.free_mentors) == 2


def test_who_is_without_hears_why(board: Board) -> None:
    found = standing(board)
    context = queries.alone_of(found, found.unmatched_mentees[0], "mentee")
    assert "taken" in context["why"].sentence
    assert context["other_mentors"]


def test_after_unpairing_by_hand_nobody_is_told_that_nothing_could_be_done(board: Board, cora: Person) -> None:
    line = standing(board).lines[0]
    actions.change(board, wanted=Wanted(Kind.UNMATCH, *line.pair), by=cora)
    found = standing(board)
    why = queries.alone_of(found, line.mentee, "mentee")["why"]
    name = Person.objects.get(code=line.mentor).name
    assert f"{name} has a free place. This plan does not serve all it could: 1 mentee more could have" in why.sentence
    assert f"The plan with the highest total gives them {name}." in why.sentence
    assert (why.changes, why.better) == ((), True)
    why = queries.alone_of(found, line.mentor, "mentor")["why"]
    assert "The plan with the highest total gives them Mentee" in why.sentence
    assert (why.changes, why.better) == ((), True)


def test_solving_again_asks_as_much_for_one_pair_as_for_thirty(organisation: Organisation, cora: Person) -> None:
    counts = []
    for size in (1, 30):
        board = actions.match_now(worlds.cohort(size, size, name=f"Round of {size}"), by=cora).board
        with CaptureQueriesContext(connection) as asked:
            assert actions.solve_again(board, by=cora).result.served == size
        counts.append(len(asked))
    assert counts[0] == counts[1], counts


def test_a_pair_kept_apart_on_the_board_is_named_as_that_and_not_offered(board: Board, cora: Person) -> None:
    """The run knows nothing of it, and solving again never gives the pair, so its best plan is none to point to."""
    line = standing(board).lines[0]
    actions.change(board, wanted=Wanted(Kind.FORBID, *line.pair), by=cora)
    found = standing(board)
    names = {code: queries.card_of(found, code).name for code in line.pair}
    context = queries.alone_of(found, line.mentee, "mentee")
    why = context["why"]
    assert why.sentence.endswith(f"Kept apart by hand on this board: {names[line.mentor]}.")
    assert f"{names[line.mentor]} has a free place" not in why.sentence
    assert "gives them" not in why.sentence
    assert "more could have a mentor" not in why.sentence
    assert "solve again to see the best without it" in why.sentence
    assert (why.changes, why.better, why.apart_since) == ((), False, True)
    assert line.mentor not in {other.card.code for other in context["other_mentors"]}
    why = queries.alone_of(found, line.mentor, "mentor")["why"]
    assert why.sentence.endswith(f"Kept apart by hand on this board: {names[line.mentee]}.")
    assert "gives them" not in why.sentence
    actions.take(board, run=actions.solve_again(board, by=cora), by=cora)
    found = standing(board)
    alone = found.unmatched_mentees[0]
    assert not queries.alone_of(found, alone, "mentee")["why"].apart_since


def found_otherwise(board: Board) -> tuple[Run, solving.Answer, bytes]:
    """The board's run, its answer as if it had been found elsewhere, and what the engine saw."""
    run = board.runs.first()
    figures = ("mentors", "mentees", "places", "served", "total", "worst", "gap", "proven")
    answer = solving.Answer(
        **{name: getattr(run.result, name) for name in figures},
        digest=run.result.input_hash,
        plan=queries.plan_of(run),
    )
    return run, answer, bytes(run.input.data)


@pytest.mark.parametrize("kind", [Kind.FORBID, Kind.LOCK])
def test_a_plan_found_before_the_board_was_changed_is_not_put_beside_it(board: Board, cora: Person, kind: Kind) -> None:
    run, answer, seen = found_otherwise(board)
    assert actions.add_solution(board, of=run, step=0, found=answer, seen=seen, by=cora).number == 2
    actions.change(board, wanted=Wanted(kind, *standing(board).lines[0].pair), by=cora)
    with pytest.raises(Refused, match="board was changed after this was worked out"):
        actions.add_solution(board, of=run, step=0, found=answer, seen=seen, by=cora)
    assert board.runs.count() == 2
    actions.undo(board, by=cora)
    actions.add_solution(board, of=run, step=standing(board).step, found=answer, seen=seen, by=cora)


def test_a_plan_that_knows_nothing_of_what_was_decided_is_refused(board: Board, cora: Person) -> None:
    pair = standing(board).lines[0].pair
    actions.change(board, wanted=Wanted(Kind.FORBID, *pair), by=cora)
    run, answer, seen = found_otherwise(board)
    with pytest.raises(Refused, match="kept apart on the board"):
        actions.add_solution(board, of=run, step=1, found=answer, seen=seen, by=cora)


def test_a_kept_solution_that_undoes_what_was_decided_is_not_taken_and_hides_nothing(
    board: Board, cora: Person
) -> None:
    """Such could be put beside a board before; whoever took one then finds what they decided as they decided it."""
    first, second = (line.pair for line in standing(board).lines[:2])
    actions.change(board, wanted=Wanted(Kind.FORBID, *first), by=cora)
    actions.change(board, wanted=Wanted(Kind.LOCK, *second), by=cora)
    run = actions.solve_again(board, by=cora)
    plan = unpacked(run.result.plan)
    kept = [row for row in plan["pairs"] if (row["mentor"], row["mentee"]) != second]
    run.result.plan = packed(plan | {"pairs": kept})
    run.result.save()
    with pytest.raises(Refused, match="locked on the board"):
        actions.take(board, run=run, by=cora)
    run = actions.solve_again(board, by=cora)
    plan = unpacked(run.result.plan)
    old = {"mentor": first[0], "mentee": first[1], "points": 1, "fixed": False}
    run.result.plan = packed(plan | {"pairs": [*plan["pairs"], old]})
    run.result.save()
    with pytest.raises(Refused, match="kept apart on the board"):
        actions.take(board, run=run, by=cora)
    Change.objects.create(board=board, number=3, kind=Kind.SOLVE, run=run, by=cora)
    assert first not in standing(board).state.pairs
    assert standing(board).state.forbidden == {first}
    assert standing(board).state.locked == {second}


def test_a_lock_ends_with_the_one_who_left_and_the_others_stay(board: Board, cora: Person) -> None:
    gone, stays = (line.pair for line in standing(board).lines[:2])
    for pair in (gone, stays):
        actions.change(board, wanted=Wanted(Kind.LOCK, *pair), by=cora)
    Withdrawal.objects.create(enrolment=Enrolment.objects.get(person__code=gone[0]))
    actions.take(board, run=actions.solve_again(board, by=cora), by=cora)
    assert standing(board).state.locked == {stays}
