"""Introducing the groups of a round: every letter is shown, exactly as it will go out, before the one button that sends them all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ithaca.circles import actions, emails, permissions, queries
from ithaca.circles.manage.rounds import address
from ithaca.circles.models import Introduction, Round
from ithaca.circles.rules import IntroductionRefused, Refused
from ithaca.jobs import progress
from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.notifications import framing
from ithaca.programmes.doors import COORDINATOR

GROUPS_A_PAGE = 10


@require_http_methods(["GET", "POST"])
@open_to(COORDINATOR)
def show(request: Any, round: str) -> HttpResponse:
    """Who will be written to and what; POST introduces."""
    found = permissions.round_of(request.person, round)
    if not hasattr(found, "seating"):
        return redirect(address(request, "round", round=found.code))
    problems: list[str] = []
    if request.method == "POST":
        try:
            done = actions.introduce_or_ask(found, by=request.person)
        except IntroductionRefused as error:
            problems = error.problems
        except Refused as error:
            messages.info(request, str(error))
            return redirect(address(request, "round", round=found.code))
        else:
            return _told(request, found, done)
    if hasattr(found, "introduction"):
        round_page = address(request, "round", round=found.code)
        return HttpResponse(headers={"HX-Redirect": round_page}) if request.htmx else redirect(round_page)
    told = progress.of(actions.letters_key(found))
    context: dict[str, Any] = {"round": found, "cohort": found.cohort, "progress": told}
    if told is not None and not told.finished:
        return render(request, "circles/introducing.html", context)
    if request.htmx:  # the page that waits is done waiting
        return HttpResponse(headers={"HX-Redirect": request.path})
    groups = found.seating.groups
    page = paging.page(request, range(1, len(groups) + 1), per_page=GROUPS_A_PAGE)
    context |= {
        "page": page,
        "previews": [(c, emails.introductions(c)) for c in queries.to_be_introduced(found, list(page))],
        "letters_count": sum(map(len, groups)),
        "problems": problems or queries.problems_of(found),
        "refused": bool(problems) or bool(told and told.failure),
    }
    return render(request, "circles/introduce.html", context, status=409 if request.method == "POST" else 200)


@require_GET
@open_to(COORDINATOR)
@framing.framed
def letter(request: Any, round: str, reader: str) -> HttpResponse:
    """One letter as the reader's mail program will show it; framed by the page above. `?text=1` gives its plain text."""
    found = permissions.round_of(request.person, round)
    groups = found.seating.groups if hasattr(found, "seating") else []
    number = next((number for number, members in enumerate(groups, start=1) if reader in members), None)
    if number is None:
        raise Http404
    (circle,) = queries.to_be_introduced(found, [number])
    wanted = next((one for one in emails.introductions(circle) if getattr(one.to, "code", "") == reader), None)
    if wanted is None:
        raise Http404
    return framing.shown(request, wanted)


def _told(request: Any, found: Round, done: Introduction | None) -> HttpResponse:
    if done is None:
        return redirect(address(request, "introduce", round=found.code))
    messages.success(request, _("Introduced. Everybody in these groups receives a letter now."))
    return redirect(address(request, "round", round=found.code))
