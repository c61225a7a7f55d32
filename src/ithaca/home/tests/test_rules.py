from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithaca.home import rules
from ithaca.home.rules import Moment, RunState
from ithaca.programmes.rules import Phase, Places

FULL = Places(mentors=3, places=4, mentees=3, wanted=3)


def moment(**told: Any) -> Moment:
    usual: dict[str, Any] = {"phase": Phase.MATCHING, "places": FULL, "run": RunState.NONE}
    return rules.moment_of(**(usual | {"introduced": 0, "open_pairs": 0, "late": 0, "without": 3} | told))


@pytest.mark.parametrize(
    "told, expected",
    [
        ({"places": Places(mentors=3, places=4)}, Moment.BRING),
        ({"phase": Phase.APPLICATIONS}, Moment.GATHER),
        ({}, Moment.MATCH),
        ({"run": RunState.WORKING}, Moment.WORKING),
        ({"run": RunState.STOPPED}, Moment.STOPPED),
        ({"run": RunState.FOUND, "phase": Phase.APPLICATIONS}, Moment.REVIEW),
        ({"run": RunState.PUBLISHED, "introduced": 3, "open_pairs": 3, "without": 0}, Moment.RUNNING),
        ({"run": RunState.PUBLISHED, "introduced": 3, "open_pairs": 3, "late": 1}, Moment.CONTACT),
        ({"run": RunState.PUBLISHED, "introduced": 2, "open_pairs": 2, "without": 1}, Moment.WITHOUT),
        ({"phase": Phase.CLOSING, "introduced": 3, "open_pairs": 1}, Moment.END),
        ({"phase": Phase.OVER, "introduced": 3}, Moment.OVER),
    ],
)
def test_each_moment_is_recognised(told: dict[str, Any], expected: Moment) -> None:
    assert moment(**told) == expected


@given(
    st.sampled_from(Phase),
    st.sampled_from(RunState),
    st.integers(0, 2),
    st.integers(0, 2),
    st.integers(0, 2),
    st.integers(0, 2),
)
def test_there_is_always_one_next_step(
    phase: Phase, run: RunState, introduced: int, open_pairs: int, late: int, without: int
) -> None:
    told = {"introduced": introduced, "open_pairs": open_pairs, "late": late, "without": without}
    assert moment(phase=phase, run=run, **told) in set(Moment)
