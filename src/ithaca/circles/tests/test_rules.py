from __future__ import annotations

from ithaca.circles import rules


def test_what_all_share_is_said_and_what_most_share_too() -> None:
    rows = [
        {"languages": ["English", "French"], "interests": ["Chess"], "seniority": 2, "employer": "North"},
        {"languages": ["english"], "interests": ["chess"], "seniority": 4, "employer": "South"},
        {"languages": ["English"], "interests": ["Choir"], "seniority": 3, "employer": "north "},
    ]
    assert rules.shared(rows) == [
        "All speak English.",
        "Most enjoy Chess.",
        "Seniority 2 to 4 of 10.",
        "From 2 employers.",
    ]
    assert rules.shared(rows[:2])[0] == "Both speak English."
    assert rules.shared([]) == []


def test_who_sat_together_has_met() -> None:
    assert rules.met_in([["c", "a", "b"], ["d", "e"]]) == {("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")}
