"""Languages: a pair needs one in common."""

from ithaca.pairing.criteria import encode
from ithaca.pairing.criteria.base import Chosen, Criterion, Option
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.overlap import Overlap
from ithaca.pairing.side import Side


class Languages(Criterion):
    key = "languages"
    label = "Languages"
    help = "A language in which both can hold a meeting. Who left the question blank is not excluded."
    default_weight = 0
    mentor_attributes = ("languages",)
    mentee_attributes = ("languages",)
    options = (
        Option("required", "A language in common is required", "Pairs without one are excluded.", "yes_no", True),
        Option("enough", "Shared languages for full points", "With a weight only.", "whole_number", 2, 1, 10),
    )

    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        bits = encode.bitmaps(mentors.column("languages"), mentees.column("languages"))
        table = encode.shared_of_asked(points, chosen["enough"], least=1)
        return (Overlap(*bits, table, int(chosen["required"]), "no language in common"),)

    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        theirs, mine = mentors.value(i, "languages"), mentees.value(j, "languages")
        found = encode.in_common(mine, theirs)
        if found:
            return f"both speak {encode.listed(found)}"
        return "no language in common" if theirs and mine else ""
