from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithaca.programmes import rules
from ithaca.programmes.rules import Phase

START = datetime.date(2027, 1, 11)
DATES = rules.proposed_dates(START, 6)


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 1, 1)), st.integers(1, 36))
def test_proposed_dates_are_in_order(start: datetime.date, months: int) -> None:
    dates = rules.proposed_dates(start, months)
    rules.check_dates(dates)
    assert dates["applications_open_on"] == start


def test_months_end_where_the_shorter_month_ends() -> None:
    assert rules.add_months(datetime.date(2027, 8, 31), 6) == datetime.date(2028, 2, 29)
    assert rules.add_months(datetime.date(2027, 3, 31), 1) == datetime.date(2027, 4, 30)
    assert rules.add_months(datetime.date(2027, 12, 15), 13) == datetime.date(2029, 1, 15)


def test_phase_follows_the_dates() -> None:
    day = datetime.timedelta(days=1)
    expected = {
        START - day: Phase.PLANNED,
        START: Phase.APPLICATIONS,
        DATES["applications_close_on"]: Phase.APPLICATIONS,
        DATES["applications_close_on"] + day: Phase.MATCHING,
        DATES["kick_off_on"] - day: Phase.MATCHING,
        DATES["kick_off_on"]: Phase.RUNNING,
        DATES["mid_point_on"]: Phase.SECOND_HALF,
        DATES["end_on"]: Phase.CLOSING,
        DATES["celebration_on"]: Phase.CLOSING,
        DATES["celebration_on"] + day: Phase.OVER,
    }
    assert {on: rules.phase_on(on, DATES) for on in expected} == expected


@given(st.lists(st.dates(datetime.date(2027, 1, 1), datetime.date(2028, 1, 1)), min_size=2, max_size=2))
def test_phases_never_go_back(days: list[datetime.date]) -> None:
    order = list(Phase)
    first, second = (order.index(rules.phase_on(day, DATES)) for day in sorted(days))
    assert first <= second


def test_a_wrong_order_is_named_at_the_later_field() -> None:
    wrong = DATES | {"matching_on": START}
    with pytest.raises(rules.WrongDates) as refusal:
        rules.check_dates(wrong)
    assert list(refusal.value.by_field) == ["matching_on"]
    assert "“Matching” follows “Applications close” (8 February 2027)" in str(refusal.value)


def test_only_the_celebration_may_be_left_out() -> None:
    rules.check_dates(DATES | {"celebration_on": None})
    with pytest.raises(rules.WrongDates) as refusal:
        rules.check_dates(DATES | {"end_on": None})
    assert list(refusal.value.by_field) == ["end_on"]


def test_a_cohort_lasts_longer_than_a_day() -> None:
    day = DATES["kick_off_on"]
    with pytest.raises(rules.WrongDates, match="Choose a later day"):
        rules.check_dates(DATES | {"mid_point_on": day, "end_on": day})


def test_missing_is_what_a_reader_would_miss() -> None:
    full = {requirement.field: "told" for requirement in rules.REQUIREMENTS}
    assert rules.missing(full) == []
    lacking = rules.missing(full | {"purpose": "  ", "objectives": ["", " "], "cadence_days": 0})
    assert [requirement.field for requirement in lacking] == ["purpose", "objectives", "cadence_days"]


def test_objectives_without_a_number_get_a_second_look() -> None:
    assert rules.unmeasurable(["Reach 40 pairs", "Be better"]) == ["Be better"]


@pytest.mark.parametrize("capacity", [-1, 101])
def test_capacity_has_limits(capacity: int) -> None:
    with pytest.raises(rules.Refused, match="between 0 and 100"):
        rules.check_capacity(capacity)
