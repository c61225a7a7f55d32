"""Whom people would like to be matched with, and who is kept apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from ithaca.activity import actions as activity
from ithaca.people.models import Person
from ithaca.programmes import events, rules
from ithaca.programmes.models import Enrolment, Preference


@transaction.atomic
def prefer(enrolment: Enrolment, *, others: Sequence[Enrolment], by: Person | None) -> None:
    """Record the wishes of one person, first wish first, in place of earlier ones. Who is kept apart stays apart."""
    prefer_many({enrolment: others}, by=by)


@transaction.atomic
def prefer_many(wishes: Mapping[Enrolment, Sequence[Enrolment]], *, by: Person | None) -> None:
    """Record the wishes of many people of one cohort. Raises Refused for a wish that cannot be."""
    for enrolment, others in wishes.items():
        for other in others:
            _check_other(enrolment, other)
    kept = Preference.objects.filter(enrolment__in=[enrolment.pk for enrolment in wishes])
    kept.filter(rank__isnull=False).delete()
    apart = set(kept.values_list("enrolment_id", "other_id"))
    fresh = []
    for enrolment, others in wishes.items():
        once = list(dict.fromkeys(other.pk for other in others if (enrolment.pk, other.pk) not in apart))
        fresh += [Preference(enrolment=enrolment, other_id=pk, rank=rank) for rank, pk in enumerate(once, start=1)]
        event = events.WishesStated(person=enrolment.person.name, count=len(once))
        activity.record(event, actor=by, subject=f"enrolment:{enrolment.code}")
    Preference.objects.bulk_create(fresh, batch_size=1000)


@transaction.atomic
def keep_apart(enrolment: Enrolment, *, other: Enrolment, by: Person | None) -> None:
    """These two are never matched. Neither of them sees it."""
    _check_other(enrolment, other)
    Preference.objects.update_or_create(enrolment=enrolment, other=other, defaults={"rank": None})
    event = events.KeptApart(person=enrolment.person.name)
    activity.record(event, actor=by, subject=f"enrolment:{enrolment.code}")


def _check_other(enrolment: Enrolment, other: Enrolment) -> None:
    if other.cohort_id != enrolment.cohort_id or other.role == enrolment.role or other.person_id == enrolment.person_id:
        raise rules.Refused("A wish names somebody on the other side of the same cohort, and not oneself.")
