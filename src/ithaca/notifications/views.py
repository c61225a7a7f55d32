"""Pages of the person who receives mail: stop a category from a letter, and the page of all categories."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ithaca.kernel import links
from ithaca.kernel.doors import PUBLIC, open_to
from ithaca.notifications import actions, categories, queries, rendering
from ithaca.people.doors import MEMBER

STOP_VALID = timedelta(days=3650)
"""A letter may lie in a mailbox for years; stopping must still work."""


@csrf_exempt  # The mail program posts without a session; the signed token says who and what.
@require_http_methods(["GET", "POST"])
@open_to(PUBLIC)
def stop(request: HttpRequest, token: str) -> HttpResponseBase:
    """GET asks, POST stops: mail scanners follow links, so a GET changes nothing (RFC 8058)."""
    try:
        data = links.read(rendering.STOP, token, STOP_VALID)
    except (links.LinkBroken, links.LinkExpired) as error:
        return render(request, "notifications/stop.html", {"problem": str(error)}, status=404)
    person, category = queries.person_with(data["person"]), categories.BY_KEY.get(data["category"])
    if person is None or category is None:
        return render(
            request, "notifications/stop.html", {"problem": _("This link leads nowhere any more.")}, status=404
        )
    context = {"token": token, "category": category, "organisation_name": person.organisation.name}
    if request.method == "POST":
        if "again" in request.POST:
            actions.start(person=person, category=category)
        else:
            actions.stop(person=person, category=category)
        if "List-Unsubscribe" in request.POST:
            return HttpResponse(status=204)
        context["done"] = True
    return render(request, "notifications/stop.html", {**context, "stopped": queries.has_stopped(person, category.key)})


@require_http_methods(["GET", "POST"])
@open_to(MEMBER)
def preferences(request: Any) -> HttpResponseBase:
    """Mail you receive: every category with a switch."""
    if request.method == "POST":
        actions.choose(person=request.person, wanted=request.POST.getlist("wanted"))
        messages.success(request, _("Saved."))
        return redirect("notifications:preferences", organisation=request.organisation.slug)
    return render(request, "notifications/preferences.html", {"categories": queries.categories_of(request.person)})
