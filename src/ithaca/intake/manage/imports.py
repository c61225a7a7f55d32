"""The import itself: begun, under way, done; and the rejected rows as they came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from ithaca.intake import actions, queries
from ithaca.intake.manage import uploads
from ithaca.intake.models import Preview, Upload
from ithaca.intake.rules.plan import Kind, Refused
from ithaca.jobs import progress
from ithaca.kernel.doors import open_to
from ithaca.kernel.sheets import write
from ithaca.programmes.doors import COORDINATOR


@open_to(COORDINATOR)
@require_POST
def start(request: Any, code: str) -> HttpResponse:
    """Agree to the preview."""
    upload = uploads.own(request, code)
    try:
        actions.start(upload, by=request.person)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("intake:preview", request.organisation.slug, upload.code)
    return redirect("intake:outcome", request.organisation.slug, upload.code)


@open_to(COORDINATOR)
@require_GET
def outcome(request: Any, code: str) -> HttpResponse:
    """How far the import is, or what came of it."""
    upload = uploads.own(request, code)
    told = progress.of(upload.progress_key)
    context = {"upload": upload, "cohort": upload.cohort, "steps": uploads.STEPS, "progress": told}
    if not hasattr(upload, "run"):
        if told is not None and told.failure:
            messages.warning(request, told.failure)
        return uploads.forward(request, "preview", upload)
    if not hasattr(upload.run, "outcome"):
        return render(request, "intake/at_work.html", context)
    if request.htmx:
        return uploads.forward(request, "outcome", upload)
    kept = Preview.objects.filter(upload=upload).exists()
    context |= {"outcome": upload.run.outcome, "counts": upload.run.outcome.counts, "kept": kept}
    return render(request, "intake/outcome.html", context)


@open_to(COORDINATOR)
@require_GET
def rejected(request: Any, code: str) -> HttpResponse:
    """The rejected rows as they came, with a column that says why; .csv, or .xlsx if asked for."""
    upload = uploads.own(request, code)
    preview = Preview.objects.filter(upload=upload).first()
    if preview is None:
        raise Http404
    try:
        header, rows = _as_they_came(upload, preview)
    except Refused as problem:
        raise Http404(str(problem)) from problem
    name = f"{slugify(upload.name.rpartition('.')[0]) or 'import'}-rejected"
    if request.GET.get("as") == "xlsx":
        answer = HttpResponse(write.xlsx(header, rows, sheet="Rejected"), content_type=write.XLSX_TYPE)
        answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
        return answer
    answer = HttpResponse(write.csv(header, rows), content_type=write.CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _as_they_came(upload: Upload, preview: Preview) -> tuple[list[str], Iterator[list[str]]]:
    reasons = {row: " ".join(words) for row, _, _, words, _ in preview.content()["rows"][Kind.REJECTED]}
    sheet = queries.sheet_of(upload)
    rows = (
        [*cells, reasons[number]]
        for number, cells in zip(sheet.numbers, sheet.original_rows, strict=True)
        if number in reasons
    )
    return [*sheet.original_header, "Why it was not imported"], rows
