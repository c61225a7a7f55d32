"""The board: pairs ranked, filtered and paged; every deed is a button that works without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.matching import actions, forms, looks, permissions, queries
from ithaca.matching.manage import runs
from ithaca.matching.models import Change
from ithaca.matching.rules.board import Kind, Pair, Refused
from ithaca.programmes.doors import COORDINATOR

LABELS = {
    "pairs": _("Pairs"),
    "mentees": _("Without a mentor"),
    "mentors": _("Free places"),
    "apart": _("Kept apart"),
    "history": _("History"),
}
TEMPLATES = {"mentees": "people", "mentors": "people"}
SHORTCUTS = (
    ("j or ↓", _("Next row")),
    ("k or ↑", _("Previous row")),
    ("Enter", _("Open the reasons of the pair")),
    ("l", _("Lock or unlock")),
    ("s", _("Swap: first on one pair, then on the other")),
    ("u", _("Unpair; a locked pair opens its menu first")),
    ("f", _("Unpair and keep apart; a locked pair opens its menu first")),
    ("m", _("Everything that can be done with the pair")),
    ("z", _("Undo")),
    ("y", _("Redo")),
    ("r", _("Solve again around the locks")),
    ("/", _("To the filter")),
    ("?", _("This list")),
)


@require_GET
@open_to(COORDINATOR)
def show(request: Any, board: str) -> HttpResponse:
    """One tab of the board."""
    found = permissions.board(request.person, board)
    standing = queries.Standing(found)
    if standing.run is None:
        first = found.runs.earliest("number")
        return redirect(runs.address(request, "run", run=first.code))
    form = forms.BoardFilter(request.GET, languages=queries.languages_of(standing))
    tab = request.GET.get("show", "pairs")
    tab = tab if tab in LABELS else "pairs"
    page = paging.page(request, queries.tab_of(standing, tab, form.wanted))
    swap = queries.line_of(standing, request.GET.get("swap", ""))
    if swap and tab == "pairs":
        page.object_list = queries.with_swaps(standing, swap, list(page))
    published = hasattr(found, "publication")
    gone = None if published else queries.gone_from(standing)
    overtaken = None if published else queries.overtaken_by(standing)
    context = {
        "board": found,
        "board_title": _("Board of matching %(n)s") % {"n": found.number},
        "cohort": found.cohort,
        "standing": standing,
        "figures": queries.figures_of(standing.scores),
        "mentees": sum(1 for places in standing.places.mentees.values() if places),
        "form": form,
        "tab": tab,
        "tabs": [{"key": key, "label": LABELS[key], "count": count} for key, count in standing.tabs()],
        "tab_template": f"matching/board_{TEMPLATES.get(tab, tab)}.html",
        "page": page,
        "history": standing.entries(page.object_list) if tab == "history" else [],
        "swap": swap,
        "overtaken": overtaken,
        "gone": gone,
        "refused": bool((gone and gone.names) or (overtaken and queries.in_the_way_of(standing))),
        "mending": looks.mending(found, request.organisation.slug),
        "looks": looks.at(found, request.organisation.slug),
        "shortcuts": SHORTCUTS,
        "here": _without_swap(request),
    }
    return render(request, "matching/board.html", context)


@require_POST
@open_to(COORDINATOR)
def change(request: Any, board: str) -> HttpResponse:
    """Do one thing to one pair."""
    found = permissions.board(request.person, board)
    form = forms.ChangeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "That button did not say what to do. Please try again.")
        return redirect(runs.address(request, "board", board=found.code))
    was_locked = form.wanted.pair in queries.Standing(found).state.locked
    try:
        made = actions.change(found, wanted=form.wanted, by=request.person, why=form.cleaned_data["why"])
    except Refused as error:
        messages.error(request, str(error))
    else:
        _told(request, found.code, made, was_locked=was_locked)
        if made.kind == Kind.SWAP:  # the row that was left is gone: on to the first of the two new ones
            return redirect(_back(request, found.code, at=form.wanted.made[0]))
    return redirect(_back(request, found.code))


@require_POST
@open_to(COORDINATOR)
def undo(request: Any, board: str) -> HttpResponse:
    """Take back the last change."""
    found = permissions.board(request.person, board)
    try:
        taken = actions.undo(found, by=request.person)
    except Refused as error:
        messages.info(request, str(error))
    else:
        again = runs.address(request, "redo", board=found.code)
        messages.success(request, f"Taken back: {queries.sentence(taken)}.", extra_tags=f"redo:{again}")
        return redirect(_back(request, found.code, at=taken.plain().pair_seen(undone=True)))
    return redirect(_back(request, found.code))


@require_POST
@open_to(COORDINATOR)
def redo(request: Any, board: str) -> HttpResponse:
    """Make the change again that was taken back last."""
    found = permissions.board(request.person, board)
    try:
        made = actions.redo(found, by=request.person)
    except Refused as error:
        messages.info(request, str(error))
    else:
        _told(request, found.code, made)
        return redirect(_back(request, found.code, at=made.plain().pair_seen(undone=False)))
    return redirect(_back(request, found.code))


def _without_swap(request: Any) -> str:
    """Where a deed leads back to: this list, but no longer choosing a pair to swap with."""
    query = request.GET.copy()
    query.pop("swap", None)
    return f"{request.path}?{query.urlencode()}" if query else str(request.path)


def _told(request: Any, code: str, made: Change, *, was_locked: bool = False) -> None:
    undo_at = runs.address(request, "undo", board=code)
    locked = " They were locked." if was_locked and made.kind in (Kind.UNMATCH, Kind.FORBID) else ""
    messages.success(request, f"{queries.sentence(made)}.{locked}", extra_tags=f"undo:{undo_at}")
    people = {one.code: one.name for one in (made.mentor, made.mentee, made.other_mentor, made.other_mentee) if one}
    broken = [
        f"{people[judged['mentor']]} and {people[judged['mentee']]} ({', '.join(judged['broken'])})"
        for judged in made.judged
        if judged["broken"]
    ]
    if broken and made.kind in (Kind.ASSIGN, Kind.SWAP):
        said = f"This goes against a rule: {'; '.join(broken)}. It stays, because you decided it."
        messages.warning(request, said)


def _back(request: Any, code: str, at: Pair = ("", "")) -> str:
    """Where the visitor was; on the board, at the row of the pair `at`, so that the keyboard goes on there."""
    board, wanted = runs.address(request, "board", board=code), str(request.POST.get("next", ""))
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        wanted = board
    path = wanted.partition("#")[0]
    return f"{path}#p-{at[0]}-{at[1]}" if all(at) and path.partition("?")[0] == board else wanted
