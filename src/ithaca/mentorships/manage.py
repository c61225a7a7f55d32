"""Pages of the coordinator: the outline of a cohort's mentorships, never their content."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ithaca.activity.models import Activity
from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.mentorships import actions, forms, queries
from ithaca.mentorships.models import Mentorship
from ithaca.programmes.doors import COORDINATOR
from ithaca.programmes.models import Cohort


@open_to(COORDINATOR)
@require_GET
def mentorships(request: Any, code: str) -> HttpResponse:
    """The mentorships of a cohort: who, since when, in touch, met, ended."""
    cohort = get_object_or_404(Cohort.objects.coordinated_by(request.person).select_related("programme"), code=code)
    asked = forms.FilterForm(request.GET)
    context = {
        "cohort": cohort,
        "filter": asked,
        "page": paging.page(request, asked.narrowed(queries.outline_of(cohort))),
        "counts": queries.counts_of([cohort]).get(cohort.pk),
        "today": timezone.localdate(),
    }
    return render(request, "mentorships/manage/list.html", context)


@open_to(COORDINATOR)
@require_GET
def outline(request: Any, code: str) -> HttpResponse:
    """One mentorship without its content: its facts and how to end it."""
    return _outline(request, _found(request, code), forms.ClosureForm())


@open_to(COORDINATOR)
@require_POST
def close(request: Any, code: str) -> HttpResponse:
    """End a mentorship, with its kind and a reason that only coordinators see."""
    mentorship = _found(request, code)
    form = forms.ClosureForm(request.POST)
    if not form.is_valid():
        return _outline(request, mentorship, form, status=422)
    actions.close(mentorship, by=request.person, **form.cleaned_data)
    undo = reverse("mentorships:reopen", kwargs={"organisation": request.organisation.slug, "code": code})
    messages.success(request, "The mentorship has ended.", extra_tags=f"undo:{undo}")
    return redirect("mentorships:outline", request.organisation.slug, code)


@open_to(COORDINATOR)
@require_POST
def reopen(request: Any, code: str) -> HttpResponse:
    """Undo an ending."""
    actions.reopen(_found(request, code), by=request.person)
    messages.success(request, "The mentorship is open again.")
    return redirect("mentorships:outline", request.organisation.slug, code)


def _found(request: Any, code: str) -> Mentorship:
    found: Mentorship = get_object_or_404(queries.whole(Mentorship.objects.coordinated_by(request.person)), code=code)
    return found


def _outline(request: Any, mentorship: Mentorship, form: forms.ClosureForm, status: int = 200) -> HttpResponse:
    facts = Activity.objects.about(f"mentorship:{mentorship.code}").filter(audience="staff", confidential=False)
    context = {
        "mentorship": mentorship,
        "form": form,
        "facts": facts.newest_first()[:50],
        "today": timezone.localdate(),
    }
    return render(request, "mentorships/manage/outline.html", context, status=status)
