"""Who may enter the slice's own pages (see `kernel.doors`)."""

from __future__ import annotations

from django.conf import settings

from ithaca.kernel.doors import Audience

DEVELOPERS = Audience(
    "developers",
    "whoever opens a development installation",
    lambda request: bool(settings.DEVELOPMENT),
    signed_in=False,
)
