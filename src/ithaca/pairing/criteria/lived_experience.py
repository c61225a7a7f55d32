"""Lived experience: only where a mentee asks for it, and only of mentors who offered to speak about it."""

from ithaca.pairing.criteria import encode
from ithaca.pairing.criteria.base import Chosen, Criterion, Option
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.overlap import Overlap
from ithaca.pairing.side import Side


class LivedExperience(Criterion):
    key = "lived_experience"
    label = "Lived experience asked for"
    help = "Counts only where the mentee asks for it; never a silent penalty for anyone."
    default_weight = 8
    mentor_attributes = ("lived_experience",)
    mentee_attributes = ("lived_experience_wanted",)
    options = (
        Option("required", "What is asked for is required", "At least one of it must be there.", "yes_no", False),
        Option("enough", "Shared experiences for full points", "More earn nothing extra.", "whole_number", 2, 1, 20),
    )

    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        bits = encode.bitmaps(mentors.column("lived_experience"), mentees.column("lived_experience_wanted"))
        table = encode.shared_of_asked(points, chosen["enough"], least=1)
        return (Overlap(*bits, table, int(chosen["required"]), "lacks the lived experience asked for"),)

    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        asked = mentees.value(j, "lived_experience_wanted")
        found = encode.in_common(asked, mentors.value(i, "lived_experience"))
        return f"knows from experience what was asked for: {encode.listed(found)}" if found else ""
