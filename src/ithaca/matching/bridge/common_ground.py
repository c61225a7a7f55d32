"""What an introduction says of the two: read from profiles, as far as each lets a partner read them."""

from __future__ import annotations

import datetime
from typing import Any

from ithaca.matching.rules import common_ground
from ithaca.people import rules as people_rules
from ithaca.people.models import Person, Profile
from ithaca.programmes.models import Cohort
from ithaca.rosters import clock, words


def of(mentor: Person, mentee: Person, cohort: Cohort) -> tuple[list[str], str]:
    """Sentences about what they share, and an opener for the mentee. The people come with profile and organisation."""
    both = told(mentor, cohort.kick_off_on), told(mentee, cohort.kick_off_on)
    return common_ground.sentences(*both), common_ground.opener(*both, cohort.programme.name)


def told(person: Person, kick_off: datetime.date) -> common_ground.Told:
    """What a partner may read of a person, with names instead of codes and hours in UTC."""
    profile: Profile | None = getattr(person, "profile", None)
    if profile is None:
        return common_ground.Told(person.name, {})
    readable = people_rules.readable(profile.visibility, people_rules.Reader.PARTNER)
    fields: dict[str, Any] = {name: getattr(profile, name) for name in readable}
    if "languages" in fields:
        fields["languages"] = [words.language(code) for code in fields["languages"]]
    if "country" in fields:
        fields["country"] = words.country(fields["country"])
    if "availability" in fields:
        minutes = clock.offset(person.time_zone or person.organisation.time_zone, kick_off)
        fields["availability"] = clock.in_utc(fields["availability"], minutes)
    return common_ground.Told(person.name, fields)
