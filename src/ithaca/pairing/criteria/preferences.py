"""Stated preferences: the ranked wishes of both sides."""

from collections.abc import Iterator, Mapping

from ithaca.pairing.criteria.base import Chosen, Criterion, Option
from ithaca.pairing.points import share_out
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.pairs import Pairs
from ithaca.pairing.side import Side


def rank_of(ranked: tuple[tuple[str, ...], ...], other: str) -> int:
    """0 for a first wish, 1 for the next …, -1 if not named. People in a tie share a rank."""
    return next((rank for rank, tied in enumerate(ranked) if other in tied), -1)


class Preferences(Criterion):
    key = "preferences"
    label = "Stated preferences"
    help = "Whom mentees and mentors named, best first; lists of any length, with ties."
    default_weight = 25
    mentor_attributes = ("prefers",)
    mentee_attributes = ("prefers",)
    options = (
        Option("mentors_percent", "Weight of the mentors' lists", "In percent.", "whole_number", 40, 0, 100),
        Option("step", "Percent lost from wish to wish", "A first wish counts full.", "whole_number", 15, 0, 100),
        Option("lowest", "Percent a late wish keeps", "However long the list.", "whole_number", 25, 0, 100),
    )

    def applies(self, mentors: Side, mentees: Side) -> bool:
        return mentors.knows("prefers") or mentees.knows("prefers")

    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        spoken = (mentors.knows("prefers"), mentees.knows("prefers"))
        asked = (chosen["mentors_percent"], 100 - chosen["mentors_percent"])
        weights = [weight if said else 0 for weight, said in zip(asked, spoken, strict=True)]
        theirs, mine = share_out(weights, points) if sum(weights) else (0, 0)
        shape = (len(mentors), len(mentees))
        by_mentor = ((a, b, p) for a, b, p in self._wishes(mentors, mentees.position, theirs, chosen))
        by_mentee = ((b, a, p) for a, b, p in self._wishes(mentees, mentors.position, mine, chosen))
        return (Pairs.of(shape, by_mentor), Pairs.of(shape, by_mentee))

    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        mine = rank_of(mentees.value(j, "prefers"), mentors.ids[i])
        theirs = rank_of(mentors.value(i, "prefers"), mentees.ids[j])
        said = []
        if mine >= 0:
            said.append(f"the mentee's wish number {mine + 1}")
        if theirs >= 0:
            said.append(f"the mentor's wish number {theirs + 1}")
        return " and ".join(said)

    def _wishes(
        self, side: Side, others: Mapping[str, int], points: int, chosen: Chosen
    ) -> Iterator[tuple[int, int, int]]:
        for row, ranked in enumerate(side.column("prefers")):
            for rank, tied in enumerate(ranked):
                percent = max(chosen["lowest"], 100 - rank * chosen["step"])
                yield from ((row, others[other], points * percent // 100) for other in tied if other in others)
