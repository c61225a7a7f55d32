"""Whose turn it is when mentors are scarce: looked at before a matching, and decided for single people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.matching import actions, permissions, queries
from ithaca.matching.manage import runs
from ithaca.matching.rules.board import Refused
from ithaca.mentorships.models import Mentorship
from ithaca.programmes.doors import COORDINATOR
from ithaca.programmes.models import Cohort

TABS = {"first": gettext_lazy("Come first"), "after": gettext_lazy("May come after")}


@require_http_methods(["GET", "POST"])
@open_to(COORDINATOR)
def show(request: Any, cohort: str) -> HttpResponse:
    """Who comes first and who may come after; a post decides for one mentorship, or takes that back."""
    found = permissions.cohort(request.person, cohort)
    if request.method == "POST":
        return _decided(request, found)
    turns = queries.turns_of(found)
    tab = request.GET.get("show", "first")
    tab = tab if tab in TABS else "first"
    lists = {"first": turns.first, "after": turns.after}
    page = paging.page(request, lists[tab])
    context = {
        "cohort": found,
        "tab": tab,
        "tabs": [{"key": key, "label": label, "count": lists[key].count()} for key, label in TABS.items()],
        "page": page,
    }
    return render(request, "matching/turns.html", context)


def _decided(request: Any, cohort: Cohort) -> HttpResponse:
    asked = Mentorship.objects.filter(code=request.POST.get("mentorship", ""), cohort__programme=cohort.programme)
    mentorship = asked.select_related("mentee").first()
    if mentorship is None:
        raise Http404
    name = mentorship.mentee.name
    try:
        if request.POST.get("after"):
            actions.let_others_first(cohort, mentorship=mentorship, by=request.person)
            messages.success(request, _("Others come before %(name)s where mentors are scarce.") % {"name": name})
        else:
            actions.take_back_later_turn(cohort, mentorship=mentorship, by=request.person)
            messages.success(request, _("%(name)s has the same turn as everybody.") % {"name": name})
    except Refused as error:
        messages.error(request, str(error))
    return redirect(f"{runs.address(request, 'turns', cohort=cohort.code)}?show=after")
