"""Choosing a file and saying what its columns are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ithaca.intake import actions, forms
from ithaca.intake.models import Upload
from ithaca.intake.rules.plan import Refused
from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.kernel.sheets.sheet import SheetError
from ithaca.programmes.doors import COORDINATOR
from ithaca.programmes.models import Cohort

STEPS = ["File", "Columns", "Preview", "Done"]


@open_to(COORDINATOR)
@require_http_methods(["GET", "POST"])
def index(request: Any, code: str) -> HttpResponse:
    """Choose a spreadsheet for a cohort; below, what was imported so far."""
    cohorts = Cohort.objects.coordinated_by(request.person).select_related("programme")
    cohort: Cohort = get_object_or_404(cohorts, code=code)
    form = forms.UploadForm(request.POST or None, request.FILES or None, initial={"role": request.GET.get("role")})
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = actions.receive(
                cohort, name=file.name, data=file.read(), role=form.cleaned_data["role"], by=request.person
            )
        except SheetError as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("intake:columns", request.organisation.slug, upload.code)
    earlier = (
        Upload.objects.filter(cohort=cohort).select_related("uploaded_by", "run__outcome", "preview").newest_first()
    )
    context = {"cohort": cohort, "form": form, "page": paging.page(request, earlier, 10), "steps": STEPS}
    return render(request, "intake/index.html", context, status=422 if form.errors else 200)


@open_to(COORDINATOR)
@require_http_methods(["GET", "POST"])
def columns(request: Any, code: str) -> HttpResponse:
    """What every column is: the guess, with examples, to be corrected."""
    upload = own(request, code)
    if hasattr(upload, "run"):
        return redirect("intake:outcome", request.organisation.slug, upload.code)
    form = forms.ColumnsForm(upload, request.POST or None)
    refusal = ""
    if form.is_valid():
        try:
            confirmed = actions.confirm(upload, choices=form.choices(), by=request.person)
            actions.look(confirmed, by=request.person)
        except Refused as problem:
            refusal = str(problem)
        else:
            return redirect("intake:preview", request.organisation.slug, upload.code)
    context = {
        "upload": upload,
        "cohort": upload.cohort,
        "form": form,
        "sheet_form": forms.SheetForm(upload),
        "refusal": refusal,
        "steps": STEPS,
    }
    return render(request, "intake/columns.html", context, status=422 if refusal else 200)


@open_to(COORDINATOR)
@require_POST
def sheet(request: Any, code: str) -> HttpResponse:
    """Look at another sheet of the workbook, or take it for the other side."""
    upload = own(request, code)
    form = forms.SheetForm(upload, request.POST)
    if form.is_valid():
        chosen = form.cleaned_data.get("sheet", upload.sheet)
        try:
            actions.choose_sheet(upload, sheet=chosen, role=form.cleaned_data["role"])
        except (Refused, SheetError) as problem:
            messages.error(request, str(problem))
    return redirect("intake:columns", request.organisation.slug, upload.code)


@open_to(COORDINATOR)
@require_POST
def discard(request: Any, code: str) -> HttpResponse:
    """Discard an upload without an import."""
    upload = own(request, code)
    try:
        actions.discard(upload, by=request.person)
        messages.success(request, f"“{upload.name}” is discarded. Nobody was brought in.")
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("intake:index", request.organisation.slug, upload.cohort.code)


def own(request: Any, code: str) -> Upload:
    """An upload to a cohort whose desk is open to the visitor, or nothing."""
    uploads = Upload.objects.coordinated_by(request.person).select_related("cohort__programme", "run__outcome")
    found: Upload = get_object_or_404(uploads, code=code)
    return found


def forward(request: Any, view: str, upload: Upload) -> HttpResponse:
    """On to another page of the upload, also for a progress bar that only asked how far things are."""
    address = reverse(f"intake:{view}", args=[request.organisation.slug, upload.code])
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else HttpResponseRedirect(address)
