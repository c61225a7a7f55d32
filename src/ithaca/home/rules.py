"""Pure decisions of the front door: at which moment a cohort is, how items of Today are ranked."""

from __future__ import annotations

from enum import StrEnum

from ithaca.programmes.rules import Phase, Places


class Moment(StrEnum):
    """What a cohort asks of its coordinator now."""

    BRING = "bring"  # one of the two sides is empty
    GATHER = "gather"  # people are there, applications are still open
    MATCH = "match"  # nothing has been matched yet
    WORKING = "working"  # a run is at work
    STOPPED = "stopped"  # a run ended without a result
    REVIEW = "review"  # a result waits to be reviewed and published
    CONTACT = "contact"  # pairs have not been in touch in time
    WITHOUT = "without"  # mentees have no mentor after the publication
    RUNNING = "running"  # nothing to do but keep an eye on it
    END = "end"  # the end has passed and mentorships are open
    OVER = "over"


class RunState(StrEnum):
    """What became of the newest run of a cohort."""

    NONE = "none"
    WORKING = "working"
    STOPPED = "stopped"
    FOUND = "found"
    PUBLISHED = "published"


def moment_of(
    *, phase: Phase, places: Places, run: RunState, introduced: int, open_pairs: int, late: int, without: int
) -> Moment:
    """The one moment that decides a cohort's next step.

    `introduced` counts all mentorships ever made, `open_pairs` those that are open, `late` those without contact in time,
    `without` the mentees who have no mentor.
    """
    if phase in (Phase.CLOSING, Phase.OVER):
        return Moment.END if open_pairs else Moment.OVER
    if run in (RunState.WORKING, RunState.STOPPED, RunState.FOUND):
        return {
            RunState.WORKING: Moment.WORKING,
            RunState.STOPPED: Moment.STOPPED,
            RunState.FOUND: Moment.REVIEW,
        }[run]
    if introduced:
        if late:
            return Moment.CONTACT
        return Moment.WITHOUT if without else Moment.RUNNING
    if not places.mentors or not places.mentees:
        return Moment.BRING
    return Moment.GATHER if phase in (Phase.PLANNED, Phase.APPLICATIONS) else Moment.MATCH
