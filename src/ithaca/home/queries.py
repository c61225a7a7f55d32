"""What the front door knows of all slices at once, in a number of queries that does not grow with cohorts or people."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q

from ithaca.home import rules
from ithaca.home.rules import Moment, RunState
from ithaca.matching.models import Result, Run, Stop
from ithaca.mentorships import queries as mentorships
from ithaca.mentorships.models import Mentorship
from ithaca.notifications.models import Delivery, Outcome
from ithaca.people.models import Organisation, Person
from ithaca.programmes import queries as programmes
from ithaca.programmes.models import Cohort, Enrolment, Programme
from ithaca.programmes.rules import Phase, Places, Side

BOUNCES_FOR_DAYS = 30
"""How long a letter that came back stays on Today: afterwards nobody would act on it."""


@dataclass(frozen=True)
class Situation:
    """A cohort today, with everything that decides its next step."""

    cohort: Cohort
    phase: Phase
    places: Places
    run: Run | None
    introduced: int
    open_pairs: int
    in_touch: int
    met: int
    late: int
    without: int

    @property
    def run_state(self) -> RunState:
        """What became of the newest run."""
        if self.run is None:
            return RunState.NONE
        if hasattr(self.run.board, "publication"):
            return RunState.PUBLISHED
        if self.run.overtaken and (hasattr(self.run, "stop") or hasattr(self.run, "result")):
            return RunState.PUBLISHED  # its people were introduced by another matching: nothing of it waits for anybody
        if hasattr(self.run, "stop"):
            return RunState.STOPPED
        return RunState.FOUND if hasattr(self.run, "result") else RunState.WORKING

    @property
    def moment(self) -> Moment:
        """What the cohort asks of its coordinator."""
        return rules.moment_of(
            phase=self.phase,
            places=self.places,
            run=self.run_state,
            introduced=self.introduced,
            open_pairs=self.open_pairs,
            late=self.late,
            without=self.without,
        )

    @property
    def result(self) -> Result | None:
        """What the newest run found."""
        return getattr(self.run, "result", None)

    @property
    def stop(self) -> Stop | None:
        """Why the newest run ended without a result."""
        return getattr(self.run, "stop", None)


def situations_of(
    cohorts: Sequence[Cohort], today: datetime.date, places: dict[int, Places] | None = None
) -> list[Situation]:
    """Each cohort as it is on that day, in six queries."""
    places = programmes.places_of(cohorts, today) if places is None else places
    pairs = mentorships.counts_of(cohorts)
    runs = {run.cohort_id: run for run in _newest_runs(cohorts)}
    late = _by_cohort(mentorships.without_contact(cohorts, today).order_by())
    without = _by_cohort(mentees_without(cohorts, today).order_by())
    found = []
    for cohort in cohorts:
        counts = pairs.get(cohort.pk, {"open": 0, "in_touch": 0, "met": 0, "ended": 0})
        found.append(
            Situation(
                cohort=cohort,
                phase=cohort.phase(today),
                places=places[cohort.pk],
                run=runs.get(cohort.pk),
                introduced=counts["open"] + counts["ended"],
                open_pairs=counts["open"],
                in_touch=counts["in_touch"],
                met=counts["met"],
                late=late.get(cohort.pk, 0),
                without=without.get(cohort.pk, 0),
            )
        )
    return found


def mentees_without(cohorts: Any, today: datetime.date) -> Any:
    """Enrolments of mentees who can be matched and have no open mentorship in their cohort, the longest waiting first."""
    partner = Mentorship.objects.open().filter(cohort=OuterRef("cohort"), mentee=OuterRef("person"))
    mentees = Enrolment.objects.available(today).mentees().filter(cohort__in=cohorts)
    return mentees.filter(~Exists(partner)).order_by("enrolled_at", "pk")


def gone_with_open_pair(cohorts: Any) -> Any:
    """Open mentorships of which one side has left the cohort."""
    left = Enrolment.objects.filter(cohort=OuterRef("cohort"), withdrawal__isnull=False)
    mentor_left = Exists(left.filter(person=OuterRef("mentor"), role=Side.MENTOR))
    mentee_left = Exists(left.filter(person=OuterRef("mentee"), role=Side.MENTEE))
    pairs = Mentorship.objects.open().filter(Q(mentor_left) | Q(mentee_left), cohort__in=cohorts)
    return pairs.select_related("mentor", "mentee", "cohort").order_by("started_at", "pk")


def bounced(people: Any, since: datetime.datetime) -> Any:
    """Final refusals of letters to `people`, the newest first."""
    refusals = Delivery.objects.filter(outcome=Outcome.BOUNCED, at__gte=since, letter__person__in=people)
    return refusals.select_related("letter__person").order_by("-at", "-pk")


@dataclass
class Desk:
    """What a coordinator can act upon today. Kinds of items read from here, so that each thing is asked for once."""

    organisation: Organisation
    person: Person
    today: datetime.date

    @cached_property
    def programmes(self) -> list[Programme]:
        """Programmes that the person runs, by name, with their cohorts."""
        return list(programmes.programmes_run_by(self.person))

    @cached_property
    def cohorts(self) -> list[Cohort]:
        """All cohorts of these programmes."""
        found = []
        for programme in self.programmes:
            for cohort in programme.cohorts.all():
                cohort.programme, cohort.organisation = programme, self.organisation
                found.append(cohort)
        return found

    @cached_property
    def situations(self) -> list[Situation]:
        """Where each cohort stands."""
        return situations_of(self.cohorts, self.today)

    def at(self, *moments: Moment) -> list[Situation]:
        """The cohorts at one of these moments."""
        return [situation for situation in self.situations if situation.moment in moments]


def _newest_runs(cohorts: Any) -> Any:
    newest = Run.objects.filter(cohort__in=cohorts).order_by().values("cohort").annotate(newest=Max("pk"))
    runs = Run.objects.filter(pk__in=newest.values("newest")).select_related("board__publication", "result", "stop")
    return runs.with_overtaken().defer("result__plan")


def _by_cohort(rows: Any) -> dict[int, int]:
    return dict(rows.values_list("cohort").annotate(count=Count("pk")))
