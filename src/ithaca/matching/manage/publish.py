"""Publishing: every letter is shown, exactly as it will go out, before the one button that sends them all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.matching import actions, looks, permissions, queries
from ithaca.matching.manage import runs
from ithaca.matching.models import Board, Publication, PublishRequest
from ithaca.matching.rules.board import Refused
from ithaca.notifications import framing
from ithaca.programmes.doors import COORDINATOR

PAIRS_A_PAGE = 10
SAID = 5
"""Things in the way of publishing that are said one by one; of more than these their number."""


@require_http_methods(["GET", "POST"])
@open_to(COORDINATOR)
def show(request: Any, board: str) -> HttpResponse:
    """Who will be written to and what; POST publishes."""
    found = permissions.board(request.person, board)
    refused: list[str] = []
    if request.method == "POST":
        try:
            done = actions.publish_or_ask(found, by=request.person)
        except actions.PublicationRefused as error:
            refused = error.problems
        except Refused as error:
            messages.info(request, str(error))
            return redirect(runs.address(request, "board", board=found.code))
        else:
            return _told(request, found, done)
    if hasattr(found, "publication"):
        return redirect(runs.address(request, "board", board=found.code))
    asked = found.publish_requests.select_related("refusal").last()
    if asked is not None and not hasattr(asked, "refusal"):
        return render(request, "matching/publishing.html", {"board": found, "cohort": found.cohort, "asked": asked})
    standing = queries.Standing(found)
    in_the_way = queries.in_the_way_of(standing)
    if asked is not None and not refused:  # what was mended since is not said again
        refused = [told for told in asked.refusal.problems if told in (*in_the_way, actions.CHANGED_MEANWHILE)]
    overtaken, problems = _said(standing, in_the_way, refused or in_the_way)
    page = paging.page(request, standing.lines, per_page=PAIRS_A_PAGE)
    context = {
        "board": found,
        "cohort": found.cohort,
        "standing": standing,
        "page": page,
        "letters_count": 2 * len(standing.lines),
        "previews": queries.previews_of(standing, page.object_list),
        "refused": bool(refused),
        "mending": looks.mending(found, request.organisation.slug),
        "may_publish": not in_the_way,
        "overtaken": overtaken,
        "problems": problems[:SAID],
        "more_problems": len(problems[SAID:]),
        "check": queries.check_of(standing),
    }
    return render(request, "matching/publish.html", context, status=409 if request.method == "POST" else 200)


def _said(
    standing: queries.Standing, in_the_way: list[str], problems: list[str]
) -> tuple[Publication | None, list[str]]:
    """The publication of another matching that took people of this board, and what else is in the way.

    For who is introduced there the one sentence stands; who has left is in the way for a reason of their own.
    """
    overtaken = queries.overtaken_by(standing) if in_the_way else None
    gone = queries.not_available(queries.gone_from(standing).names) if overtaken else in_the_way
    return (overtaken, gone) if set(in_the_way) - set(gone) else (None, problems)


def _told(request: Any, board: Board, done: Publication | PublishRequest) -> HttpResponse:
    if isinstance(done, PublishRequest):
        return redirect(runs.address(request, "publish", board=board.code))
    words = f"Published: {done.pairs} pairs. Both sides of each receive their introduction now."
    messages.success(request, words)
    return redirect(runs.address(request, "board", board=board.code))


@require_GET
@open_to(COORDINATOR)
@framing.framed
def letter(request: Any, board: str, mentor: str, mentee: str, reader: str) -> HttpResponse:
    """One letter, also of a pair only thought of, as the reader's mail program will show it; framed by the page above.

    `?text=1` gives its plain text.
    """
    found = permissions.board(request.person, board)
    standing = queries.Standing(found)
    if mentor not in standing.places.mentors or mentee not in standing.places.mentees:
        raise Http404
    previews = queries.previews_of(standing, [queries.Line(mentor, mentee, 0, False, False)])
    letters = [letter for preview in previews for letter in preview.letters]
    wanted = next((letter for letter in letters if getattr(letter.to, "code", "") == reader), None)
    if wanted is None:
        raise Http404
    return framing.shown(request, wanted)
