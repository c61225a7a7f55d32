"""Who sees what because of a mentorship."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, When

from ithaca.mentorships.models import Mentorship
from ithaca.people import permissions as people
from ithaca.people.models import Person
from ithaca.people.rules import Reader


@people.extends_sight(Reader.PARTNER)
def partners_of(person: Person) -> Any:
    """The partners in somebody's open mentorships, as primary keys."""
    partner = Case(When(mentor=person, then=F("mentee_id")), default=F("mentor_id"))
    return Mentorship.objects.open().of(person).annotate(partner=partner).values("partner")
