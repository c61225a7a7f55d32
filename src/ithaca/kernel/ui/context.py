"""What every page's layout needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from ithaca.kernel.ui.views import THEMES


def layout(request: HttpRequest) -> dict[str, Any]:
    """The organisation and person of the request, how the page is to look, and whether this is a development installation."""
    chosen = request.COOKIES.get("theme", "")
    return {
        "organisation": getattr(request, "organisation", None),
        "person": getattr(request, "person", None),
        "theme": chosen if chosen in THEMES else "",
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "development": settings.DEVELOPMENT,
    }
