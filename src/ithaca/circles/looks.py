"""The way from a cohort's matching to its circles."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ithaca.matching import looks
from ithaca.matching.looks import Look

looks.offered_for_cohorts(Look("circles:index", _("Circles and roulette"), "users-round"))
