"""Need ↔ expertise: what the mentee wants help with and the mentor offers."""

from ithaca.pairing.criteria import encode
from ithaca.pairing.criteria.base import Chosen, Criterion, Option
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.overlap import Overlap
from ithaca.pairing.side import Side


class Expertise(Criterion):
    key = "expertise"
    label = "Need and expertise"
    help = "How much of what the mentee wants help with the mentor offers."
    default_weight = 27
    mentor_attributes = ("offers",)
    mentee_attributes = ("needs",)
    options = (
        Option("enough", "Shared skills for full points", "More earn nothing extra.", "whole_number", 5, 1, 30),
        Option("at_least", "Shared skills required", "Fewer exclude the pair; 0 is no rule.", "whole_number", 0, 0, 30),
    )

    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        bits = encode.bitmaps(mentors.column("offers"), mentees.column("needs"))
        table = encode.shared_of_asked(points, chosen["enough"])
        return (Overlap(*bits, table, chosen["at_least"], "too few of the skills asked for"),)

    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        offers, needs = mentors.value(i, "offers"), mentees.value(j, "needs")
        if not offers or not needs:
            return "what is needed is not known" if not needs else "what is offered is not known"
        found = encode.in_common(needs, offers)
        if not found:
            return f"none of the {len(needs)} skills asked for" if len(needs) > 1 else "not the skill asked for"
        if len(needs) == 1:
            return f"the skill asked for: {found[0]}"
        return f"{len(found)} of the {len(needs)} skills asked for: {encode.listed(found)}"
