"""The way from an empty installation to the first introductions, as Today teaches it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from ithaca.home import moments
from ithaca.home.queries import Desk
from ithaca.home.rules import RunState
from ithaca.programmes.desk import Link


@dataclass(frozen=True)
class FirstStep:
    """One step of the way: `action` leads there once it is its turn."""

    title: str
    why: str
    done: bool
    action: Link | None = None


def first_steps(desk: Desk) -> list[FirstStep]:
    """All steps with what is done; empty once anybody has been introduced."""
    if any(situation.introduced for situation in desk.situations):
        return []
    slug = desk.organisation.slug
    first = desk.programmes[0] if desk.programmes else None
    situation = desk.situations[0] if desk.situations else None
    ready = bool(first and not first.missing())
    peopled = bool(situation and situation.places.mentors and situation.places.mentees)
    matched = bool(situation and situation.run_state in (RunState.FOUND, RunState.PUBLISHED))
    steps = [
        ("Create a programme", "What your mentoring is for, in its own words. Ithaca suggests the rest.", first),
        ("Tell what people must know", "Roles, norms, what stays private: before anybody applies.", ready),
        ("Open a cohort", "One round with its dates. Choose a start, and the other dates follow.", situation),
        ("Bring people in", "From the spreadsheets you have; nothing is sent to anybody.", peopled),
        ("Match", "The best possible matching, with its reasons. You change what you like.", matched),
        ("Publish", "You see every letter first. Then both sides of every pair are introduced.", False),
    ]
    ways = [
        Link("Create a programme", reverse("programmes:new", args=[slug])),
        Link("Open the programme", reverse("programmes:programme", args=[slug, first.code])) if first else None,
        Link("Open a cohort", reverse("programmes:new_cohort", args=[slug, first.code])) if first else None,
        moments.importing(situation.cohort) if situation else None,
        Link("Match", moments.address("matching:overview", situation.cohort, situation.cohort.code))
        if situation
        else None,
        moments.next_step(situation, desk.today).primary if situation else None,
    ]
    turn = next(number for number, (_, _, done) in enumerate(steps) if not done)
    return [
        FirstStep(title, why, bool(done), ways[number] if number == turn else None)
        for number, (title, why, done) in enumerate(steps)
    ]
