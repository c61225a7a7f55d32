"""What rules do to a cohort before anything is solved: the same numbers as from a table of all pairs, without one."""

from __future__ import annotations

import random
import tracemalloc
from typing import Any

import numpy as np
import pytest

from ithaca.matching.bridge import effects, problems
from ithaca.matching.models import MatchingRules
from ithaca.pairing import both_roles, scoring, tiles

LANGUAGES = ("English", "French", "Welsh", "Dutch")


def picture(mentors: int, mentees: int, seed: int) -> dict[str, list[Any]]:
    drawn = random.Random(seed)

    def person(number: int, side: str) -> dict[str, Any]:
        return {
            "id": f"{side}{number:04}",
            "capacity": drawn.choice((0, 1, 1, 2)),
            "languages": drawn.sample(LANGUAGES, drawn.choice((0, 1, 1, 2))),
            "offers" if side == "a" else "needs": drawn.sample(("law", "tax", "art", "tea"), 2),
            "availability": drawn.sample(range(20), drawn.choice((0, 4, 9))),
            "seniority": drawn.choice((None, 1, 4, 7)),
            "avoids": [f"{'b' if side == 'a' else 'a'}{drawn.randrange(9):04}"],
        }

    sides = {"mentors": ("a", mentors), "mentees": ("b", mentees)}
    rows = {side: [person(number, letter) for number in range(count)] for side, (letter, count) in sides.items()}
    return {**rows, "introduced": []}


def rules(floor: int = 0) -> MatchingRules:
    options = {"seniority": {"at_least": 1}, "hours": {"at_least": 2}, "languages": {"required": True}}
    return MatchingRules(
        organisation_id=1,
        version=0,
        weights={"expertise": 40, "hours": 10},
        options=options,
        objective={"floor": floor},
    )


def from_a_table(problem: Any) -> dict[str, Any]:
    """Everything from tables of all pairs."""
    compiled = scoring.compiled(problem)
    every = [np.arange(size) for size in compiled.shape]
    out: dict[str, Any] = {}
    for primitive in compiled.primitives:
        out[primitive.reason] = out.get(primitive.reason, False) | (primitive.block(*every) < 0)
    times = sum(each.astype(int) for each in out.values())
    left = compiled.matrix() < 0
    alone = (times > 0).all(axis=0)
    return {
        "excluded": (times > 0).sum(),
        "mentees_without": left.all(axis=0).sum(),
        "mentors_without": left.all(axis=1).sum(),
        "below": (left & (times == 0)).sum(),
        "mentees_below": (left.all(axis=0) & ~alone).sum(),
        "rules": {
            (reason, each.sum(), (alone & ((times - each) == 0).any(axis=0)).sum())
            for reason, each in out.items()
            if each.any()
        },
    }


@pytest.mark.parametrize(
    "mentors, mentees, floor", [(0, 5, 0), (3, 40, 0), (30, 37, 0), (30, 37, 4_000), (7, 3, 9_000)]
)
def test_tile_by_tile_the_numbers_are_those_of_the_whole_table(
    monkeypatch: pytest.MonkeyPatch, mentors: int, mentees: int, floor: int
) -> None:
    monkeypatch.setattr(tiles, "WIDTH", 8)
    monkeypatch.setattr(tiles, "CELLS", 32)
    for seed in range(3):
        seen = picture(mentors, mentees, seed)
        found = effects.of(seen, rules(floor))
        assert found is not None
        people = {side: [row for row in seen[side] if row["capacity"]] for side in ("mentors", "mentees")}
        problem = problems.problem_of({**seen, **people}, rules(floor))
        if not len(problem.mentors):
            assert (found.possible, found.excluded, found.mentees_without) == (0, 0, 0)
            continue
        expected = from_a_table(problem)
        shown = {(rule.reason, rule.pairs, rule.mentees) for rule in found.rules}
        assert {name: getattr(found, name) for name in expected if name != "rules"} | {"rules": shown} == expected
        assert [rule.pairs for rule in found.rules] == sorted((rule.pairs for rule in found.rules), reverse=True)


def test_a_preview_holds_no_table_of_all_pairs() -> None:
    seen = picture(2_400, 2_400, 1)
    tracemalloc.start()
    found = effects.of(seen, rules())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found is not None
    assert peak < 8 * found.possible  # bytes; a few tables of numbers would take more


def test_what_takes_too_long_to_wait_for_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, saved, wanted = picture(9, 9, 3), rules(), rules(2_000)
    assert effects.beside(seen, wanted, saved) is not None
    monkeypatch.setattr(effects, "SECONDS", -1)
    assert effects.beside(seen, wanted, saved) is None


def test_both_plans_have_one_time_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the test goes on by a second whenever a plan was found: the second plan comes too late."""
    now, solve = [0.0], both_roles.one_way

    def slow(*asked: Any, **more: Any) -> Any:
        found = solve(*asked, **more)
        now[0] += effects.SECONDS * 0.7
        return found

    monkeypatch.setattr(effects.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(effects.both_roles, "one_way", slow)
    assert effects.beside(picture(9, 9, 3), rules(2_000), rules()) is None
    assert now[0] == effects.SECONDS * 1.4


def test_nobody_mentors_the_one_who_mentors_them_in_what_is_compared() -> None:
    """With the wanted rules both would be best for each other; as in a run, one of the two pairs is kept apart."""
    mentors = [{"id": who, "capacity": 1, "offers": [who]} for who in ("ana", "ben", "cleo")]
    mentees = [{"id": who, "capacity": 1, "needs": [of]} for who, of in (("ana", "ben"), ("ben", "ana"))]
    seen = {"mentors": mentors, "mentees": mentees, "introduced": []}
    wanted = MatchingRules(organisation_id=1, version=0, weights={"expertise": 1}, options={}, objective={})
    found = effects._mentors_by_mentee(problems.problem_of(seen, wanted), lambda: False)
    assert sorted(found) == ["ana", "ben"]
    assert {"cleo"} in found.values()
