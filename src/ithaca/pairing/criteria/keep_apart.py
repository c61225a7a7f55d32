"""Keep apart: conflicts of interest, people who asked not to meet, and pairs that have been before."""

from collections.abc import Iterator, Mapping

from ithaca.pairing.attributes import is_blank
from ithaca.pairing.criteria import encode
from ithaca.pairing.criteria.base import Chosen, Criterion, Option
from ithaca.pairing.points import VETO
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.pairs import Pairs
from ithaca.pairing.primitives.same import Same
from ithaca.pairing.side import Side

Named = Iterator[tuple[int, int]]
SAME_PERSON, ASKED = "the same person", "asked not to be paired"
"""Reasons that nobody is advised to set aside: who asked for it has decided."""


class KeepApart(Criterion):
    key = "keep_apart"
    label = "Keep apart"
    help = "Nobody is paired with themselves or with someone either of them asked to avoid, nor with the following."
    default_weight = 0
    mentor_attributes = ()
    mentee_attributes = ()
    options = (
        Option("reporting_line", "Same reporting line", "One reports to the other, directly or not.", "yes_no", True),
        Option("earlier", "Earlier pairs", "People who were a pair before.", "yes_no", True),
        Option("manager", "Same manager", "Both report to the same person.", "yes_no", False),
        Option("department", "Same department", "Of the same employer, where employers are known.", "yes_no", False),
        Option("employer", "Same employer", "Both work for the same organisation.", "yes_no", False),
    )

    def applies(self, mentors: Side, mentees: Side) -> bool:
        return True

    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        named = [
            (SAME_PERSON, self._same_person(mentors, mentees)),
            (ASKED, self._listed("avoids", mentors, mentees)),
        ]
        if chosen["earlier"]:
            named.append(("a pair before", self._listed("earlier", mentors, mentees)))
        if chosen["reporting_line"]:
            named.append(("same reporting line", self._reporting_line(mentors, mentees)))
        shape = (len(mentors), len(mentees))
        out: list[Primitive] = [Pairs.of(shape, ((i, j, VETO) for i, j in pairs), reason) for reason, pairs in named]
        for key, reason in (
            ("manager", "same manager"),
            ("department", "same department"),
            ("employer", "same employer"),
        ):
            values = [self._values(key, side, others) for side, others in ((mentors, mentees), (mentees, mentors))]
            if chosen[key] and all(any(column) for column in values):
                out.append(Same(*encode.classes(*values), same=VETO, different=0, reason=reason))
        return tuple(primitive for primitive in out if not isinstance(primitive, Pairs) or len(primitive.mentor_idx))

    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        return ""

    def _values(self, key: str, side: Side, others: Side) -> list[str]:
        if key == "manager":  # “none” is a manager only where somebody has that id
            managers = side.column("reports_to")
            return ["" if is_blank(one) and not _known(one, side, others) else one for one in managers]
        if key == "employer":
            return list(side.column("employer"))
        both = zip(side.column("employer"), side.column("department"), strict=True)
        return [f"{employer} / {department}" if department else "" for employer, department in both]

    def _same_person(self, mentors: Side, mentees: Side) -> Named:
        return ((i, mentees.position[person]) for i, person in enumerate(mentors.ids) if person in mentees.position)

    def _listed(self, key: str, mentors: Side, mentees: Side) -> Named:
        for i, others in enumerate(mentors.column(key)):
            yield from ((i, mentees.position[other]) for other in others if other in mentees.position)
        for j, others in enumerate(mentees.column(key)):
            yield from ((mentors.position[other], j) for other in others if other in mentors.position)

    def _reporting_line(self, mentors: Side, mentees: Side) -> Named:
        manager = {
            person: boss
            for side in (mentors, mentees)
            for person, boss in zip(side.ids, side.column("reports_to"), strict=True)
            if boss
        }
        for i, person in enumerate(mentors.ids):
            yield from ((i, mentees.position[boss]) for boss in _above(person, manager) if boss in mentees.position)
        for j, person in enumerate(mentees.ids):
            yield from ((mentors.position[boss], j) for boss in _above(person, manager) if boss in mentors.position)


def _known(person: str, *sides: Side) -> bool:
    return any(person in side.position for side in sides)


def apart_among(people: Side) -> set[tuple[str, str]]:
    """Of people of one side, every two of whom one asked not to meet the other, or reports to them, directly or not."""
    manager = {person: boss for person, boss in zip(people.ids, people.column("reports_to"), strict=True) if boss}
    named = zip(people.ids, people.column("avoids"), strict=True)
    return {
        (person, other)
        for person, avoided in named
        for other in (*avoided, *_above(person, manager))
        if other in people.position
    }


def _above(person: str, manager: Mapping[str, str]) -> list[str]:
    """Everyone the person reports to, directly or not; a circle in the data ends the line."""
    line: list[str] = []
    while (person := manager.get(person, "")) and person not in line:
        line.append(person)
    return line
