"""What happens to a person's rows of this slice when they ask for their data or leave (see `kernel.privacy`)."""

from __future__ import annotations

from typing import Any

from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.matching import actions
from ithaca.matching.models import (
    Board,
    Change,
    LaterTurn,
    MatchingRules,
    Publication,
    PublishRequest,
    Run,
    Stop,
    Undone,
)
from ithaca.people.models import Person

WHO = "it only says who did something; the person's own row becomes anonymous"


def forget_in_inputs(subject: Any) -> int:
    """The person's row in what the engine saw; the rows of the others stay, so the reasons of their pairs do too."""
    return actions.forget_person(subject) if isinstance(subject, Person) else 0


register(
    Entry(MatchingRules, (), mentions=("saved_by",), export=None, erase=Erase.KEEP, why=WHO),
    Entry(Board, (), mentions=("started_by",), export=None, erase=Erase.KEEP, why=WHO),
    Entry(Run, (), mentions=("started_by",), export=None, erase=Erase.KEEP, why=WHO, also=forget_in_inputs),
    Entry(Stop, (), mentions=("by",), export=None, erase=Erase.KEEP, why=WHO),
    Entry(
        Change,
        ("mentor", "mentee", "other_mentor", "other_mentee"),
        mentions=("by",),
        export=None,
        erase=Erase.BLANK,
        blank={"why": ""},
        why="a note of the coordinator on the board, about two people at once; the row stays for the other one",
    ),
    Entry(LaterTurn, ("mentee",), mentions=("by",), export=("at",), erase=Erase.DELETE),
    Entry(Undone, (), mentions=("by",), export=None, erase=Erase.KEEP, why=WHO),
    Entry(PublishRequest, (), mentions=("by",), export=None, erase=Erase.KEEP, why=WHO),
    Entry(Publication, (), mentions=("by",), export=None, erase=Erase.KEEP, why=WHO),
)
