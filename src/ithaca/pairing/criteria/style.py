"""Working style: answers from 1 to 5 that lie close together."""

import numpy as np

from ithaca.pairing.attributes import key_of
from ithaca.pairing.criteria import encode
from ithaca.pairing.criteria.base import Chosen, Criterion
from ithaca.pairing.points import Array, share_out
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.table import Table
from ithaca.pairing.side import Side


class Style(Criterion):
    key = "style"
    label = "Values and working style"
    help = "How close the answers of both to the same questions (1 to 5) are; every question counts the same."
    default_weight = 12
    mentor_attributes = ("style",)
    mentee_attributes = ("style",)

    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        left, right = ([{key_of(n): a for n, a in row} for row in side.column("style")] for side in (mentors, mentees))
        traits = sorted(set().union(*left) & set().union(*right))
        return tuple(
            Table(self._classes(left, trait), self._classes(right, trait), self._closeness(part))
            for trait, part in zip(traits, share_out([1] * len(traits), points), strict=True)
        )

    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        theirs = {key_of(name): answer for name, answer in mentors.value(i, "style")}
        mine = [(name, answer) for name, answer in mentees.value(j, "style") if key_of(name) in theirs]
        both = [(name, abs(answer - theirs[key_of(name)])) for name, answer in mine]
        close = [name for name, apart in both if apart <= 1]
        return f"alike in {encode.listed(close)}" if close else ("different working styles" if both else "")

    def _classes(self, answers: list[dict[str, int]], trait: str) -> Array:
        return np.array([row.get(trait, 0) for row in answers], np.int16)

    def _closeness(self, points: int) -> Array:
        answer = np.arange(6)
        table: Array = points * (4 - np.abs(answer[:, None] - answer[None, :]).clip(max=4)) // 4
        table[0, :] = table[:, 0] = encode.blank_points(points)
        return table
