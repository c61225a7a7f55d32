"""The words and ways of each moment of a cohort: what to do now, why, and where."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.urls import NoReverseMatch, reverse

from ithaca.home.queries import Situation
from ithaca.home.rules import Moment
from ithaca.matching import queries as matching
from ithaca.programmes.desk import Link, NextStep
from ithaca.programmes.models import Cohort
from ithaca.programmes.rules import Phase, in_days, written


def next_step(situation: Situation, today: datetime.date) -> NextStep:
    """The one next step of a cohort."""
    return _WORDS[situation.moment](situation, today)


def address(name: str, cohort: Cohort, *args: str) -> str:
    """Path of a page of the cohort's organisation."""
    return reverse(name, args=[cohort.organisation.slug, *args])


def importing(cohort: Cohort) -> Link:
    """The way to bring people in: from a spreadsheet, or by hand where spreadsheets are not part of the installation."""
    try:
        return Link("Import people", address("intake:index", cohort, cohort.code))
    except NoReverseMatch:
        return Link("Add people", address("programmes:add_person", cohort, cohort.code))


def counted(number: int, one: str, many: str = "") -> str:
    """“1 mentee has”, “3 mentees have”: the number with the words that fit it."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _bring(situation: Situation, today: datetime.date) -> NextStep:
    cohort, places = situation.cohort, situation.places
    empty = "mentors" if not places.mentors else "mentees"
    if not places.mentors and not places.mentees:
        title, why = (
            "Bring your people in",
            "One spreadsheet of mentors and one of mentees is enough; Ithaca reads them.",
        )
    else:
        title, why = f"Bring the {empty} in", places.sentence
    if situation.phase == Phase.PLANNED:
        why += f" Applications open on {written(cohort.applications_open_on)}."
    elif situation.phase == Phase.APPLICATIONS:
        why += f" Applications close {_when(cohort.applications_close_on, today)}."
    else:
        why += f" Applications closed on {written(cohort.applications_close_on)}; joining late is fine."
    by_hand = Link("Add one by hand", address("programmes:add_person", cohort, cohort.code))
    return NextStep(title, why, importing(cohort), by_hand)


def _gather(situation: Situation, today: datetime.date) -> NextStep:
    cohort = situation.cohort
    day = cohort.applications_close_on
    why = f"{situation.places.sentence} You can try a matching at any time: nothing is sent before you publish it."
    title = f"Applications are open until {written(day)}"
    if situation.phase == Phase.PLANNED:
        title = f"Applications open {_when(cohort.applications_open_on, today)}"
    return NextStep(title, why, importing(cohort), Link("Try a matching", _matching(cohort)))


def _match(situation: Situation, today: datetime.date) -> NextStep:
    cohort = situation.cohort
    why = f"{situation.places.sentence} {_kick_off(cohort, today)}"
    return NextStep(
        "Everybody is here: find the best matching", why, Link("Match", _matching(cohort)), importing(cohort)
    )


def _working(situation: Situation, today: datetime.date) -> NextStep:
    why = "It takes from seconds to a few minutes, and goes on while you do something else."
    return NextStep("The matching is being worked out", why, Link("See how far it is", _run(situation)))


def _stopped(situation: Situation, today: datetime.date) -> NextStep:
    why = matching.by_name(situation.stop.why) if situation.stop else ""
    again = Link("Back to the rules", _matching(situation.cohort))
    return NextStep("The matching ended without a result", why, again, Link("What happened", _run(situation)))


def _review(situation: Situation, today: datetime.date) -> NextStep:
    cohort, result, run = situation.cohort, situation.result, situation.run
    served = f"{result.served} of {result.mentees} mentees have a mentor in it. " if result else ""
    why = f"{served}Nothing has been sent yet: look at the pairs, change what you like, and publish. {_kick_off(cohort, today)}"
    board = address("matching:board", cohort, run.board.code) if run else ""
    return NextStep(
        "A matching waits for you", why.strip(), Link("Open the board", board), Link("Rules", _matching(cohort))
    )


def _contact(situation: Situation, today: datetime.date) -> NextStep:
    late = counted(situation.late, "pair has", "pairs have")
    why = "They were introduced more than a week ago, and neither side has said that they are in touch. A word from you helps."
    waiting = Link("See who", _pairs(situation.cohort) + "?state=waiting")
    return NextStep(f"{late} not been in touch", why, waiting)


def _without(situation: Situation, today: datetime.date) -> NextStep:
    cohort = situation.cohort
    title = f"{counted(situation.without, 'mentee waits', 'mentees wait')} for a mentor"
    why = f"They joined late, or nobody fitted in the last matching. {_places_left(situation)}"
    return NextStep(title, why, Link("Match again", _matching(cohort)), Link("See mentorships", _pairs(cohort)))


def _running(situation: Situation, today: datetime.date) -> NextStep:
    cohort = situation.cohort
    coming = [(label, on) for label, on in cohort.dates() if on >= today]
    follows = f" {coming[0][0]} {_when(coming[0][1], today)}." if coming else ""
    why = f"{_told(situation)}{follows} Nothing needs you here today."
    return NextStep("Under way", why, None, Link("See mentorships", _pairs(cohort)))


def _end(situation: Situation, today: datetime.date) -> NextStep:
    cohort = situation.cohort
    why = f"The cohort ended on {written(cohort.end_on)}. Ask each pair how it went, and note how it ended."
    title = f"{counted(situation.open_pairs, 'mentorship is', 'mentorships are')} still open"
    return NextStep(title, why, Link("See mentorships", _pairs(cohort) + "?state=in_touch"))


def _over(situation: Situation, today: datetime.date) -> NextStep:
    cohort = situation.cohort
    why = f"It ended on {written(cohort.end_on)}. {counted(situation.introduced, 'mentorship')} came out of it."
    again = Link("Open the next cohort", address("programmes:new_cohort", cohort, cohort.programme.code))
    return NextStep("This cohort is over", why, again, Link("See mentorships", _pairs(cohort)))


_WORDS: dict[Moment, Callable[[Situation, datetime.date], NextStep]] = {
    Moment.BRING: _bring,
    Moment.GATHER: _gather,
    Moment.MATCH: _match,
    Moment.WORKING: _working,
    Moment.STOPPED: _stopped,
    Moment.REVIEW: _review,
    Moment.CONTACT: _contact,
    Moment.WITHOUT: _without,
    Moment.RUNNING: _running,
    Moment.END: _end,
    Moment.OVER: _over,
}


def _when(day: datetime.date, today: datetime.date) -> str:
    return in_days((day - today).days) if day >= today else f"on {written(day)}"


def _kick_off(cohort: Cohort, today: datetime.date) -> str:
    verb = "is" if cohort.kick_off_on >= today else "was"
    return f"Kick-off {verb} {_when(cohort.kick_off_on, today)}."


def _told(situation: Situation) -> str:
    pairs = counted(situation.open_pairs, "mentorship is", "mentorships are")
    return f"{pairs} open: {situation.in_touch} in touch, {situation.met} have met."


def _places_left(situation: Situation) -> str:
    free = situation.places.places - situation.open_pairs
    return f"{counted(free, 'place is', 'places are')} free." if free > 0 else "No place is free at present."


def _matching(cohort: Cohort) -> str:
    return address("matching:overview", cohort, cohort.code)


def _run(situation: Situation) -> str:
    return address("matching:run", situation.cohort, situation.run.code) if situation.run else ""


def _pairs(cohort: Cohort) -> str:
    return address("mentorships:cohort", cohort, cohort.code)
