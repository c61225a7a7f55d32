"""A programme: what it says, what is still missing, its cohorts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from ithaca.kernel.doors import open_to
from ithaca.people import permissions as people_permissions
from ithaca.people.doors import STAFF
from ithaca.programmes import actions, forms, queries, rules, texts
from ithaca.programmes.doors import COORDINATOR
from ithaca.programmes.models import Programme


@open_to(COORDINATOR, STAFF)
@require_GET
def index(request: Any) -> HttpResponse:
    """All programmes that the visitor runs, with their cohorts and where each stands."""
    today = timezone.localdate()
    programmes = list(queries.programmes_run_by(request.person))
    cohorts = [cohort for programme in programmes for cohort in programme.cohorts.all()]
    places = queries.places_of(cohorts, today)
    shown = [(programme, [_row(cohort, places, today) for cohort in _newest(programme)]) for programme in programmes]
    context = {"programmes": shown, "may_create": people_permissions.is_coordinating(request.person)}
    return render(request, "programmes/manage/index.html", context)


@open_to(STAFF)
@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Start a programme; the form comes with words to start from."""
    initial = texts.SUGGESTED | {"cadence_days": 30, "session_minutes": 60, "session_minutes_most": 120}
    form = forms.ProgrammeForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            programme = actions.create_programme(**form.cleaned_data, by=request.person)
        except rules.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{programme.name}” is saved.")
            return redirect("programmes:programme", request.organisation.slug, programme.code)
    return render(request, "programmes/manage/edit.html", {"form": form}, status=422 if form.is_bound else 200)


@open_to(COORDINATOR)
@require_GET
def programme(request: Any, code: str) -> HttpResponse:
    """One programme: whether it can open, its cohorts, what it says."""
    found = own(request, code)
    today = timezone.localdate()
    cohorts = _newest(found)
    places = queries.places_of(cohorts, today)
    context = {
        "programme": found,
        "missing": found.missing(),
        "requirements": len(rules.REQUIREMENTS),
        "unmeasurable": rules.unmeasurable(found.objectives),
        "cohorts": [_row(cohort, places, today) for cohort in cohorts],
        "roles": found.roles.select_related("person").order_by("person__name"),
    }
    return render(request, "programmes/manage/programme.html", context)


@open_to(COORDINATOR)
@require_http_methods(["GET", "POST"])
def edit(request: Any, code: str) -> HttpResponse:
    """Change what a programme says."""
    found = own(request, code)
    initial = {field: getattr(found, field) for field in actions.PROGRAMME_FIELDS}
    form = forms.ProgrammeForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.edit_programme(found, by=request.person, **form.cleaned_data)
        except rules.ProgrammeIncomplete as refusal:
            for requirement in refusal.missing:
                form.add_error(
                    requirement.field, "A cohort is open, and its people rely on this. Please keep a text here."
                )
        except rules.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("programmes:programme", request.organisation.slug, found.code)
    context = {"form": form, "programme": found}
    return render(request, "programmes/manage/edit.html", context, status=422 if form.is_bound else 200)


def own(request: Any, code: str) -> Programme:
    """A programme that the visitor coordinates, or nothing."""
    programmes = Programme.objects.coordinated_by(request.person).prefetch_related("cohorts")
    found: Programme = get_object_or_404(programmes, code=code)
    return found


def _newest(programme: Programme) -> list[Any]:
    return sorted(programme.cohorts.all(), key=lambda cohort: (cohort.applications_open_on, cohort.pk), reverse=True)


def _row(cohort: Any, places: dict[int, rules.Places], today: Any) -> dict[str, Any]:
    return {"cohort": cohort, "phase": cohort.phase(today), "places": places[cohort.pk]}
