"""Time zone: how far apart the two days are."""

import numpy as np

from ithaca.pairing.criteria import encode
from ithaca.pairing.criteria.base import Chosen, Criterion, Option
from ithaca.pairing.points import VETO, Array
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.table import Table
from ithaca.pairing.side import Side

HALF_HOURS = 48
BLANK = HALF_HOURS


class TimeZone(Criterion):
    key = "time_zone"
    label = "Time zone"
    help = "Full points in the same time zone, none from eight hours apart."
    default_weight = 3
    mentor_attributes = ("utc_offset",)
    mentee_attributes = ("utc_offset",)
    options = (
        Option(
            "at_most",
            "Hours apart allowed",
            "Beyond is excluded; 12 is no rule.",
            "whole_number",
            12,
            0,
            12,
            no_limit=12,
        ),
        Option("none_from", "Hours apart for no points", "Points fall evenly until here.", "whole_number", 8, 1, 12),
    )

    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        table = np.full((HALF_HOURS + 1, HALF_HOURS + 1), encode.blank_points(points), np.int32)
        clock = np.arange(HALF_HOURS)
        around = np.abs(clock[:, None] - clock[None, :])
        apart = np.minimum(around, HALF_HOURS - around)
        furthest = 2 * chosen["none_from"]
        table[:BLANK, :BLANK] = points * np.maximum(0, furthest - apart) // furthest
        table[:BLANK, :BLANK][apart > 2 * chosen["at_most"]] = VETO
        reason = f"more than {chosen['at_most']} hours apart"
        return (Table(self._classes(mentors), self._classes(mentees), table, reason),)

    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        theirs, mine = mentors.value(i, "utc_offset"), mentees.value(j, "utc_offset")
        if theirs is None or mine is None:
            return ""
        around = abs(theirs - mine) % 24
        apart = min(around, 24 - around)
        return "same time zone" if apart == 0 else f"{apart:g} hour{'' if apart == 1 else 's'} apart"

    def _classes(self, side: Side) -> Array:
        offsets = side.column("utc_offset")
        return np.array([BLANK if zone is None else round(2 * zone) % HALF_HOURS for zone in offsets], np.int16)
