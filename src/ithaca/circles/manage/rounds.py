"""Rounds of a cohort, one round with its groups, and its file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ithaca.circles import actions, forms, permissions, queries
from ithaca.circles.models import Round
from ithaca.circles.rules import Refused
from ithaca.jobs import progress
from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.kernel.sheets import write
from ithaca.matching import permissions as matching
from ithaca.matching.queries import people_of
from ithaca.programmes.doors import COORDINATOR

GROUPS_A_PAGE = 24


@require_http_methods(["GET", "POST"])
@open_to(COORDINATOR)
def index(request: Any, cohort: str) -> HttpResponse:
    """Rounds drawn so far, and the form of a new one."""
    found = matching.cohort(request.person, cohort)
    form = forms.RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, who = Round.Kind(form.cleaned_data["kind"]), Round.Who(form.cleaned_data["who"])
        try:
            made = actions.draw(found, kind=kind, who=who, options=form.options, by=request.person)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect(address(request, "round", round=made.code))
    context = {"cohort": found, "form": form, "page": paging.page(request, queries.rounds_of(found), per_page=20)}
    return render(request, "circles/index.html", context, status=422 if form.errors else 200)


@require_GET
@open_to(COORDINATOR)
def show(request: Any, round: str) -> HttpResponse:
    """One round: its groups with their reasons, or how far it is."""
    found = permissions.round_of(request.person, round)
    context: dict[str, Any] = {"round": found, "cohort": found.cohort}
    if not hasattr(found, "seating"):
        told = progress.of(actions.progress_key(found))
        return render(request, "circles/at_work.html", context | {"progress": told})
    if request.htmx:  # the page that waits is done waiting
        return HttpResponse(headers={"HX-Redirect": request.path})
    seating = found.seating
    page = paging.page(request, range(1, len(seating.groups) + 1), per_page=GROUPS_A_PAGE)
    context |= {
        "seating": seating,
        "page": page,
        "groups": queries.groups_of(seating, list(page)),
        "dwindled": queries.dwindled([found]) if hasattr(found, "introduction") else [],
        "people": sum(len(group) for group in seating.groups),
        "left_over": [(card.name, seating.why.get(card.code, "")) for card in _cards(found, seating.left_over)],
        "more": [_would_seat(*change) for change in seating.more],
        "everybody": sum(len(group) for group in seating.groups) + len(seating.left_over),
        "percent": round_percent(seating.total, seating.bound) if seating.points else None,
    }
    return render(request, "circles/round.html", context)


@require_GET
@open_to(COORDINATOR)
def file(request: Any, round: str, sheet: str) -> HttpResponse:
    """The round as .csv or .xlsx."""
    found = permissions.round_of(request.person, round)
    if sheet not in ("csv", "xlsx") or not hasattr(found, "seating"):
        raise Http404
    header, rows = (_("Group"), _("Name"), _("E-mail"), _("Employer")), queries.lines_of(found.seating)
    if sheet == "csv":
        answer = HttpResponse(write.csv(header, rows), content_type=write.CSV_TYPE)
    else:
        answer = HttpResponse(write.xlsx(header, rows, sheet=_("Groups")), content_type=write.XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.kind}-{found.number}.{sheet}"'
    return answer


@require_POST
@open_to(COORDINATOR)
def discard(request: Any, round: str) -> HttpResponse:
    """Take a round away."""
    found = permissions.round_of(request.person, round)
    try:
        actions.discard(found, by=request.person)
    except Refused as error:
        messages.info(request, str(error))
        return redirect(address(request, "round", round=found.code))
    messages.success(request, _("Round %(n)s is discarded.") % {"n": found.number})
    return redirect(address(request, "index", cohort=found.cohort.code))


def round_percent(total: int, bound: int) -> int:
    """How much of what no groups could surpass, rounded down."""
    return 100 * total // bound if bound else 100


def _would_seat(option: str, value: int, seated: int) -> str:
    """What a coordinator could ask otherwise, and how many people sit then."""
    words = {
        "smallest": _("Circles of %(value)s or more: %(seated)s people"),
        "levels_apart": ngettext(
            "One level apart: %(seated)s people", "Up to %(value)s levels apart: %(seated)s people", value
        ),
        "across_employers": _("Colleagues of one employer allowed: %(seated)s people"),
    }
    return words[option] % {"value": value, "seated": seated}


def _cards(found: Round, codes: list[str]) -> list[Any]:
    people = people_of(found.cohort, codes) if codes else {}
    return [people[code] for code in codes if code in people]


def address(request: Any, name: str, **kwargs: str) -> str:
    """Where a page of this slice is."""
    return reverse(f"circles:{name}", kwargs={"organisation": request.organisation.slug, **kwargs})
