"""Interests: what both enjoy beside work."""

from ithaca.pairing.criteria import encode
from ithaca.pairing.criteria.base import Chosen, Criterion, Option
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.overlap import Overlap
from ithaca.pairing.side import Side


class Interests(Criterion):
    key = "interests"
    label = "Interests"
    help = "Interests in common, compared with how many the mentee named."
    default_weight = 5
    mentor_attributes = ("interests",)
    mentee_attributes = ("interests",)
    options = (
        Option("enough", "Shared interests for full points", "More earn nothing extra.", "whole_number", 3, 1, 30),
    )

    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        bits = encode.bitmaps(mentors.column("interests"), mentees.column("interests"))
        return (Overlap(*bits, encode.shared_of_asked(points, chosen["enough"])),)

    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        found = encode.in_common(mentees.value(j, "interests"), mentors.value(i, "interests"))
        return f"both like {encode.listed(found)}" if found else ""
