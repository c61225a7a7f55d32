"""A letter inside a page, as the reader's mail program will show it, before it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from ithaca.notifications import rendering
from ithaca.notifications.letters import Letter

View = Callable[..., Any]
POLICY: dict[str, Any] = {
    "style-src": ["'unsafe-inline'"],
    "script-src": ["'none'"],
    "frame-ancestors": ["'self'"],
}
"""Letters carry their styles in themselves, and nothing else runs in them."""


def framed(view: View) -> View:
    """A view whose answer is a letter: pages of this house may frame it, and nobody else's."""
    return xframe_options_sameorigin(csp_replace(POLICY)(view))


def shown(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The letter; `?text=1` gives its plain text."""
    mail = rendering.preview(letter)
    if "text" in request.GET:
        return HttpResponse(mail.text, content_type="text/plain; charset=utf-8")
    return HttpResponse(mail.html)
