from __future__ import annotations

import datetime
from typing import Any

from ithaca.mentorships import rules
from ithaca.mentorships.rules import Place

ANA, BO, CY = Place(1, "Ana", 2, True), Place(2, "Bo", 1, True), Place(3, "Cy", 1, True)


def problems(*pairs: tuple[Place, Place], **known: Any) -> list[str]:
    nothing: dict[str, Any] = {"mentor_load": {}, "mentee_load": {}, "introduced": set(), "apart": set()}
    return rules.problems_of(pairs, **(nothing | known))


def test_a_fitting_plan_has_no_problems() -> None:
    assert problems((ANA, BO), (ANA, CY)) == []


def test_every_problem_is_named_once() -> None:
    gone = Place(4, "Di", 1, False)
    assert problems((ANA, ANA)) == ["Ana cannot be their own mentor."]
    assert problems((ANA, BO), introduced={(1, 2)}) == ["Ana and Bo were already introduced in this cohort."]
    assert problems((ANA, BO), apart={(2, 1)}) == ["Ana and Bo are to be kept apart."]
    assert problems((gone, BO)) == ["Di has left the cohort."]
    assert problems((ANA, BO), (ANA, BO)) == [
        "Ana and Bo are in the plan twice.",
        "Bo takes 1 mentor, but would have 2.",
    ]


def test_capacity_counts_what_people_have_already() -> None:
    assert problems((ANA, BO), mentor_load={1: 1}) == []
    assert problems((ANA, BO), (ANA, CY), mentor_load={1: 1}) == ["Ana takes 2 mentees, but would have 3."]
    assert problems((ANA, BO), mentee_load={2: 1}) == ["Bo takes 1 mentor, but would have 2."]


def test_first_contact_is_late_after_seven_days() -> None:
    start = datetime.date(2027, 3, 1)
    assert not rules.is_late(start, datetime.date(2027, 3, 8))
    assert rules.is_late(start, datetime.date(2027, 3, 9))
