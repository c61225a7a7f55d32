"""The doors: where a visitor is led, the participant's home, the coordinator's today."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ithaca.home import context as house
from ithaca.home import participants, sponsors
from ithaca.home.first_steps import first_steps
from ithaca.home.kinds import registry
from ithaca.home.queries import Desk
from ithaca.kernel import paging
from ithaca.kernel.doors import PUBLIC, open_to
from ithaca.people import queries as people
from ithaca.people.doors import MEMBER, STAFF
from ithaca.people.models import Account
from ithaca.programmes.doors import COORDINATOR
from ithaca.programmes.rules import Phase

CHOSEN = "organisation"
"""Key of the session: the organisation in which the visitor was last."""


@open_to(PUBLIC)
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """`/`: to the sign-in, or to the organisation where the visitor was last."""
    account = request.user
    if not isinstance(account, Account):
        return redirect("people:sign_in")
    slugs = [organisation.slug for organisation in people.organisations_of(account)]
    chosen = request.session.get(CHOSEN)
    if chosen in slugs or len(slugs) == 1:
        return redirect("home:home", chosen if chosen in slugs else slugs[0])
    return redirect("people:organisations")


@open_to(MEMBER)
@require_GET
def home(request: Any) -> HttpResponse:
    """The participant's home; who only coordinates is led to Today, who only sponsors sees results."""
    request.session[CHOSEN] = request.organisation.slug
    today = timezone.localdate()
    found = participants.home_of(request.person, today)
    if not (found.enrolments or found.mentorships or found.circles):
        if house.coordinates(request.person):
            return redirect("home:today", request.organisation.slug)
        if results := sponsors.results_for(request.person, today):
            return render(request, "home/sponsor.html", {"results": results, "smallest": sponsors.SMALLEST})
    return render(request, "home/home.html", {"home": found})


@open_to(COORDINATOR, STAFF)
@require_GET
def today(request: Any) -> HttpResponse:
    """What needs a human today, the most pressing first."""
    request.session[CHOSEN] = request.organisation.slug
    desk = Desk(request.organisation, request.person, timezone.localdate())
    waiting = registry.queue(desk)
    context = {
        "desk": desk,
        "page": paging.page(request, waiting, per_page=30),
        "count": len(waiting),
        "first_steps": first_steps(desk),
        "cohorts": [situation for situation in desk.situations if situation.phase != Phase.OVER],
    }
    return render(request, "home/today.html", context)
