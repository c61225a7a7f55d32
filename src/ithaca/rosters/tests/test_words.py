"""Codes as words and hours in UTC: one answer for platform and command."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithaca.rosters import clock, words


@pytest.mark.parametrize(
    "code, said",
    [
        ("pt", "Portuguese"),
        ("PT-br", "Portuguese"),
        ("el", "Greek"),
        ("tlh", "Klingon"),
        ("sw", "Swahili"),
        ("yue", "Yue Chinese"),
        ("?", "?"),
    ],
)
def test_a_language_by_its_code(code: str, said: str) -> None:
    assert words.language(code) == said


@pytest.mark.parametrize("code, said", [("pt", "Portugal"), ("BO", "Bolivia"), ("TW", "Taiwan"), ("", ""), ("?", "?")])
def test_a_country_by_its_code(code: str, said: str) -> None:
    assert words.country(code) == said


@given(st.sets(st.integers(0, 167)), st.integers(-12 * 4, 14 * 4).map(lambda quarter: quarter * 15))
def test_free_hours_keep_their_number_and_stay_in_the_week(local: set[int], offset: int) -> None:
    found = clock.in_utc(local, offset)
    assert len(found) == len(local)
    assert all(0 <= hour < clock.WEEK for hour in found)


def test_monday_morning_in_tokyo_is_sunday_in_utc() -> None:
    assert clock.in_utc([8], clock.offset("Asia/Tokyo", datetime.date(2027, 3, 1))) == (167,)
    assert clock.offset("Nowhere/At all", datetime.date(2027, 3, 1)) == 0
