"""Publishing: every letter is shown, exactly as it will go out, before the one button that sends them all."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.matching import actions, permissions, queries
from ithaca.matching.manage import runs
from ithaca.matching.rules.board import Refused
from ithaca.programmes.doors import COORDINATOR

PAIRS_A_PAGE = 10


@require_http_methods(["GET", "POST"])
@open_to(COORDINATOR)
def show(request: Any, board: str) -> HttpResponse:
    """Who will be written to and what; POST publishes."""
    found = permissions.board(request.person, board)
    problems: list[str] = []
    if request.method == "POST":
        try:
            publication = actions.publish(found, by=request.person)
        except actions.PublicationRefused as error:
            problems = error.problems
        except Refused as error:
            messages.info(request, str(error))
            return redirect(runs.address(request, "board", board=found.code))
        else:
            words = f"Published: {publication.pairs} pairs. Both sides of each receive their introduction now."
            messages.success(request, words)
            return redirect(runs.address(request, "board", board=found.code))
    standing = queries.Standing(found)
    page = paging.page(request, standing.lines, per_page=PAIRS_A_PAGE)
    context = {
        "board": found,
        "cohort": found.cohort,
        "standing": standing,
        "page": page,
        "letters_count": 2 * len(standing.lines),
        "previews": queries.previews_of(standing, page.object_list),
        "problems": problems,
        "check": queries.check_of(standing),
    }
    return render(request, "matching/publish.html", context, status=409 if problems else 200)


@require_GET
@open_to(COORDINATOR)
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]
    {"style-src": ["'unsafe-inline'"], "script-src": ["'none'"], "frame-ancestors": ["'self'"]}
)
def letter(request: Any, board: str, mentor: str, mentee: str, reader: str) -> HttpResponse:
    """The HTML of one letter, as the reader's mail program will show it; framed by the page above."""
    found = permissions.board(request.person, board)
    standing = queries.Standing(found)
    line = next((line for line in standing.lines if line.pair == (mentor, mentee)), None)
    letters = queries.previews_of(standing, [line]) if line else []
    wanted = next(
        (shown for preview in letters for shown in preview.letters if getattr(shown.person, "code", "") == reader), None
    )
    if wanted is None:
        raise Http404
    return HttpResponse(wanted.mail.html)
