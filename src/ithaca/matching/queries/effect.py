"""What rules that are being set would do."""

from __future__ import annotations

from typing import Any

from ithaca.matching.bridge import effects, picture
from ithaca.matching.models import MatchingRules
from ithaca.programmes.models import Cohort


def effect_of(cohort: Cohort, content: dict[str, Any]) -> effects.Effect | None:
    """The effect of weights, options and objective on the cohort of today; None for one too large to wait for."""
    return effects.of(picture.of(cohort), MatchingRules(cohort=cohort, version=0, **content))
