"""Repair touches few pairs, and nothing better touches as few; recruits gain what the brief says."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ithaca.pairing import proven, recruits, scoring, solve
from ithaca.pairing.check import check
from ithaca.pairing.problem import Constraints, Problem, Weighted
from ithaca.pairing.repair import at_most, fewest, repairs
from ithaca.pairing.side import from_table
from ithaca.pairing.solvers import assignment, limited, looks, optimum
from ithaca.pairing.solvers.keeping import EXACT, DenseKeeper
from ithaca.pairing.tests import people, worlds
from ithaca.pairing.tests.oracles import BOTH, forced


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
        verdict = check(changed, repair.plan)
        assert verdict.findings == ()
        assert verdict.optimal == (repair.plan.certificate is not None and repair.plan.certificate.gap == 0)
        assert len(repair.lost) == repair.touched
        staying = {(pair.mentor, pair.mentee) for pair in repair.plan.pairs}
        assert not staying & set(repair.lost)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_no_plan_that_touches_as_few_is_better_and_where_none_is_searched_for_the_bound_holds(
    seed: int, searched: bool
) -> None:
    rows = people.rows("mentor", 3, seed, (1, 2))
    problem = Problem(from_table("mentor", rows), people.side("mentee", 4, seed))
    former = [(pair.mentor, pair.mentee) for pair in solve.solve(problem).pairs]
    changed = Problem(from_table("mentor", [*rows[1:], rows[0] | {"id": "new"}]), problem.mentees)
    with pytest.MonkeyPatch.context() as patched:
        if not searched:
            patched.setattr(limited, "MOST_PAIRS", 0)
        found = repairs(changed, former)
        within = [at_most(changed, found, touched) for touched in range(len(former) + 1)]
    compiled = scoring.compiled(changed)
    scores, position = compiled.matrix(), (changed.mentors.position, changed.mentees.position)
    stay = {(position[0][a], position[1][b]) for a, b in former if a in position[0]}
    stay = {pair for pair in stay if scores[pair] >= 0 and compiled.mentor_capacity[pair[0]] > 0}
    best: dict[int, tuple[int, int]] = {}
    for pairs in worlds.all_plans(compiled):
        touched = len(stay - set(pairs))
        figures = len({j for _, j in pairs}), int(sum(scores[pair] for pair in pairs))
        best[touched] = max(best.get(touched, (0, 0)), figures)
    for repair in found:
        assert (repair.plan.served, repair.plan.total) == max(best[k] for k in best if k <= repair.touched)
    for touched in best:
        known, more = within[touched]
        assert more == 0 or not searched
        if more is not None:
            served, total = max(best[k] for k in best if k <= touched)
            assert served == known.plan.served
            assert known.plan.total <= total <= known.plan.total + more


@pytest.mark.parametrize("wanted", [(1,), (1, 2)])
def test_large_problems_are_repaired_as_well(monkeypatch: pytest.MonkeyPatch, wanted: tuple[int, ...]) -> None:
    rows = people.rows("mentor", 40, 3, (1, 2))
    problem = Problem(from_table("mentor", rows), people.side("mentee", 45, 3, wanted))
    former = [(pair.mentor, pair.mentee) for pair in solve.solve(problem).pairs]
    changed = Problem(from_table("mentor", [*rows[3:], rows[0] | {"id": "new"}]), problem.mentees)
    dense = {repair.touched: repair for repair in repairs(changed, former)}
    monkeypatch.setattr(proven, "DENSE_CELLS", 0)
    large = repairs(changed, former)
    assert large[0].touched == 0
    assert large[-1].touched >= max(dense)  # among equal plans only the dense solver looks for the fewest touched
    for repair in large:
        verdict = check(changed, repair.plan)
        assert verdict.findings == ()
        assert verdict.optimal
        assert repair.plan.certificate is not None
        assert repair.plan.certificate.gap == 0
        fewer = [other for touched, other in dense.items() if touched <= repair.touched]
        assert (repair.plan.served, repair.plan.total) >= max((o.plan.served, o.plan.total) for o in fewer)


def test_a_plan_that_touches_fewer_than_any_is_refused_with_numbers() -> None:
    with pytest.raises(ValueError, match="every one of these 0 plans touches more than 2 pairs"):
        at_most(people.problem(1, 1), (), 2)


def chained() -> tuple[Problem, list[tuple[str, str]]]:
    """Touching one pair lets four others move to whom they need; touching two more serves one more, for no points."""
    good = [("a1", "h"), ("a2", "n1"), ("a3", "n2"), ("a4", "n3"), ("g", "n4")]
    poor = [("g", "h"), *((f"a{k}", f"n{k}") for k in range(1, 5))]
    poor += [("p", "s"), ("p", "q"), ("r", "q"), ("r", "t"), ("w", "t")]
    offers = {mentor: [f"{mentee} {part}" for part in "xy"] for mentor, mentee in good}
    mentors = [{"id": one, "offers": offers.get(one, ["tea"])} for one in sorted({mentor for mentor, _ in poor})]
    mentees = [
        {"id": one, "needs": [f"{one} {part}" for part in "xy"]} for one in sorted({mentee for _, mentee in poor})
    ]
    every = {(mentor["id"], mentee["id"]) for mentor in mentors for mentee in mentees}
    apart = Constraints(forbidden=frozenset(every - {*good, *poor}))
    sides = from_table("mentor", mentors), from_table("mentee", mentees)
    return Problem(*sides, (Weighted("expertise", 1),), apart), [("g", "h"), ("p", "q"), ("r", "t")]


def test_that_nobody_more_could_be_served_is_said_only_where_it_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, former = chained()
    assert [(one.touched, *one.buys(repairs(problem, former)[0])) for one in repairs(problem, former)] == [
        *[(0, 0, 0), (1, 0, 50_000), (2, 1, 0), (3, 1, 50_000)]
    ]
    monkeypatch.setattr(limited, "MOST_PAIRS", 0)
    found = repairs(problem, former)
    assert [(repair.touched, *repair.buys(found[0])) for repair in found] == [(0, 0, 0), (1, 0, 50_000), (3, 1, 50_000)]
    between = solve.by_hand(problem, [*((f"a{k}", f"n{k}") for k in range(1, 5)), *zip("gprw", "hsqt", strict=True)])
    assert (check(problem, between).findings, between.served) == ((), 8)
    assert at_most(problem, found, 2) == (found[1], None)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_the_fewest_touches_are_those_that_places_leave_no_choice_about(seed: int) -> None:
    problem = people.problem(3, 4, seed, capacity=(1, 2), wanted=(1, 2))
    former = [(mentor, mentee) for mentor in problem.mentors.ids for mentee in problem.mentees.ids]
    compiled = scoring.compiled(problem)
    could_stay = int((compiled.matrix() >= 0).sum())
    kept = max(len(pairs) for pairs in worlds.all_plans(compiled))
    assert fewest(problem, former) == repairs(problem, former)[0].touched == could_stay - kept


def test_one_touch_can_serve_one_more() -> None:
    mentors = from_table("mentor", [{"id": "a", "languages": ["x", "y"]}, {"id": "b", "languages": ["x"]}])
    mentees = from_table("mentee", [{"id": "k", "languages": ["x"]}, {"id": "l", "languages": ["y"]}])
    found = repairs(Problem(mentors, mentees), [("a", "k"), ("gone", "l")])
    assert [(repair.touched, repair.plan.served) for repair in found] == [(0, 1), (1, 2)]
    assert found[1].lost == (("a", "k"),)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
@example(1151)  # only candidates have interests, so interests must not count
def test_a_recruit_gains_what_solving_with_them_gains(seed: int) -> None:
    problem = people.problem(6, 9, seed, capacity=(0, 1))
    plan = solve.solve(problem)
    rows = people.rows("mentor", 6, seed, (0, 1))
    for number, recruit in enumerate(recruits.brief(problem, 2)):
        rows.append(
            {"id": f"zz{number}", "capacity": 1}
            | {key: value for key, value in recruit.known.items() if value not in ((), "", None)}
        )
        with_them = replace(problem, mentors=from_table("mentor", rows))
        assume(scoring.at_work(with_them) == scoring.at_work(problem))  # else points are shared out anew
        again = solve.solve(with_them)
        assert (again.served - plan.served, again.total - plan.total) == (recruit.served, recruit.points)
        assert recruit.served > 0 or recruit.points > 0
        plan = again


@pytest.mark.parametrize("seed, capacity", [(1, (0, 1)), (2, (1,)), (3, (1, 2))])
def test_no_candidate_would_help_more_than_the_first_recruit(
    monkeypatch: pytest.MonkeyPatch, seed: int, capacity: tuple[int, ...]
) -> None:
    problem = people.problem(8, 11, seed, capacity=capacity, wanted=(0, 1, 2))
    problem = replace(problem, criteria=tuple(one for one in problem.criteria if one.key not in {"goals", "style"}))
    plan, rows = solve.solve(problem), people.rows("mentor", 8, seed, capacity)
    found = recruits.brief(problem, 3)
    gains = [(0, 0)]
    for mentee in range(11):
        ideal = {key: problem.mentees.value(mentee, theirs) for key, theirs in recruits.MIRRORED.items()}
        row = {"id": "zz", "capacity": 1} | {key: value for key, value in ideal.items() if value not in ((), "", None)}
        again = solve.solve(replace(problem, mentors=from_table("mentor", [*rows, row])))
        gains.append((again.served - plan.served, again.total - plan.total))
    assert (found[0].served, found[0].points) == max(gains)
    monkeypatch.setattr(optimum, "DENSE_CELLS", 0)
    monkeypatch.setattr(looks, "READY_CELLS", 0)
    large = recruits.brief(problem, 3)
    assert [(one.served, one.points) for one in large] == [(one.served, one.points) for one in found]
    monkeypatch.setattr(recruits, "MOST_CELLS", 33)
    few = recruits.brief(problem, 3)
    assert (few[0].served, few[0].points) <= max(gains)


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


def test_a_second_mentor_is_not_one_more_mentee_served() -> None:
    mentors = from_table("mentor", [{"id": "a", "offers": ["law"]}])
    mentees = from_table("mentee", [{"id": "k", "needs": ["law", "tax"], "capacity": 2}])
    fixed = Constraints(frozenset({("a", "k")}))
    found = recruits.brief(Problem(mentors, mentees, (Weighted("expertise", 1),), fixed))
    assert [(recruit.served, recruit.points, recruit.for_whom) for recruit in found] == [(0, 10_000, "k")]


def test_candidates_come_after_everybody_whatever_their_ids() -> None:
    last = "\U0010ffff" * 3
    problem = Problem(
        from_table("mentor", [{"id": "a"}, {"id": last}]), from_table("mentee", [{"id": k} for k in "klm"])
    )
    assert [recruit.served for recruit in recruits.brief(problem)] == [1]


def test_nobody_to_recruit_for() -> None:
    assert recruits.brief(Problem(from_table("mentor", []), from_table("mentee", []))) == ()
    full = Problem(from_table("mentor", []), from_table("mentee", [{"id": "a"}]))
    assert [recruit.served for recruit in recruits.brief(full)] == [1]


@BOTH
def test_nothing_has_to_be_touched_however_much_it_would_buy(solver: str) -> None:
    """Whoever waited makes serving one more count for more than the large solver can pay for one pair."""
    places = range(70)
    waiting = [{"id": f"n{k:02}", "languages": ["x"], "waited_rounds": 9, "capacity": 1 + k % 2} for k in places]
    waiting[0]["languages"] = ["x", "y"]
    mentors = [{"id": f"m{k:02}", "languages": ["x"], "capacity": 1 + (k > 60)} for k in places]
    problem = Problem(
        from_table("mentor", [*mentors, {"id": "spare", "languages": ["y"]}]),
        from_table("mentee", [*waiting, *({"id": f"late {k}", "languages": ["x"]} for k in range(12))]),
    )
    with forced(solver):
        found = repairs(problem, [(f"m{k:02}", f"n{k:02}") for k in places])
    assert [(repair.touched, repair.plan.served) for repair in found] == [(0, 79), (1, 80)]
    assert all(check(problem, repair.plan).optimal for repair in found)


@BOTH
@pytest.mark.parametrize("mentors", [1, 3])
def test_one_pair_that_stays_is_proven_as_well(solver: str, mentors: int) -> None:
    problem = people.problem(mentors, 1, 5, criteria=(Weighted("expertise", 1),))
    former = [(pair.mentor, pair.mentee) for pair in solve.solve(problem).pairs]
    with forced(solver):
        found = repairs(problem, former)
    assert [(repair.touched, check(problem, repair.plan).findings) for repair in found] == [(0, ())]


def test_rewards_stay_within_what_floats_tell_apart() -> None:
    problem = worlds.from_matrix(np.full((4, 4), 5_000), np.ones(4), np.ones(4), priority=np.full(4, 10**12))
    keeper = DenseKeeper(problem, (np.arange(4), np.arange(4)), bonus := assignment.overriding(problem))
    assert 5 * bonus * keeper.finest < EXACT
    kept = keeper.best(bonus, keeper.finest)
    assert kept.gap == 0
    assert kept.mentor.tolist() == kept.mentee.tolist() == [0, 1, 2, 3]


def test_a_brief_says_when_a_recruit_has_to_be_free() -> None:
    mentors = from_table("mentor", [{"id": "a", "capacity": 1, "availability": [18, 19]}])
    hours = [5 * 24 + 10, 5 * 24 + 11, 6 * 24 + 23, 0]
    mentees = from_table("mentee", [{"id": "b", "availability": hours}, {"id": "c", "availability": [18]}])
    (recruit,) = recruits.brief(Problem(mentors, mentees), 1)
    assert recruit.words.endswith("is free at one of these hours: Monday 0–1, Saturday 10–12, Sunday 23–24 (UTC)")


@pytest.mark.parametrize(
    ("offset", "told"), [(5.5, "UTC+5:30"), (-3.5, "UTC-3:30"), (1.0, "UTC+1"), (-11, "UTC-11"), (0, "UTC")]
)
def test_a_brief_writes_time_zones_as_people_do(offset: float, told: str) -> None:
    mentors = from_table("mentor", [{"id": "a", "capacity": 0, "languages": ["English"]}])
    mentees = from_table("mentee", [{"id": "b", "languages": ["English"], "utc_offset": offset}])
    (recruit,) = recruits.brief(Problem(mentors, mentees), 1)
    assert recruit.words.endswith(f"lives near {told}")
