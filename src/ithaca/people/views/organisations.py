"""Choosing between organisations when somebody is known to several."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from ithaca.kernel.doors import SIGNED_IN, open_to
from ithaca.people import queries


@require_GET
@open_to(SIGNED_IN)
def organisations(request: Any) -> HttpResponse:
    """My organisations; with a single one there is nothing to choose."""
    found = queries.organisations_of(request.user)
    if len(found) == 1 and not request.user.is_host:
        return redirect("people:me", found[0].slug)
    return render(request, "people/organisations.html", {"organisations": found})
