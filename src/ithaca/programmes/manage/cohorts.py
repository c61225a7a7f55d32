"""A cohort: its desk and its dates."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from ithaca.kernel.doors import open_to
from ithaca.programmes import actions, desk, forms, queries, rules
from ithaca.programmes.doors import COORDINATOR
from ithaca.programmes.manage import programmes
from ithaca.programmes.models import Cohort, Enrolment


@open_to(COORDINATOR)
@require_GET
def cohort(request: Any, code: str) -> HttpResponse:
    """The desk of a cohort: what to do now, the timeline, the funnel, the people."""
    found = own(request, code)
    today = timezone.localdate()
    places = queries.places_of([found], today)[found.pk]
    context = {
        "cohort": found,
        "phase": found.phase(today),
        "timeline": rules.timeline(found.dates(), today),
        "places": places,
        "left": Enrolment.objects.filter(cohort=found, withdrawal__isnull=False).count(),
        "furnishing": desk.furnishing(found, places, today),
    }
    return render(request, "programmes/manage/cohort.html", context)


@open_to(COORDINATOR)
@require_http_methods(["GET", "POST"])
def new(request: Any, code: str) -> HttpResponse:
    """Open a cohort: choose a start, look at the dates that follow from it, change any of them."""
    programme = programmes.own(request, code)
    start = forms.StartForm(request.GET if "start" in request.GET else None, initial=_next_start())
    asked = start.cleaned_data if start.is_bound and start.is_valid() else start.initial
    name = request.GET.get("name", "")
    form = forms.CohortForm(
        request.POST or None, initial={"name": name} | rules.proposed_dates(asked["start"], asked["months"])
    )
    if form.is_valid():
        try:
            made = actions.create_cohort(
                programme, name=form.cleaned_data["name"], dates=form.dates(), by=request.person
            )
        except rules.Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{made.name}” is there. Now bring its people in.")
            return redirect("programmes:cohort", request.organisation.slug, made.code)
    context = {"programme": programme, "missing": programme.missing(), "form": form, "start": start}
    return render(request, "programmes/manage/cohort_new.html", context, status=422 if form.is_bound else 200)


@open_to(COORDINATOR)
@require_http_methods(["GET", "POST"])
def dates(request: Any, code: str) -> HttpResponse:
    """Move the dates of a cohort, or rename it."""
    found = own(request, code)
    initial = {field: getattr(found, field) for field, _ in rules.STEPS} | {"name": found.name}
    form = forms.CohortForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.edit_cohort_dates(found, name=form.cleaned_data["name"], dates=form.dates(), by=request.person)
        except rules.Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Saved.")
            return redirect("programmes:cohort", request.organisation.slug, found.code)
    context = {"cohort": found, "form": form}
    return render(request, "programmes/manage/cohort_dates.html", context, status=422 if form.is_bound else 200)


def own(request: Any, code: str) -> Cohort:
    """A cohort whose desk is open to the visitor, or nothing."""
    cohorts = Cohort.objects.coordinated_by(request.person).select_related("programme")
    found: Cohort = get_object_or_404(cohorts, code=code)
    return found


def _next_start() -> dict[str, Any]:
    """The first Monday that is at least two weeks away, and nine months."""
    day = timezone.localdate() + datetime.timedelta(weeks=2)
    return {"start": day + datetime.timedelta(days=-day.weekday() % 7), "months": 9}
