"""What participants see of a programme."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ithaca.kernel.doors import open_to
from ithaca.people.doors import MEMBER
from ithaca.programmes import queries, rules
from ithaca.programmes.models import Programme


@open_to(MEMBER)
@require_GET
def about(request: Any, code: str) -> HttpResponse:
    """What a programme is for and what it promises, with the timeline of the visitor's own cohorts."""
    programme = get_object_or_404(Programme.objects.visible_to(request.person), code=code)
    own = queries.cohorts_of(request.person).filter(cohort__programme=programme)
    cohorts = list({enrolment.cohort_id: enrolment.cohort for enrolment in own}.values())
    today = timezone.localdate()
    context = {
        "programme": programme,
        "timelines": [(cohort, rules.timeline(cohort.dates(), today)) for cohort in cohorts],
    }
    return render(request, "programmes/about.html", context)
