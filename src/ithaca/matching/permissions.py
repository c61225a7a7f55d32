"""Who may do what: matching belongs to whoever coordinates the cohort; to everybody else it does not exist."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from ithaca.matching.models import Board, Run
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort


def cohort(person: Person, code: str) -> Cohort:
    """The cohort behind a code, if `person` coordinates it; else 404."""
    found: Cohort = get_object_or_404(Cohort.objects.coordinated_by(person).select_related("programme"), code=code)
    return found


def board(person: Person, code: str) -> Board:
    """The board behind a code, if `person` coordinates its cohort; else 404."""
    rows = Board.objects.coordinated_by(person).select_related(
        "cohort__programme", "cohort__organisation", "publication"
    )
    found: Board = get_object_or_404(rows, code=code)
    return found


def run(person: Person, code: str) -> Run:
    """The run behind a code, if `person` coordinates its cohort; else 404."""
    rows = Run.objects.coordinated_by(person).select_related(
        "cohort__programme", "board__publication", "rules", "result", "stop__by", "started_by"
    )
    found: Run = get_object_or_404(rows, code=code)
    return found
