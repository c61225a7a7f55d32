"""The people of a cohort: lists, adding by hand, capacity, pause, leaving and its undo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.people import actions as people
from ithaca.people.models import Person
from ithaca.programmes import actions, forms, queries, rules
from ithaca.programmes.doors import COORDINATOR
from ithaca.programmes.manage import cohorts
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.programmes.rules import Side

SIDES = {side.plural: side for side in Side}


@open_to(COORDINATOR)
@require_GET
def side(request: Any, code: str, side: str) -> HttpResponse:
    """The mentors or the mentees of a cohort."""
    if side not in SIDES:
        raise Http404
    cohort, today = cohorts.own(request, code), timezone.localdate()
    asked = forms.PeopleFilterForm(request.GET)
    context = {
        "cohort": cohort,
        "side": SIDES[side],
        "filter": asked,
        "filtered": any(request.GET.get(name) for name in ("state", "q")),
        "page": paging.page(request, asked.narrowed(queries.people_of(cohort, SIDES[side], today))),
        "places": queries.places_of([cohort], today)[cohort.pk],
    }
    return render(request, "programmes/manage/people.html", context)


@open_to(COORDINATOR)
@require_http_methods(["GET", "POST"])
def add(request: Any, code: str) -> HttpResponse:
    """Bring one person in by hand, new to the organisation or known to it."""
    cohort = cohorts.own(request, code)
    form = forms.PersonForm(request.POST or None, initial={"role": request.GET.get("role", Side.MENTEE)})
    if form.is_valid():
        try:
            enrolment = _enrolled(cohort, form.cleaned_data, request.person)
        except rules.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{enrolment.person.name} takes part.")
            return redirect("programmes:people", request.organisation.slug, code, Side(enrolment.role).plural)
    context = {"cohort": cohort, "form": form}
    return render(request, "programmes/manage/person_new.html", context, status=422 if form.is_bound else 200)


@open_to(COORDINATOR)
@require_POST
def capacity(request: Any, code: str) -> HttpResponse:
    """Change how many partners somebody takes."""
    enrolment = _own(request, code)
    form = forms.CapacityForm(request.POST)
    if form.is_valid():
        actions.set_capacity(enrolment, capacity=form.cleaned_data["capacity"], by=request.person)
        messages.success(request, f"{enrolment.person.name}: {form.cleaned_data['capacity']} from now on.")
    else:
        messages.error(request, f"Please enter a number from 0 to {rules.MOST_PARTNERS}.")
    return _back(request, enrolment)


@open_to(COORDINATOR)
@require_POST
def withdraw(request: Any, code: str) -> HttpResponse:
    """Somebody leaves the cohort."""
    enrolment = _own(request, code)
    actions.withdraw(enrolment, by=request.person, reason=request.POST.get("reason", "")[:2000])
    undo = reverse("programmes:restore", kwargs={"organisation": request.organisation.slug, "code": code})
    messages.success(request, f"{enrolment.person.name} has left the cohort.", extra_tags=f"undo:{undo}")
    return _back(request, enrolment)


@open_to(COORDINATOR)
@require_POST
def restore(request: Any, code: str) -> HttpResponse:
    """Somebody is back."""
    enrolment = _own(request, code)
    actions.restore(enrolment, by=request.person)
    messages.success(request, f"{enrolment.person.name} takes part again.")
    return _back(request, enrolment)


@open_to(COORDINATOR)
@require_POST
def pause(request: Any, code: str) -> HttpResponse:
    """Somebody takes no new partners for a while."""
    enrolment = _own(request, code)
    actions.pause(enrolment, by=request.person)
    undo = reverse("programmes:resume", kwargs={"organisation": request.organisation.slug, "code": code})
    messages.success(request, f"{enrolment.person.name} pauses.", extra_tags=f"undo:{undo}")
    return _back(request, enrolment)


@open_to(COORDINATOR)
@require_POST
def resume(request: Any, code: str) -> HttpResponse:
    """The pause is over."""
    enrolment = _own(request, code)
    actions.resume(enrolment, by=request.person)
    messages.success(request, f"{enrolment.person.name} can be matched again.")
    return _back(request, enrolment)


@transaction.atomic
def _enrolled(cohort: Cohort, told: dict[str, Any], by: Person) -> Enrolment:
    person = Person.objects.filter(email__iexact=told["email"]).first()
    person = person or people.add_person(name=told["name"], email=told["email"], by=by)
    return actions.enrol(
        cohort, person=person, role=Side(told["role"]), capacity=told["capacity"], source="by hand", by=by
    )


def _own(request: Any, code: str) -> Enrolment:
    enrolments = Enrolment.objects.coordinated_by(request.person).select_related("cohort", "person")
    found: Enrolment = get_object_or_404(enrolments, code=code)
    return found


def _back(request: Any, enrolment: Enrolment) -> HttpResponse:
    """To the list, with the filter and the page that the visitor had."""
    side = Side(enrolment.role).plural
    there = reverse("programmes:people", args=[request.organisation.slug, enrolment.cohort.code, side])
    asked = request.POST.get("list", "")
    return redirect(f"{there}?{asked}" if asked and "\n" not in asked else there)
