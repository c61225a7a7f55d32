"""Cohorts: opening them, their dates, the phases that begin by themselves."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from ithaca.activity import actions as activity
from ithaca.jobs import schedules
from ithaca.kernel import tenancy
from ithaca.people.models import Organisation, Person
from ithaca.programmes import events, queries, rules
from ithaca.programmes.actions.programmes import check_name
from ithaca.programmes.models import Cohort, Programme


@transaction.atomic
def create_cohort(
    programme: Programme, *, name: str, dates: Mapping[str, datetime.date | None], by: Person | None
) -> Cohort:
    """Open a round of a programme. Raises ProgrammeIncomplete while the programme does not say what people must know.

    `dates` has the fields of `rules.STEPS` (`rules.proposed_dates(start)` makes sensible ones). Cohorts may overlap.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if lacking := programme.missing():
        raise rules.ProgrammeIncomplete(lacking)
    check_name(name, taken=programme.cohorts.all(), what="cohort")
    rules.check_dates(dates)
    cohort: Cohort = Cohort.objects.create(programme=programme, name=name.strip(), **dates)
    event = events.CohortCreated(cohort=cohort.name, programme=programme.name)
    activity.record(event, actor=by, subject=f"cohort:{cohort.code}")
    return cohort


@transaction.atomic
def edit_cohort_dates(
    cohort: Cohort, *, dates: Mapping[str, datetime.date | None], by: Person | None, name: str | None = None
) -> Cohort:
    """Move dates of a cohort (those given; the others stay), and rename it if `name` is given."""
    cohort = Cohort.objects.select_for_update().select_related("programme").get(pk=cohort.pk)
    after = {field: dates.get(field, getattr(cohort, field)) for field, _ in rules.STEPS}
    rules.check_dates(after)
    changes = []
    for field, label in rules.STEPS:
        if after[field] != getattr(cohort, field):
            changes.append(f"{label} from {_day(getattr(cohort, field))} to {_day(after[field])}")
            setattr(cohort, field, after[field])
    if name is not None and name.strip() != cohort.name:
        check_name(name, taken=cohort.programme.cohorts.exclude(pk=cohort.pk), what="cohort")
        changes.append(f"its name to {name.strip()}")
        cohort.name = name.strip()
    if changes:
        cohort.save()
        event = events.CohortDatesChanged(cohort=cohort.name, changes="; ".join(changes))
        activity.record(event, actor=by, subject=f"cohort:{cohort.code}")
    return cohort


@schedules.every("5 * * * *")
@task
def record_phases() -> int:
    """Every hour, as it is midnight somewhere: write down which cohorts entered a new phase. Returns how many did."""
    began = 0
    for organisation in Organisation.objects.all():
        with tenancy.scope(organisation):
            today = timezone.localdate(timezone=ZoneInfo(organisation.time_zone))
            began += sum(_record_phase(cohort, today) for cohort in Cohort.objects.all())
    return began


@transaction.atomic
def _record_phase(cohort: Cohort, today: datetime.date) -> bool:
    """Record the phase of that day unless it is the one recorded last: moved dates and missed hours do no harm."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    phase = cohort.phase(today)
    if phase == queries.recorded_phase(cohort):
        return False
    event = events.PhaseBegan(cohort=cohort.name, phase=phase, label=phase.label.lower())
    activity.record(event, actor=None, subject=f"cohort:{cohort.code}")
    return True


def _day(day: datetime.date | None) -> str:
    return rules.written(day) if day else "no date"
