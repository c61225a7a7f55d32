"""The mailbox page of a development installation: what would have been sent, as it would arrive."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.notifications import queries
from ithaca.notifications.doors import DEVELOPERS
from ithaca.notifications.models import KeptMail

BODY_POLICY = "; ".join(
    (
        "sandbox allow-popups allow-popups-to-escape-sandbox",
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "frame-ancestors 'self'",
    )
)
"""A letter's body: its own styles, nothing else; no script, no form, no address but by a click."""
PER_PAGE = 30


@require_GET
@open_to(DEVELOPERS)
def mailbox(request: HttpRequest) -> HttpResponseBase:
    """All mail, newest first; `?to=` narrows it to an address."""
    mail = queries.kept_mail().defer("source")
    to = request.GET.get("to", "").strip()
    page = paging.page(request, mail.filter(to_address__icontains=to) if to else mail, PER_PAGE)
    return render(request, "notifications/mailbox.html", {"page": page, "to": to})


@require_GET
@open_to(DEVELOPERS)
def kept(request: HttpRequest, code: str) -> HttpResponseBase:
    """One mail: its headers, its look and its text part."""
    row, message = _found(code)
    text = message.get_body(("plain",))
    return render(
        request,
        "notifications/kept.html",
        {"mail": row, "headers": list(message.items()), "text": cast(EmailMessage, text).get_content() if text else ""},
    )


@require_GET
@open_to(DEVELOPERS)
def body(request: HttpRequest, code: str) -> HttpResponseBase:
    """The HTML part alone, for the sandboxed frame; its links open beside the page."""
    _, message = _found(code)
    html = message.get_body(("html",))
    shown = cast(EmailMessage, html).get_content() if html else ""
    response = HttpResponse(shown.replace("<head>", '<head><base target="_blank">', 1))
    response.headers["Content-Security-Policy"] = BODY_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _found(code: str) -> tuple[KeptMail, EmailMessage]:
    row = get_object_or_404(queries.kept_mail(), code=code)
    return row, message_from_bytes(bytes(row.source), policy=policy.default)
