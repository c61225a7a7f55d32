"""What a person may read of the ledger."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ithaca.activity import queries
from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.people.doors import MEMBER


@require_GET
@open_to(MEMBER)
def about_me(request: Any) -> HttpResponse:
    """Who looked at my data or changed it, and when."""
    return render(request, "activity/about_me.html", {"page": paging.page(request, queries.about(request.person))})
