"""What a person may read of the ledger."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ithaca.activity import queries
from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.people.doors import MEMBER, STAFF


@require_GET
@open_to(MEMBER)
def about_me(request: Any) -> HttpResponse:
    """Who looked at my data or changed it, and when."""
    return render(request, "activity/about_me.html", {"page": paging.page(request, queries.about(request.person))})


@require_GET
@open_to(STAFF)
def ledger(request: Any) -> HttpResponse:
    """What happened in the organisation: who did what, when."""
    asked = {name: request.GET.get(name, "").strip() for name in ("words", "subject", "person")}
    wanted = queries.Wanted(**asked)
    page = paging.page(request, queries.ledger(request.person, wanted))
    someone = queries.person_with(wanted.person)
    return render(request, "activity/ledger.html", {"page": page, "wanted": wanted, "someone": someone})
