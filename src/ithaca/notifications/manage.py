"""Pages of coordinators: the outbox."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.notifications import actions, queries
from ithaca.people.doors import STAFF


@require_GET
@open_to(STAFF)
def outbox(request: Any) -> HttpResponseBase:
    """What was sent, what waits, what was refused and with which words."""
    state = request.GET.get("state", "")
    here = reverse("notifications:outbox", kwargs={"organisation": request.organisation.slug})
    page = paging.page(request, queries.outbox(state))
    tabs = [
        {"label": label, "url": f"{here}?state={key}" if key else here, "current": key == state}
        for key, label in queries.STATES.items()
    ]
    context = {"page": page, "lines": [queries.line(letter) for letter in page], "tabs": tabs, "state": state}
    return render(request, "notifications/outbox.html", context)


@require_POST
@open_to(STAFF)
def post_again(request: Any, code: str) -> HttpResponseBase:
    """Send a refused letter once more, to the person's present address."""
    letter = get_object_or_404(queries.outbox("refused"), code=code)
    actions.post_again(letter, by=request.person)
    messages.success(request, _("The letter is on its way again."))
    return redirect("notifications:outbox", organisation=request.organisation.slug)
