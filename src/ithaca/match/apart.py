"""People who must be kept apart although somebody's name is not found: refused, or said first of all."""

from collections.abc import Sequence

from ithaca.match.options import People
from ithaca.pairing.side import ProblemError
from ithaca.rosters.names import Names

UNKEPT = "Not kept apart: "
"""What a note begins with that tells of two people who may be paired although one asked against it."""
REFUSED = (
    "Nothing was made, because people who asked to be kept apart might be put together. Please correct these names; if they "
    'do not take part, write unknown_apart = "leave out" under [people] in a file of options, and go on with --options'
)


def of_the_other_side(avoided: Sequence[str], own: Names, other: Names) -> list[str]:
    """Without people of one's own side, whom one cannot be paired with."""
    return [name for name in avoided if other.called(name) or not own.called(name)]


def all_found(unknown: list[str], options: People, notes: list[str]) -> None:
    """Raises ProblemError if somebody whom another must not meet is not found: the two might be put together."""
    told = list(dict.fromkeys(unknown))
    if told and not options.unknown_apart_is_left_out:
        raise ProblemError([*told, REFUSED])
    notes[:0] = [f"{UNKEPT}{each}" for each in told]
