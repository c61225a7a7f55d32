"""The sparse solver against linear programming: same worth, and prices that prove it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ithaca.pairing.side import ProblemError
from ithaca.pairing.solvers.priced import auction, exact, repair, sparse


def best_worth(scores: np.ndarray, mentor_capacity: np.ndarray, mentee_capacity: np.ndarray, bonus: np.ndarray) -> int:
    """By linear programming (the constraints are a network, so a vertex is whole): one variable a pair, one a served mentee."""
    mentors, mentees = scores.shape
    pairs = np.argwhere(scores >= 0)
    if len(pairs) == 0:
        return 0
    cost = np.concatenate([-scores[pairs[:, 0], pairs[:, 1]], -bonus])
    rows = np.zeros((mentors + 2 * mentees, len(cost)))
    for k, (i, j) in enumerate(pairs):
        rows[i, k] = 1
        rows[mentors + j, k] = 1
        rows[mentors + mentees + j, k] = -1
    rows[mentors + mentees + np.arange(mentees), len(pairs) + np.arange(mentees)] = 1
    limits = np.concatenate([mentor_capacity, mentee_capacity, np.zeros(mentees)])
    return round(-linprog(cost, A_ub=rows, b_ub=limits, bounds=(0, 1)).fun)


def graph_of(scores: np.ndarray) -> sparse.Graph:
    mentor, mentee = np.nonzero(scores >= 0)
    return sparse.with_pairs(
        sparse.empty_graph(scores.shape[1]), mentee, mentor, scores[mentor, mentee], scores.shape[0]
    )


def assert_optimal(scores, graph, seats, bonus, duals) -> None:
    worth = repair.worth(seats, bonus)
    assert worth == scores[seats.seat_mentor, seats.place_mentee[seats.place_of]][seats.place_of >= 0].sum() + sum(
        bonus[repair.with_a_mentor(seats)]
    )
    assert worth == repair.bound(seats, bonus, duals)
    assert worth == best_worth(scores, np.diff(seats.seat_ptr), np.diff(seats.place_ptr), bonus)
    assert duals.mentor.min(initial=0) >= 0
    assert (duals.mentee + bonus).min(initial=0) >= 0
    sitting = np.flatnonzero(seats.seat_of >= 0)
    pairs = list(zip(seats.seat_mentor[seats.seat_of[sitting]], seats.place_mentee[sitting], strict=True))
    assert len(set(pairs)) == len(pairs)
    slack = duals.mentee[None, :] + duals.mentor[:, None] - scores
    slack[tuple(np.array(pairs, int).reshape(-1, 2).T)] = 0
    assert (slack >= 0)[scores >= 0].all()


@st.composite
def problems(draw):
    mentors, mentees = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    top = draw(st.sampled_from([0, 1, 5, 10_000]))
    scores = rng.integers(0, top + 1, (mentors, mentees))
    scores[rng.random(scores.shape) < draw(st.sampled_from([0, 0.3, 0.8]))] = -1
    most = draw(st.sampled_from([1, 3]))
    bonus = draw(st.sampled_from([0, 3, 20_000])) + rng.integers(0, 3, mentees) * draw(st.sampled_from([0, 1, 50]))
    return scores, rng.integers(1, 4, mentors), rng.integers(1, most + 1, mentees), bonus


@settings(max_examples=150, deadline=None)
@given(problems(), st.booleans())
def test_the_auction_and_the_repair_reach_the_best_worth(problem, by_repair_alone) -> None:
    scores, mentor_capacity, mentee_capacity, bonus = problem
    graph, seats = graph_of(scores), sparse.seating(mentor_capacity, mentee_capacity)
    duals = sparse.Duals(np.zeros(scores.shape[1], np.int64), np.zeros(scores.shape[0], np.int64))
    exact.solve_sparse(graph, seats, bonus, duals, 0 if by_repair_alone else None)
    assert_optimal(scores, graph, seats, bonus, duals)


@settings(max_examples=100, deadline=None)
@given(problems(), problems())
def test_prices_and_seats_of_another_problem_are_repaired(before, after) -> None:
    scores, mentor_capacity, mentee_capacity, bonus = after
    rng = np.random.default_rng(len(before[0]))
    graph, seats = graph_of(scores), sparse.seating(mentor_capacity, mentee_capacity)
    free = rng.permutation(len(seats.seat_mentor))
    for p, seat in zip(range(len(seats.place_mentee)), free, strict=False):
        seats.seat_of[p], seats.place_of[seat] = seat, p
    duals = sparse.Duals(np.zeros(scores.shape[1], np.int64), rng.integers(0, 12_000, scores.shape[0]))
    exact.solve_sparse(graph, seats, bonus, duals, 0)
    assert_optimal(scores, graph, seats, bonus, duals)


@settings(max_examples=100, deadline=None)
@given(problems(), st.integers(0, 2**32), st.integers(0, 2))
def test_a_repair_broken_off_leaves_prices_right_and_names_who_is_left(problem, seed, turns) -> None:
    scores, mentor_capacity, mentee_capacity, bonus = problem
    graph, seats = graph_of(scores), sparse.seating(mentor_capacity, mentee_capacity)
    prices = np.random.default_rng(seed).integers(0, 12_000, scores.shape[0])
    duals = sparse.Duals(np.zeros(scores.shape[1], np.int64), prices)
    mentees, mentors = repair.repair(graph, seats, bonus, duals, turns=turns)
    chosen = np.zeros(scores.shape, bool)
    chosen[seats.seat_mentor[seats.place_of >= 0], seats.place_mentee[seats.place_of[seats.place_of >= 0]]] = True
    assert (duals.mentee[None, :] + duals.mentor[:, None] >= scores)[~chosen & (scores >= 0)].all()
    alone = np.setdiff1d(np.arange(scores.shape[1]), repair.with_a_mentor(seats))
    assert set(alone[(duals.mentee + bonus)[alone] > 0]) <= set(mentees)
    assert {i for i in seats.seat_mentor[seats.place_of < 0] if duals.mentor[i] > 0} <= set(mentors)
    repair.repair(graph, seats, bonus, duals, np.zeros(0, np.int64))
    assert_optimal(scores, graph, seats, bonus, duals)


@pytest.mark.parametrize("changed", ["mentor", "mentee"])
def test_a_wrong_price_is_not_a_proof(changed: str) -> None:
    scores = np.array([[7, 5], [6, 1]])
    graph, seats = graph_of(scores), sparse.seating(np.ones(2, int), np.ones(2, int))
    duals = sparse.Duals(np.zeros(2, np.int64), np.zeros(2, np.int64))
    bonus = np.zeros(2, np.int64)
    exact.solve_sparse(graph, seats, bonus, duals)
    assert repair.worth(seats, bonus) == repair.bound(seats, bonus, duals) == 11
    getattr(duals, changed)[0] += 1
    assert repair.bound(seats, bonus, duals) > 11


@pytest.mark.parametrize("scarce", [True, False], ids=["few mentors", "few mentees"])
def test_the_auction_counts_within_64_bits_also_where_a_bonus_is_large(
    monkeypatch: pytest.MonkeyPatch, scarce: bool
) -> None:
    rng = np.random.default_rng(3)
    scores = rng.integers(0, 10_001, (40, 60) if scarce else (60, 40))
    graph, seats = graph_of(scores), sparse.seating(*(np.ones(n, int) for n in scores.shape))
    bonus = (1 << 58) + rng.integers(0, 3, scores.shape[1]) * (1 << 50)
    duals = sparse.Duals(np.zeros(scores.shape[1], np.int64), np.zeros(scores.shape[0], np.int64))
    exact.solve_sparse(graph, seats, bonus, duals)
    graph.score[:] += rng.integers(0, 5, len(graph.score), dtype=np.int32)
    largest: list[int] = []
    auction = exact.auction

    def watched(graph, seats, bonus, scale, price, epsilon) -> None:
        largest.append((int(bonus.max()) + int(graph.score.max())) * scale)
        auction(graph, seats, bonus, scale, price, epsilon)
        largest.append(int(price.max()))

    monkeypatch.setattr(exact, "auction", watched)
    exact.solve_sparse(graph, seats, bonus, duals, 5)
    assert 0 <= min(largest) <= max(largest) < 1 << 60
    assert repair.worth(seats, bonus) == repair.bound(seats, bonus, duals)


def test_prices_without_a_spare_residue_are_cut_at_none() -> None:
    assert auction.round_prices(np.array([0, 4, 8, 11]), 3).tolist() == [0, 1, 2, 3]
    assert auction.round_prices(np.array([0, 5, 9]), 1).tolist() == [0, 5, 9]


@pytest.mark.parametrize("side", ["mentors", "mentees"])
def test_more_places_than_can_be_listed_are_refused_before_memory_is_taken(side: str) -> None:
    one_each, anybody = np.ones(10_000, np.int64), np.full(10_000, 10_000)
    with pytest.raises(ProblemError, match=f"the 10,000 {side} have 100,000,000 places in all, .* can have 50,000,000"):
        sparse.seating(*((anybody, one_each) if side == "mentors" else (one_each, anybody)))


def test_pairs_are_added_once_and_in_order() -> None:
    graph = sparse.with_pairs(sparse.empty_graph(2), np.array([1, 0, 1]), np.array([2, 1, 0]), np.array([5, 6, 7]), 3)
    again = sparse.with_pairs(graph, np.array([1, 0]), np.array([2, 0]), np.array([5, 9]), 3)
    assert graph.mentor.tolist() == [1, 0, 2] and graph.score.tolist() == [6, 7, 5]
    assert again.ptr.tolist() == [0, 2, 4] and again.mentor.tolist() == [0, 1, 0, 2]
