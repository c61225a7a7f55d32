"""Free hours: a pair needs time in common."""

import numpy as np

from ithaca.pairing.criteria import encode
from ithaca.pairing.criteria.base import Chosen, Criterion, Option
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.overlap import Overlap
from ithaca.pairing.side import Side


class Hours(Criterion):
    key = "hours"
    label = "Free hours in common"
    help = "Hours of the week in which both are free. Who left the question blank is not excluded."
    default_weight = 6
    mentor_attributes = ("availability",)
    mentee_attributes = ("availability",)
    options = (
        Option("at_least", "Hours in common required", "Fewer are excluded; 0 is no rule.", "whole_number", 1, 0, 168),
        Option("enough", "Hours in common for full points", "More earn nothing extra.", "whole_number", 6, 1, 168),
    )

    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        bits = encode.bitmaps(mentors.column("availability"), mentees.column("availability"))
        enough, at_least = chosen["enough"], chosen["at_least"]
        by_shared = [points * shared // enough for shared in range(enough + 1)]
        table = np.array([[encode.blank_points(points)] * (enough + 1), by_shared])
        return (Overlap(*bits, table, at_least, self._reason(at_least)),)

    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        theirs, mine = mentors.value(i, "availability"), mentees.value(j, "availability")
        if not theirs or not mine:
            return ""
        shared = len(set(theirs) & set(mine))
        return f"{shared} free hour{'' if shared == 1 else 's'} a week in common"

    def _reason(self, at_least: int) -> str:
        return "no free hour in common" if at_least <= 1 else f"fewer than {at_least} free hours in common"
