"""What swapping mentors with another pair would come to, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ithaca.matching.bridge import problems, solving
from ithaca.matching.queries.board import Card, Row, Standing
from ithaca.matching.rules import board as board_rules
from ithaca.matching.rules.board import Change, Kind


@dataclass(frozen=True)
class Made:
    """A pair that would be; `percent` is None where what the engine saw is not kept any more."""

    mentor: Card
    mentee: Card
    percent: int | None
    broken: tuple[str, ...]


@dataclass(frozen=True)
class Swap:
    """Both pairs as they would be, or why they cannot."""

    refusal: str
    made: tuple[Made, ...] = ()


def with_swaps(standing: Standing, chosen: Row, rows: Sequence[Row]) -> list[Row]:
    """The rows, each with what swapping mentors with `chosen` would come to; all pairs are judged in one go."""
    wanted = {row.line.pair: Change(Kind.SWAP, *chosen.line.pair, *row.line.pair) for row in rows}
    refusals = {pair: board_rules.refusal(standing.state, change, standing.places) for pair, change in wanted.items()}
    asked = problems.of_run(standing.run) if standing.run else None
    pairs = [made for pair, change in wanted.items() if not refusals[pair] for made in change.made]
    judged = {(one.mentor, one.mentee): one for one in solving.judge(asked, pairs)} if asked else {}

    def made_of(mentor: Card, mentee: Card) -> Made:
        found = judged.get((mentor.code, mentee.code))
        return Made(mentor, mentee, round(found.score / 100) if found else None, found.broken if found else ())

    def swap_of(row: Row) -> Swap:
        if refusal := refusals[row.line.pair]:
            return Swap(refusal)
        return Swap("", (made_of(chosen.mentor, row.mentee), made_of(row.mentor, chosen.mentee)))

    return [row if row.line == chosen.line else replace(row, swap=swap_of(row)) for row in rows]
