"""Seniority: how many steps of a career the mentor is ahead."""

import numpy as np

from ithaca.pairing.criteria import encode
from ithaca.pairing.criteria.base import Chosen, Criterion, Option
from ithaca.pairing.points import VETO, Array
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.table import Table
from ithaca.pairing.side import Side

HIGHEST = 99
"""Levels are whole numbers from 0 to this; what lies outside counts as the nearest."""
BLANK = HIGHEST + 1


class Seniority(Criterion):
    key = "seniority"
    label = "Seniority"
    help = "How far ahead the mentor is. Who left the question blank is not excluded."
    default_weight = 0
    mentor_attributes = ("seniority",)
    mentee_attributes = ("seniority",)
    options = (
        Option("limited", "The gap is a rule", "Pairs outside the two numbers are excluded.", "yes_no", True),
        Option("at_least", "Levels ahead, at least", "0: never more junior.", "whole_number", 0, -50, 50),
        Option("at_most", "Levels ahead, at most", "99 is no limit.", "whole_number", 99, 0, 99, no_limit=99),
        Option("ideal", "Levels ahead for full points", "With a weight only.", "whole_number", 2, 0, 50),
    )

    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        level = np.arange(BLANK)
        ahead = level[:, None] - level[None, :]
        table = np.full((BLANK + 1, BLANK + 1), encode.blank_points(points), np.int32)
        table[:BLANK, :BLANK] = points * np.maximum(0, 4 - np.abs(ahead - chosen["ideal"])) // 4
        if chosen["limited"]:
            outside = (ahead < chosen["at_least"]) | ((ahead > chosen["at_most"]) & (chosen["at_most"] < HIGHEST))
            table[:BLANK, :BLANK][outside] = VETO
        return (Table(self._classes(mentors), self._classes(mentees), table, "the gap in seniority"),)

    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        theirs, mine = mentors.value(i, "seniority"), mentees.value(j, "seniority")
        if theirs is None or mine is None:
            return ""
        ahead = round(theirs) - round(mine)
        if ahead == 0:
            return "at the same level"
        return f"{abs(ahead)} level{'' if abs(ahead) == 1 else 's'} {'ahead' if ahead > 0 else 'behind'}"

    def _classes(self, side: Side) -> Array:
        levels = side.column("seniority")
        return np.array([BLANK if at is None else min(HIGHEST, max(0, round(at))) for at in levels], np.int16)
