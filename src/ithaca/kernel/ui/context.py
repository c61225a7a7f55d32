"""What every page's layout needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def layout(request: HttpRequest) -> dict[str, Any]:
    """The organisation and person of the request, and whether this is a development installation."""
    return {
        "organisation": getattr(request, "organisation", None),
        "person": getattr(request, "person", None),
        "development": settings.DEVELOPMENT,
    }
