"""Circles, groups, roulette and people in both roles: rules hold, bounds hold, and small cases come out best."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.pairing import both_roles, groups
from ithaca.pairing.check import check
from ithaca.pairing.points import Array
from ithaca.pairing.problem import Constraints, Problem, Weighted
from ithaca.pairing.side import ProblemError, from_table
from ithaca.pairing.solvers import circles, fuller
from ithaca.pairing.tests import people


@pytest.mark.parametrize("number", range(40))
def test_sizes_are_as_equal_as_can_be(number: int) -> None:
    found = circles.sizes(number, 4, 6)
    assert sum(found) <= number
    assert max(found, default=0) - min(found, default=0) <= 1
    if number >= 4 and number != 7:
        assert sum(found) == number
        assert all(4 <= size <= 6 for size in found)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 26))
def test_circles_keep_employers_and_levels_apart_and_stay_below_the_bound(seed: int, number: int) -> None:
    side = people.side("mentee", number, seed)
    found = groups.peer_circles(side)
    seated = [person for members in found.groups for person in members]
    assert sorted([*seated, *found.left_over]) == sorted(side.ids)
    assert 0 <= found.total <= found.bound
    for members in found.groups:
        assert 2 <= len(members) <= 6
        for a, b in combinations([side.position[person] for person in members], 2):
            employers = {side.value(row, "employer") for row in (a, b)} - {""}
            levels = [side.value(row, "seniority") for row in (a, b) if side.value(row, "seniority") is not None]
            assert len(employers) != 1 or "" in (side.value(a, "employer"), side.value(b, "employer"))
            assert len(levels) < 2 or abs(levels[0] - levels[1]) <= 1


def most_seated(value: Array, smallest: int, largest: int) -> int:
    """By trying all sets of circles."""
    may = value > circles.APART
    possible = [
        frozenset(members)
        for size in range(smallest, largest + 1)
        for members in combinations(range(len(value)), size)
        if may[np.ix_(members, members)].all()
    ]

    def best(free: frozenset[int]) -> int:
        if len(free) < smallest:
            return 0
        first, rest = min(free), free - {min(free)}
        return max([best(rest), *(len(c) + best(free - c) for c in possible if first in c and c <= free)])

    return best(frozenset(range(len(value))))


def table(seed: int, number: int, share: float) -> Array:
    """What people are worth to each other; `share` of them may meet."""
    chance = np.random.default_rng(seed)
    value = chance.integers(0, 100, (number, number))
    apart = chance.random((number, number)) > share
    value = np.where(apart | apart.T, circles.APART, value + value.T)
    np.fill_diagonal(value, 0)
    return value


@settings(max_examples=20, deadline=None)
@given(
    st.integers(2, 30), st.integers(0, 10_000), st.sampled_from([0.3, 0.6, 0.9]), st.integers(2, 4), st.integers(0, 2)
)
def test_circles_have_the_sizes_asked_for_and_nobody_who_may_not_meet(
    number: int, seed: int, share: float, smallest: int, more: int
) -> None:
    value = table(seed, number, share)
    group = fuller.form(value, smallest, smallest + more)
    for members in (np.flatnonzero(group == k) for k in range(int(group.max(initial=-1)) + 1)):
        assert smallest <= len(members) <= smallest + more
        assert (value[np.ix_(members, members)] > circles.APART).all()


@pytest.mark.parametrize("seed", range(36))
def test_as_many_sit_in_circles_as_can(seed: int) -> None:
    """In small cases; in general nothing is claimed."""
    value = table(seed, 2 + seed % 9, (0.3, 0.5, 0.7, 1.0)[seed % 4])
    smallest = 2 + seed % 3
    assert np.count_nonzero(fuller.form(value, smallest, smallest + 1) >= 0) == most_seated(
        value, smallest, smallest + 1
    )


def test_a_new_circle_is_not_begun_with_somebody_who_fits_in_none() -> None:
    names = "ABCDEFGHPh"
    value = np.full((10, 10), circles.APART)
    np.fill_diagonal(value, 0)
    for one, other in [*combinations("ABCD", 2), *combinations("EFGH", 2), *combinations("PAE", 2), ("P", "h")]:
        a, b = names.index(one), names.index(other)
        value[a, b] = value[b, a] = 1
    found = fuller._Circles(value, np.array([0] * 4 + [1] * 4 + [-1] * 2), 3, 4)
    assert [names[row] for row in np.flatnonzero(found.group < 0)] == ["h"]
    assert sorted(map(len, found.members)) == [3, 3, 3]


def test_where_all_may_meet_circles_are_as_equal_as_can_be() -> None:
    value = np.ones((23, 23), np.int64)
    np.fill_diagonal(value, 0)
    assert sorted(np.bincount(fuller.form(value, 4, 6)).tolist()) == [5, 6, 6, 6]


def test_an_exchange_finds_the_better_circles() -> None:
    value = np.array([[0, 1, 9, 1], [1, 0, 1, 9], [9, 1, 0, 1], [1, 9, 1, 0]])
    group = np.array([0, 0, 1, 1])
    circles.improve(value, group)
    assert circles.total(value, group) == 18 == circles.bound(value, 2)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_mentees_of_one_mentor_fit_each_other_better_at_a_stated_cost(seed: int) -> None:
    problem = people.problem(5, 14, seed, capacity=(2, 3, 4))
    found = groups.mentor_groups(problem)
    assert check(problem, found.plan).findings == ()
    assert found.cost >= 0
    assert found.together * 50 // 100 - found.cost >= found.together_before * 50 // 100 - len(problem.mentees)
    assert groups.mentor_groups(problem, 0).cost == 0


@pytest.mark.parametrize("number", [0, 1, 2, 3, 8, 11])
def test_a_roulette_never_repeats_a_meeting(number: int) -> None:
    ids = [f"p{k}" for k in range(number)]
    met: set[tuple[str, str]] = set()
    for turn in range(3 if number > 3 else 1):
        found = groups.roulette(ids, met, f"round {turn}")
        assert groups.roulette(ids[::-1], met, f"round {turn}") == found
        assert sorted([*found.left_over, *(p for members in found.groups for p in members)]) == sorted(ids)
        assert len(found.left_over) == (1 if number == 1 else 0)
        for members in found.groups:
            for pair in combinations(sorted(members), 2):
                assert pair not in met
                met.add(pair)


@settings(max_examples=15, deadline=None)
@given(st.integers(4, 25), st.integers(0, 10_000))
def test_everybody_takes_part_in_every_round_while_half_of_the_others_are_new(number: int, seed: int) -> None:
    ids = [f"p{k}" for k in range(number)]
    met: set[tuple[str, str]] = set()
    times = dict.fromkeys(ids, 0)
    turn = 0
    while all(2 * (number - 1 - times[person]) > number for person in ids):
        found = groups.roulette(ids, met, f"{seed} round {turn}")
        assert found.left_over == ()
        assert sorted(person for members in found.groups for person in members) == sorted(ids)
        assert sum(len(members) == 3 for members in found.groups) == number % 2
        for members in found.groups:
            for a, b in combinations(members, 2):
                assert (a, b) not in met
                met.add((a, b))
                times[a] += 1
                times[b] += 1
        turn += 1
    assert turn >= (number - 2) // 5


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 12), st.integers(0, 10_000))
def test_exchanges_only_gain_and_sums_stay_true(number: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    value = chance.integers(-5, 10, (number, number))
    value = value + value.T
    np.fill_diagonal(value, 0)
    own = chance.integers(0, 20, (number, 3))
    group = chance.integers(-1, 3, number)
    before, sizes = group.copy(), np.bincount(group + 1, minlength=4).tolist()

    def worth(seats: Array) -> int:
        seated = np.flatnonzero(seats >= 0)
        return circles.total(value, seats) + int(own[seated, seats[seated]].sum())

    circles.improve(value, group, own)
    assert np.bincount(group + 1, minlength=4).tolist() == sizes
    assert worth(group) >= worth(before)
    for a, b in combinations(range(number), 2):
        swapped = group.copy()
        swapped[[a, b]] = swapped[[b, a]]
        assert worth(swapped) <= worth(group)


def test_who_sits_in_no_circle_is_told_which_rules_keep_them_from_whom() -> None:
    rows = [{"id": f"p{k}", "employer": "Acme" if k < 3 else f"Firm {k}", "seniority": 2} for k in range(5)]
    side = from_table("mentee", [*rows, {"id": "q", "employer": "Acme", "seniority": 9}])
    (alone,) = groups.why_alone(side, ["q"])
    assert (alone.others, alone.may_meet) == (5, 0)
    assert dict(alone.rules)["same employer"] == 3
    assert max(dict(alone.rules).values()) == 5
    assert alone.sentence().startswith("May meet 0 of 5 others: ")


def test_circles_that_cannot_be_are_refused_with_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    side = people.side("mentee", 7)
    with pytest.raises(ProblemError, match="circles of 6 to 4 people cannot be"):
        groups.peer_circles(side, smallest=6, largest=4)
    monkeypatch.setattr(groups, "MOST_PEOPLE", 6)
    with pytest.raises(ProblemError, match="7 people are too many to be grouped at once; 6 can be"):
        groups.peer_circles(side)


def test_a_roulette_brings_nobody_together_who_could_not_talk() -> None:
    speaks = {"a": ["French"], "b": ["english"], "c": ["French", "English"], "d": ["English"], "e": [], "f": ["French"]}
    for turn in range(5):
        found = groups.roulette(list(speaks), [], f"round {turn}", speaks)
        assert not found.left_over
        for one, other in found.groups:
            mine, theirs = ({word.casefold() for word in speaks[person]} for person in (one, other))
            assert not mine or not theirs or mine & theirs
    assert groups.roulette(["a", "b"], [], "", speaks).left_over == ("a", "b")


@pytest.mark.parametrize(
    ("speakers", "threes"),
    [
        ({"English": 5, "French": 3}, 2),
        ({"English": 334, "French": 333, "Twi": 333}, 2),
        ({"English": 4, "French": 3}, 1),
        ({"English; French": 1, "English": 2, "French": 3}, 0),
        ({"": 1, "English": 5, "French": 3}, 1),
    ],
)
def test_an_odd_number_of_one_language_makes_a_circle_of_three(speakers: dict[str, int], threes: int) -> None:
    speaks = {
        f"{words} {k}": [word for word in words.split("; ") if word]
        for words, often in speakers.items()
        for k in range(often)
    }
    for turn in range(5):
        found = groups.roulette(list(speaks), [], f"round {turn}", speaks)
        assert found.left_over == ()
        assert sum(len(members) == 3 for members in found.groups) == threes
        assert max(map(len, found.groups)) <= 3
        for members in found.groups:
            for one, other in combinations(members, 2):
                assert not speaks[one] or not speaks[other] or {*speaks[one]} & {*speaks[other]}


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 14), st.integers(0, 10_000))
def test_whoever_is_left_over_could_join_no_pair(number: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    may = chance.random((number, number)) < chance.random()
    may &= may.T
    found, over = circles.pair_up(list(range(number)), lambda one, other: bool(may[one, other]))
    assert sorted([*over, *(person for members in found for person in members)]) == list(range(number))
    for members in found:
        assert len(members) in (2, 3)
        assert all(may[a, b] for a, b in combinations(members, 2))
    for person in over:
        assert not any(len(members) == 2 and may[person, members].all() for members in found)


def test_who_has_met_everyone_is_said_to_be_left_over() -> None:
    found = groups.roulette(["a", "b"], [("b", "a")], "again")
    assert (found.groups, found.left_over) == ((), ("a", "b"))


def test_nobody_mentors_the_one_who_mentors_them() -> None:
    rows = [
        {"id": person, "offers": [person], "needs": [other]} for person, other in (("a", "b"), ("b", "a"), ("c", "a"))
    ]
    problem = Problem(
        from_table("mentor", rows), from_table("mentee", rows), (Weighted("expertise", 1), Weighted("keep_apart", 0))
    )
    plan, below = both_roles.solve_apart(problem)
    assert both_roles.mutual(plan) == ()
    assert plan.served == 3
    assert below is not None
    assert below >= 0
    assert check(problem, plan).findings == ()


def test_one_way_is_the_proven_best_of_the_problem_with_these_pairs_kept_apart() -> None:
    mentors = from_table("mentor", [{"id": person, "offers": [person]} for person in "abc"])
    wanted = from_table("mentee", [{"id": "a", "needs": ["b"]}, {"id": "b", "needs": ["a"]}])
    problem = Problem(mentors, wanted, (Weighted("expertise", 1), Weighted("keep_apart", 0)))
    asked, plan = both_roles.one_way(problem)
    assert both_roles.mutual(plan) == ()
    assert plan.served == 2
    assert check(asked, plan).optimal
    assert len(asked.constraints.forbidden) == 1
    alone = Problem(from_table("mentor", [{"id": "a"}]), from_table("mentee", [{"id": "b"}]))
    assert both_roles.one_way(alone)[0] is alone


def test_of_two_people_who_mentor_each_other_the_pair_that_is_not_fixed_goes() -> None:
    rows = [{"id": "a", "offers": ["x"]}, {"id": "b", "offers": ["y"]}]
    mentees = [{"id": "a", "needs": ["y"]}, {"id": "b", "needs": ["z"]}]
    sides = from_table("mentor", rows), from_table("mentee", mentees)
    problem = Problem(
        *sides, (Weighted("expertise", 1), Weighted("keep_apart", 0)), Constraints(frozenset({("a", "b")}))
    )
    plan, below = both_roles.solve_apart(problem)
    assert [(pair.mentor, pair.mentee) for pair in plan.pairs] == [("a", "b")]
    assert below is None  # one is served instead of two


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_people_in_both_roles_never_meet_themselves(seed: int) -> None:
    rows = [row | {"id": row["id"].split()[1]} for row in people.rows("mentor", 8, seed)]
    mentees = [row | {"id": row["id"].split()[1]} for row in people.rows("mentee", 8, seed)]
    plan, below = both_roles.solve_apart(Problem(from_table("mentor", rows), from_table("mentee", mentees)))
    assert both_roles.mutual(plan) == ()
    assert all(pair.mentor != pair.mentee for pair in plan.pairs)
    assert below is None or below >= 0
