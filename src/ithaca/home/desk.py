"""Furnishes the page of a cohort (`programmes.desk`) with what the slices above know."""

from __future__ import annotations

import datetime

from ithaca.home import moments, queries
from ithaca.home.queries import Situation
from ithaca.programmes.desk import Furnishing, Link, Stage, furnished_by
from ithaca.programmes.models import Cohort
from ithaca.programmes.rules import Places


@furnished_by
def furnish(cohort: Cohort, places: Places, today: datetime.date) -> Furnishing:
    """Next step, funnel and ways on."""
    situation = queries.situations_of([cohort], today, {cohort.pk: places})[0]
    links = [moments.importing(cohort), Link("Matching", moments.address("matching:overview", cohort, cohort.code))]
    if situation.introduced:
        links.append(Link("Mentorships", moments.address("mentorships:cohort", cohort, cohort.code)))
    return Furnishing(moments.next_step(situation, today), _funnel(situation), links)


def _funnel(situation: Situation) -> list[Stage]:
    """From joining to a first meeting; empty as long as nobody has been introduced."""
    if not situation.introduced:
        return []
    cohort = situation.cohort
    pairs = moments.address("mentorships:cohort", cohort, cohort.code)
    counts = [
        ("Mentees", situation.places.mentees, moments.address("programmes:people", cohort, cohort.code, "mentees")),
        ("Pairs introduced", situation.introduced, pairs),
        ("In touch", situation.in_touch, f"{pairs}?state=in_touch"),
        ("Have met", situation.met, f"{pairs}?state=met"),
    ]
    most = max(count for _, count, _ in counts)
    return [Stage(label, count, url, most) for label, count, url in counts]
