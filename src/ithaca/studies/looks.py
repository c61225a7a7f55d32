"""The ways from a board to its studies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ithaca.matching import looks
from ithaca.matching.looks import Look

looks.offered(
    Look("studies:fairness", _("Fairness"), "scale"),
    Look("studies:study", _("Other complete plans"), "split", {"kind": "alternatives"}),
    Look("studies:study", _("Groups that fit each other"), "users-round", {"kind": "groups"}),
    Look("studies:study", _("Repair after a change"), "wrench", {"kind": "repairs"}, unpublished_only=True, mends=True),
    Look("studies:study", _("Whom to recruit"), "user-search", {"kind": "recruits"}),
)
