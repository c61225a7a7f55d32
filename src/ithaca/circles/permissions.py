"""Who may see a round: whoever coordinates its cohort; to everybody else it does not exist."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from ithaca.circles.models import Round
from ithaca.people.models import Person


def round_of(person: Person, code: str) -> Round:
    """The round behind a code, if `person` coordinates its cohort; else 404."""
    rows = Round.objects.coordinated_by(person).select_related(
        "cohort__programme", "cohort__organisation", "seating", "started_by", "introduction__by"
    )
    found: Round = get_object_or_404(rows, code=code)
    return found
