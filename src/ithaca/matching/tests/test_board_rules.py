from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.matching.rules.board import (
    Change,
    Kind,
    Places,
    State,
    fold,
    redoable,
    refusal,
    refusal_of_solution,
    undoable,
)
from ithaca.matching.rules.difference import between

AB = frozenset({("a", "x"), ("b", "y")})
PLACES = Places({"a": 1, "b": 1, "c": 2}, {"x": 1, "y": 1, "z": 1})


def test_a_swap_exchanges_the_mentors_and_holds_both_pairs() -> None:
    state = fold(AB, [Change(Kind.SWAP, "a", "x", "b", "y")])
    assert state.pairs == state.locked == state.by_hand == {("a", "y"), ("b", "x")}


def test_an_assignment_takes_the_place_of_others() -> None:
    state = fold(AB, [Change(Kind.ASSIGN, "a", "y", other_mentor="b", other_mentee="x")])
    assert state.pairs == {("a", "y")}


def test_a_forbidden_pair_ends_and_an_assignment_allows_it_again() -> None:
    forbidden = fold(AB, [Change(Kind.FORBID, "a", "x")])
    assert forbidden == State(frozenset({("b", "y")}), frozenset(), frozenset({("a", "x")}))
    assert forbidden.after(Change(Kind.ASSIGN, "a", "x")).forbidden == frozenset()


def test_a_new_solution_keeps_locks_and_exclusions() -> None:
    changes = [
        Change(Kind.LOCK, "a", "x"),
        Change(Kind.FORBID, "b", "y"),
        Change(Kind.SOLVE, pairs=frozenset({("a", "x"), ("c", "y")})),
    ]
    state = fold(AB, changes)
    assert state.pairs == {("a", "x"), ("c", "y")}
    assert state.locked == {("a", "x")}
    assert state.forbidden == {("b", "y")}


def test_a_solution_never_brings_back_a_pair_that_is_kept_apart() -> None:
    state = fold(AB, [Change(Kind.FORBID, "a", "x"), Change(Kind.SOLVE, pairs=AB)])
    assert state.pairs == {("b", "y")}
    assert state.forbidden == {("a", "x")}


def test_a_solution_that_undoes_what_was_decided_is_refused_in_words() -> None:
    apart, locked = State(AB, forbidden=frozenset({("c", "z")})), State(AB, locked=AB)
    assert "kept apart" in refusal_of_solution(apart, frozenset({("c", "z")}), frozenset())
    assert "locked" in refusal_of_solution(locked, frozenset({("a", "x")}), AB)
    assert refusal_of_solution(locked, frozenset({("a", "x")}), frozenset({("a", "x")})) == ""  # somebody has left
    assert refusal_of_solution(apart, AB, frozenset()) == refusal_of_solution(locked, AB, AB) == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(Kind.ASSIGN, "a", "z"), "no free place"),
        (Change(Kind.ASSIGN, "c", "x"), "has a mentor already"),
        (Change(Kind.ASSIGN, "a", "x"), "a pair already"),
        (Change(Kind.ASSIGN, "gone", "z"), "does not take part"),
        (Change(Kind.LOCK, "a", "y"), "not a pair"),
        (Change(Kind.UNLOCK, "a", "x"), "not locked"),
        (Change(Kind.UNMATCH, "a", "y"), "not a pair"),
        (Change(Kind.ALLOW, "a", "x"), "not kept apart"),
        (Change(Kind.SWAP, "a", "x", "a", "x"), "share a person"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(change: Change, words: str) -> None:
    assert words in refusal(State(AB), change, PLACES)


def test_what_can_be_done_is_not_refused() -> None:
    state = State(AB)
    for change in (
        Change(Kind.LOCK, "a", "x"),
        Change(Kind.FORBID, "a", "z"),
        Change(Kind.ASSIGN, "c", "z"),
        Change(Kind.ASSIGN, "c", "x", other_mentor="a"),
        Change(Kind.SWAP, "a", "x", "b", "y"),
    ):
        assert refusal(state, change, PLACES) == ""


def test_redo_brings_back_the_last_undone_unless_something_new_was_done() -> None:
    assert undoable([1, 2, 3], []) == 3
    assert redoable([1, 2, 3], [3, 2]) == 2
    assert redoable([1, 2, 3], [3]) == 3
    assert redoable([1, 2, 3, 4], [3]) is None
    assert redoable([1, 2, 3, 4], [3, 4]) == 4
    assert undoable([], []) is None


def test_a_difference_names_who_changes() -> None:
    difference = between(AB, {("a", "x"), ("b", "z")})
    assert difference.kept == {("a", "x")}
    assert [(move.mentee, move.before, move.after) for move in difference.moves] == [
        ("y", ("b",), ()),
        ("z", (), ("b",)),
    ]
    assert (difference.newly_served, difference.no_longer_served) == (1, 1)


MENTORS, MENTEES = "abcde", "vwxyz"
people = st.tuples(st.sampled_from(MENTORS), st.sampled_from(MENTEES))
changes = st.builds(
    lambda kind, pair, other, leaving: Change(
        kind,
        *pair,
        other_mentor=other[0] if kind == Kind.SWAP or "m" in leaving else "",
        other_mentee=other[1] if kind == Kind.SWAP or "e" in leaving else "",
    ),
    st.sampled_from([kind for kind in Kind if kind != Kind.SOLVE]),
    people,
    people,
    st.sampled_from(["", "m", "e", "me"]),
)


@settings(max_examples=300, deadline=None)
@given(
    capacity=st.lists(st.integers(0, 3), min_size=5, max_size=5),
    steps=st.lists(st.one_of(changes, st.sampled_from(["undo", "redo"])), max_size=25),
)
def test_any_sequence_of_deeds_keeps_the_board_sound(capacity: list[int], steps: list[object]) -> None:
    """Nobody over their places, locks are pairs, nothing is both paired and forbidden, undo then redo changes nothing."""
    places = Places(dict(zip(MENTORS, capacity, strict=True)), dict.fromkeys(MENTEES, 1))
    made: list[Change] = []
    undone: list[int] = []

    def board() -> State:
        return fold((), [change for number, change in enumerate(made, 1) if number not in undone])

    for step in steps:
        numbers = range(1, len(made) + 1)
        if step == "undo":
            if (number := undoable(numbers, undone)) is not None:
                before = board()
                undone.append(number)
                assert redoable(numbers, undone) == number
                undone.remove(number)
                assert board() == before
                undone.append(number)
        elif step == "redo":
            if (number := redoable(numbers, undone)) is not None:
                undone.remove(number)
        elif isinstance(step, Change) and not refusal(board(), step, places):
            made.append(step)
        state = board()
        assert state.locked <= state.pairs
        assert state.by_hand <= state.pairs
        assert not state.forbidden & state.pairs
        for mentor, places_of in places.mentors.items():
            assert sum(pair[0] == mentor for pair in state.pairs) <= places_of
        for mentee in MENTEES:
            assert sum(pair[1] == mentee for pair in state.pairs) <= 1


@settings(max_examples=300, deadline=None)
@given(pairs=st.frozensets(people), steps=st.lists(st.one_of(changes, st.frozensets(people)), max_size=15))
def test_no_deed_loses_what_was_decided_but_the_one_that_takes_it_back(
    pairs: frozenset[tuple[str, str]], steps: list[Change | frozenset[tuple[str, str]]]
) -> None:
    """Whatever solutions are taken: kept apart until allowed or paired by hand, locked until unlocked or taken apart by hand."""
    places = Places(dict.fromkeys(MENTORS, 9), dict.fromkeys(MENTEES, 9))
    state = State(pairs)
    for step in steps:
        before = state
        if isinstance(step, frozenset):
            if not refusal_of_solution(state, step, state.locked):
                state = state.after(Change(Kind.SOLVE, pairs=step))
                assert before.locked <= state.locked
            assert before.forbidden <= state.forbidden
            assert before.forbidden <= before.after(Change(Kind.SOLVE, pairs=step)).forbidden
        elif not refusal(state, step, places):
            state = state.after(step)
            freed = {step.pair} if step.kind == Kind.ALLOW else set(step.made)
            opened = {step.pair} if step.kind == Kind.UNLOCK else set(step.ended)
            assert before.forbidden - freed <= state.forbidden
            assert before.locked - opened <= state.locked
        assert not state.forbidden & state.pairs
        assert state.locked <= state.pairs
