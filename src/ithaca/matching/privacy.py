"""What happens to a person's rows of this slice when they ask for their data or leave (see `kernel.privacy`)."""

from __future__ import annotations

from typing import Any

from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.matching.models import Board, Change, MatchingRules, Publication, Run, RunInput, Stop, Undone
from ithaca.people.models import Person
from ithaca.programmes.models import Enrolment

WHO = "it only says who did something; the person's own row becomes anonymous"


def forget_inputs(subject: Any) -> int:
    """What the engine saw of the cohorts the person is in holds their profile; plan and proof stay, by codes only."""
    if not isinstance(subject, Person):
        return 0
    cohorts = Enrolment.objects.filter(person=subject).values("cohort")
    gone: int = RunInput.objects.filter(run__cohort__in=cohorts).delete()[0]
    return gone


register(
    Entry(MatchingRules, (), mentions=("saved_by",), export=None, erase=Erase.KEEP, why=WHO),
    Entry(Board, (), mentions=("started_by",), export=None, erase=Erase.KEEP, why=WHO),
    Entry(Run, (), mentions=("started_by",), export=None, erase=Erase.KEEP, why=WHO, also=forget_inputs),
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
    Entry(Undone, (), mentions=("by",), export=None, erase=Erase.KEEP, why=WHO),
    Entry(Publication, (), mentions=("by",), export=None, erase=Erase.KEEP, why=WHO),
)
