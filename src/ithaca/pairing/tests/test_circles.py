"""Circles seat as many as an exact method finds in all small cases tried, smaller ones whoever that leaves over."""

import random
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from ithaca.pairing import groups, wider
from ithaca.pairing.points import Array
from ithaca.pairing.side import Side, from_table
from ithaca.pairing.solvers import circles, fuller, packing, smaller
from ithaca.pairing.tests import people

SIZES = ((3, 3), (3, 4), (3, 6), (4, 4), (4, 5), (4, 6), (5, 5), (5, 6), (6, 6))


def possible(may: Array, least: int, largest: int) -> list[tuple[int, ...]]:
    """Every set of so many people any two of whom may meet."""
    found: list[tuple[int, ...]] = []
    growing = [((person,), np.flatnonzero(may[person, person + 1 :]) + person + 1) for person in range(len(may))]
    while growing:
        members, others = growing.pop()
        if len(members) >= least:
            found.append(members)
        if len(members) < largest:
            growing += [((*members, int(one)), others[(others > one) & may[one, others]]) for one in others]
    return found


def most_seated(may: Array, smallest: int, largest: int) -> tuple[int, int]:
    """(most in circles of these sizes; with these, most in all where those left over may sit in threes and more)."""
    every = possible(may, min(3, smallest), largest)
    if not every:
        return 0, 0
    sizes = np.array([len(members) for members in every])
    asked = np.where(sizes >= smallest, sizes, 0)
    once = np.zeros((len(may), len(every)))
    for column, members in enumerate(every):
        once[list(members), column] = 1
    # One more in a circle of the sizes asked for is worth more than all who could sit in smaller ones.
    worth = len(may) * asked + sizes
    answer = milp(
        -worth, constraints=LinearConstraint(once, ub=1), integrality=np.ones(len(every)), bounds=Bounds(0, 1)
    )
    taken = np.round(answer.x).astype(bool)
    return int(asked[taken].sum()), int(sizes[taken].sum())


def by_lot(seed: int) -> Array:
    """Some of the people may meet."""
    chance = np.random.default_rng(seed)
    number = int(chance.integers(5, 19))
    apart = chance.random((number, number)) > chance.choice([0.3, 0.5, 0.7])
    return _valued(chance, apart | apart.T)


def by_employer(seed: int) -> Array:
    """Everybody may meet but colleagues, and people of other levels."""
    chance = np.random.default_rng(seed)
    number = int(chance.integers(5, 14))
    employer = chance.integers(0, chance.integers(2, 7), number)
    level = chance.integers(0, chance.integers(1, 5), number)
    apart = np.equal.outer(employer, employer) | (abs(np.subtract.outer(level, level)) > chance.integers(0, 2))
    return _valued(chance, apart)


def planted(seed: int) -> Array:
    """All can be seated in circles of one size, hidden among others."""
    chance = np.random.default_rng(seed)
    size = int(chance.integers(3, 7))
    circle = chance.permutation(size * int(chance.integers(2, 4))) // size
    apart = np.not_equal.outer(circle, circle) & (chance.random((len(circle), len(circle))) > 0.2)
    return _valued(chance, apart & apart.T)


def _valued(chance: np.random.Generator, apart: Array) -> Array:
    value = chance.integers(0, 100, apart.shape)
    value = np.where(apart, circles.APART, value + value.T)
    np.fill_diagonal(value, 0)
    return value


def seated(value: Array, group: Array, smallest: int, largest: int) -> tuple[int, int]:
    """(how many sit in circles of these sizes, how many in all), of circles that keep the rules."""
    sizes = np.bincount(group[group >= 0])
    assert ((sizes >= min(3, smallest)) & (sizes <= largest)).all()
    for number in range(len(sizes)):
        members = np.flatnonzero(group == number)
        assert (value[np.ix_(members, members)] > circles.APART).all()
    return int(sizes[sizes >= smallest].sum()), int(sizes.sum())


@pytest.mark.parametrize("made", [by_lot, by_employer, planted])
@pytest.mark.parametrize("seed", range(20))
def test_as_many_are_seated_as_an_exact_method_seats(made: Callable[[int], Array], seed: int) -> None:
    """On these seeds; in general nothing is claimed."""
    value = made(seed)
    may = value > circles.APART
    for smallest, largest in SIZES[seed % 3 :: 3]:
        found = smaller.form(value, smallest, largest, 3)
        assert seated(value, found, smallest, largest) == most_seated(may, smallest, largest)


def of_employers(number: int, employers: int) -> Side:
    return from_table(
        "mentee", [{"id": f"P{k:02}", "employer": f"Employer {k % employers}", "seniority": 3} for k in range(number)]
    )


@pytest.mark.parametrize(("smallest", "largest"), [(4, 6), (4, 4), (5, 8), (6, 6), (3, 4)])
def test_where_no_circle_of_the_size_is_possible_all_who_can_sit_in_smaller_ones(smallest: int, largest: int) -> None:
    found = groups.peer_circles(of_employers(18, 3), smallest=smallest, largest=largest)
    assert [len(members) for members in found.groups] == [3] * 6
    assert not found.left_over


def test_nobody_is_offered_a_circle_of_two_unless_asked() -> None:
    side = of_employers(18, 2)
    assert groups.peer_circles(side).groups == ()
    found = groups.peer_circles(side, smallest=2)
    assert [len(members) for members in found.groups] == [2] * 9


def test_circles_of_exactly_four_are_found_though_the_first_that_come_leave_none() -> None:
    """Eight of eighteen can be seated so; circles grown and rearranged seated four."""
    chance = random.Random(24)
    number = chance.randint(6, 22)
    employers = chance.choice([["North", "South"], ["North", "South", "East"], [*"ABCDEF"]])
    rows = people.rows("mentee", number, 24)
    for row in rows:
        row |= {"employer": chance.choice(employers), "prefers": []}
    found = groups.peer_circles(from_table("mentee", rows), smallest=4, largest=4)
    assert (number, sum(len(members) == 4 for members in found.groups)) == (18, 2)


def test_who_is_left_over_is_chosen_so_that_they_can_sit_in_a_smaller_circle() -> None:
    """Of seven people A, B and C may meet, C to F, and D to G; without a look ahead C to F would leave nobody to A and B."""
    names = "ABCDEFG"
    value = np.full((7, 7), circles.APART)
    np.fill_diagonal(value, 0)
    for one, other in [*combinations("ABC", 2), *combinations("CDEF", 2), *combinations("DEFG", 2)]:
        a, b = names.index(one), names.index(other)
        value[a, b] = value[b, a] = 1
    found = smaller.form(value, 4, 4, 3)
    assert (found >= 0).all()
    assert sorted(np.bincount(found)) == [3, 4]


def test_the_order_of_rows_does_not_matter() -> None:
    for seed in range(6):
        rows = people.rows("mentee", 20, seed)
        one, other = (groups.peer_circles(from_table("mentee", order)) for order in (rows, rows[::-1]))
        assert one == other


@pytest.mark.parametrize("seed", range(8))
def test_a_part_of_many_people_is_searched_where_all_are_too_many(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuller, "FEW", 0)
    value = planted(seed)
    size = 3 if seed % 2 else 4
    found = fuller.form(value, size, size)
    assert seated(value, found, size, size)[0] >= most_seated(value > circles.APART, size, size)[0] - size


def test_a_search_that_ends_early_claims_nothing() -> None:
    may = planted(3) > circles.APART
    np.fill_diagonal(may, False)
    hurried = packing.Search(may, 3, 3, 1)
    assert hurried.all_but(0) is None
    assert not hurried.settled
    settled = packing.Search(np.zeros((4, 4), bool), 3, 3, 10)
    assert settled.all_but(3) is None
    assert settled.settled
    assert settled.all_but(4) == []


def test_what_seats_more_is_told_only_where_it_does() -> None:
    side, asked = of_employers(18, 2), wider.Asked()
    found = asked.drawn(side)
    for least, told in ((2, {"across_employers": 18, "smallest": 18}), (3, {"across_employers": 18})):
        more = wider.seat_more(side, found, asked, least=least, most_apart=10)
        assert {change.changed: change.seated for change in more} == told
        assert all(len(side) - len(change.asked.drawn(side).left_over) == change.seated for change in more)
    everybody = of_employers(18, 18)
    assert wider.seat_more(everybody, asked.drawn(everybody), asked, most_apart=10) == []


def test_circles_of_three_at_once_may_seat_more_than_after_those_of_four() -> None:
    """Of six people on three levels four are at most one apart; then the two of the third level are left over."""
    rows = [
        {"id": name, "employer": name, "seniority": level}
        for name, level in zip("ABCDEF", (1, 1, 2, 2, 3, 3), strict=True)
    ]
    side, asked = from_table("mentee", rows), wider.Asked()
    found = asked.drawn(side)
    assert found.left_over
    (smaller_ones,) = (
        change for change in wider.seat_more(side, found, asked, most_apart=1) if change.changed == "smallest"
    )
    assert (smaller_ones.asked.smallest, smaller_ones.seated) == (3, 6)


def test_nothing_is_tried_for_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    side, asked = of_employers(18, 2), wider.Asked()
    monkeypatch.setattr(wider, "MOST_PEOPLE", 17)
    assert wider.seat_more(side, asked.drawn(side), asked, most_apart=10) == []
