"""Repair touches few pairs, and nothing better touches as few; recruits gain what the brief says."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.pairing import recruits, solve
from ithaca.pairing.check import check
from ithaca.pairing.problem import Problem, Weighted
from ithaca.pairing.repair import repairs
from ithaca.pairing.side import from_table
from ithaca.pairing.tests import people


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_from_touching_nothing_to_the_best_plan(seed: int) -> None:
    rows = people.rows("mentor", 9, seed)
    problem = Problem(from_table("mentor", rows), people.side("mentee", 9, seed))
    former = [(pair.mentor, pair.mentee) for pair in solve.solve(problem).pairs]
    changed = Problem(from_table("mentor", [*rows[2:], rows[0] | {"id": "new"}]), problem.mentees)
    found = repairs(changed, former)
    best = solve.solve(changed)
    touched = [repair.touched for repair in found]
    assert touched == sorted(set(touched))
    assert touched[0] == 0
    assert (found[-1].plan.served, found[-1].plan.total) == (best.served, best.total)
    for fewer, more in pairwise(found):
        assert more.buys(fewer) > (0, 0)
    for repair in found:
        assert check(changed, repair.plan).findings == ()
        assert len(repair.lost) == repair.touched
        staying = {(pair.mentor, pair.mentee) for pair in repair.plan.pairs}
        assert not staying & set(repair.lost)


def test_one_touch_can_serve_one_more() -> None:
    mentors = from_table("mentor", [{"id": "a", "languages": ["x", "y"]}, {"id": "b", "languages": ["x"]}])
    mentees = from_table("mentee", [{"id": "k", "languages": ["x"]}, {"id": "l", "languages": ["y"]}])
    found = repairs(Problem(mentors, mentees), [("a", "k"), ("gone", "l")])
    assert [(repair.touched, repair.plan.served) for repair in found] == [(0, 1), (1, 2)]
    assert found[1].lost == (("a", "k"),)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_a_recruit_gains_what_solving_with_them_gains(seed: int) -> None:
    problem = people.problem(6, 9, seed, capacity=(0, 1))
    shared = {"goals", "style"}
    problem = replace(problem, criteria=tuple(weighted for weighted in problem.criteria if weighted.key not in shared))
    plan = solve.solve(problem)
    rows = people.rows("mentor", 6, seed, (0, 1))
    for number, recruit in enumerate(recruits.brief(problem, 2)):
        rows.append(
            {"id": f"zz{number}", "capacity": 1}
            | {key: value for key, value in recruit.known.items() if value not in ((), "", None)}
        )
        again = solve.solve(replace(problem, mentors=from_table("mentor", rows)))
        assert (again.served - plan.served, again.total - plan.total) == (recruit.served, recruit.points)
        assert recruit.served > 0 or recruit.points > 0
        plan = again


def test_the_brief_names_skills_and_languages() -> None:
    mentors = from_table("mentor", [{"id": "a", "offers": ["law"], "languages": ["English"]}])
    rows = [
        {"id": "k", "needs": ["law", "tax"], "languages": ["English"]},
        {"id": "l", "needs": ["welding", "tax"], "languages": ["English", "French"]},
        {"id": "m", "needs": ["welding"], "languages": ["French"]},
    ]
    found = recruits.brief(
        Problem(mentors, from_table("mentee", rows), (Weighted("expertise", 1), Weighted("languages", 0)))
    )
    assert (found[0].words, found[0].served) == ("A mentor who offers tax and welding, speaks English and French", 1)
    assert [recruit.served for recruit in found] == [1, 1, 0]
    assert recruits.most_wanted(found)[0][0] in ("welding", "tax")
    assert np.sum([recruit.served for recruit in found]) == 2


def test_nobody_to_recruit_for() -> None:
    assert recruits.brief(Problem(from_table("mentor", []), from_table("mentee", []))) == ()
    full = Problem(from_table("mentor", []), from_table("mentee", [{"id": "a"}]))
    assert [recruit.served for recruit in recruits.brief(full)] == [1]
