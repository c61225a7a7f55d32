from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ithaca.matching.rules import common_ground, weights
from ithaca.matching.rules.common_ground import Told


@given(st.dictionaries(st.text(max_size=4), st.floats(0, 1e6), max_size=12))
def test_shares_add_up_to_100(given: dict[str, float]) -> None:
    shares = weights.shares(given)
    assert sum(shares.values()) == (100 if sum(given.values()) > 0 else 0)
    assert all(share >= 0 for share in shares.values())


ANA = Told("Ana", {"offers": ["Law", "Budgets"], "languages": ["English", "French"], "interests": ["chess"]})
BO = Told("Bo", {"needs": ["budgets", "law", "hiring"], "languages": ["French"], "interests": ["Chess"]})


def test_common_ground_begins_with_what_can_be_worked_on() -> None:
    assert common_ground.sentences(ANA, BO) == [
        "Ana can help with budgets and law, which Bo would like to learn.",
        "You both enjoy Chess.",
        "You both speak French.",
    ]
    assert "learn about budgets and law" in common_ground.opener(ANA, BO, "First Steps")


def test_without_anything_in_common_there_is_still_an_opener() -> None:
    assert common_ground.sentences(Told("Ana", {}), Told("Bo", {})) == []
    assert "first conversation" in common_ground.opener(Told("Ana", {}), Told("Bo", {}), "First Steps")
