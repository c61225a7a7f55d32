"""Saving what a cohort asks of its matching."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ithaca.activity import actions as activity
from ithaca.matching import events, queries
from ithaca.matching.bridge import kinds
from ithaca.matching.models import MatchingRules
from ithaca.matching.rules.board import Refused
from ithaca.matching.rules.weights import NOTHING_COUNTS
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort


@transaction.atomic
def save_rules(
    cohort: Cohort,
    *,
    weights: Mapping[str, float],
    options: Mapping[str, Mapping[str, Any]],
    objective: Mapping[str, Any],
    by: Person | None,
) -> MatchingRules:
    """Keep a new version of the rules; saving what is saved already changes nothing. Raises Refused in words."""
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    unknown = set(weights) - {criterion.key for criterion in kinds.CRITERIA}
    if unknown:
        raise Refused(f"There is no criterion “{min(unknown)}”.")
    if any(not math.isfinite(weight) or weight < 0 for weight in weights.values()):
        raise Refused("Weights are numbers of 0 or more.")
    if not any(weights.values()):
        raise Refused(NOTHING_COUNTS)
    try:
        content = {"weights": dict(weights), "options": kinds.cleaned(options), "objective": dict(objective)}
    except ValueError as error:
        raise Refused(str(error)) from error
    known = queries.rules_of(cohort)
    if known.version and all(getattr(known, field) == value for field, value in content.items()):
        return known
    saved: MatchingRules = MatchingRules.objects.create(
        cohort=cohort, version=known.version + 1, saved_by=by, **content
    )
    event = events.RulesSaved(cohort=cohort.name, version=saved.version)
    activity.record(event, actor=by, subject=f"cohort:{cohort.code}")
    return saved
