"""Deciding that others come first for scarce places, and taking it back."""

from __future__ import annotations

from django.db import transaction

from ithaca.activity import actions as activity
from ithaca.matching import events
from ithaca.matching.models import LaterTurn, silent_before_it_began
from ithaca.matching.rules.board import Refused
from ithaca.mentorships.models import Mentorship
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort


@transaction.atomic
def let_others_first(cohort: Cohort, *, mentorship: Mentorship, by: Person | None) -> LaterTurn:
    """Its mentee comes after others until a later mentorship of theirs begins. Decided twice, the first time counts."""
    if not silent_before_it_began(cohort).filter(pk=mentorship.pk).exists():
        raise Refused("This mentorship is open, or the two were in touch, so it says nothing about whose turn it is.")
    made: LaterTurn
    made, fresh = LaterTurn.objects.get_or_create(
        mentorship=mentorship, defaults={"mentee_id": mentorship.mentee_id, "by": by}
    )
    if fresh:
        event = events.LaterTurnDecided(cohort=cohort.name)
        activity.record(event, actor=by, subject=f"mentorship:{mentorship.code}")
    return made


@transaction.atomic
def take_back_later_turn(cohort: Cohort, *, mentorship: Mentorship, by: Person | None) -> None:
    """The mentee's turn is as everybody's again. What was never decided stays so."""
    if LaterTurn.objects.filter(mentorship=mentorship).delete()[0]:
        event = events.LaterTurnTakenBack(cohort=cohort.name)
        activity.record(event, actor=by, subject=f"mentorship:{mentorship.code}")
