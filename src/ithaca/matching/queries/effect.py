"""What rules that are being set would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ithaca.matching.bridge import effects, picture
from ithaca.matching.models import MatchingRules
from ithaca.programmes.models import Cohort, Enrolment


@dataclass(frozen=True)
class Preview:
    """What rules exclude (`effect`), and what the best plan is beside the one of the saved rules; None: too large for it."""

    effect: effects.Effect
    beside: effects.Beside | None


def effect_of(cohort: Cohort, content: dict[str, Any], saved: MatchingRules | None = None) -> Preview | None:
    """What weights, options and objective do to the cohort of today; None for one too large to wait for.

    saved   the rules to compare with; None leaves that out
    """
    seen, rules = picture.of(cohort), MatchingRules(cohort=cohort, version=0, **content)
    effect = effects.of(seen, rules)
    if effect is None:
        return None
    return Preview(effect, effects.beside(seen, rules, saved) if saved is not None and effect.possible else None)


def take_several(cohort: Cohort) -> bool:
    """Whether some mentees of the cohort take more than one mentor: then less is promised of the worst pairs."""
    return bool(Enrolment.objects.mentees().filter(cohort=cohort, capacity__gt=1).exists())
