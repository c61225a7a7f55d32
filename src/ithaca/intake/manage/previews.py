"""What an import would do, before anything is written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ithaca.intake import actions
from ithaca.intake.manage import uploads
from ithaca.intake.models import Preview
from ithaca.intake.rules.plan import Kind, Refused
from ithaca.jobs import progress
from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.kernel.sheets.sheet import SheetError
from ithaca.programmes.doors import COORDINATOR

SHOWN = {
    Kind.NEW: "New",
    Kind.CHANGED: "Changed",
    Kind.UNCHANGED: "Unchanged",
    Kind.REJECTED: "Rejected",
}

COLUMN = {
    Kind.NEW: "What was understood",
    Kind.CHANGED: "What changes",
    Kind.UNCHANGED: "Good to know",
    Kind.REJECTED: "Why not",
}
"""Heading of the words beside a row."""
ASKED_AT_ONCE = 20


@open_to(COORDINATOR)
@require_GET
def preview(request: Any, code: str) -> HttpResponse:
    """How many rows are new, changed, unchanged or rejected, each with its row; and the open questions."""
    upload = uploads.own(request, code)
    slug = request.organisation.slug
    if hasattr(upload, "run"):
        return redirect("intake:outcome", slug, upload.code)
    if not upload.confirmed_at:
        return redirect("intake:columns", slug, upload.code)
    found = Preview.objects.filter(upload=upload).first()
    told = progress.of(upload.progress_key)
    if request.htmx and (found is not None or (told is not None and told.finished)):
        return uploads.forward(request, "preview", upload)
    if found is None and told is not None and told.finished and told.failure and "again" not in request.GET:
        context = {"upload": upload, "cohort": upload.cohort, "failure": told.failure, "steps": uploads.STEPS}
        return render(request, "intake/preview_failed.html", context)
    if found is None and (told is None or told.finished):
        try:
            actions.look(upload, by=request.person)
        except (Refused, SheetError) as problem:
            messages.error(request, str(problem))
            return redirect("intake:index", slug, upload.cohort.code)
        found = Preview.objects.filter(upload=upload).first()
        told = progress.of(upload.progress_key)
    if found is None:
        context = {"upload": upload, "cohort": upload.cohort, "progress": told, "steps": uploads.STEPS}
        return render(request, "intake/preview_at_work.html", context)
    return render(request, "intake/preview.html", _context(request, upload, found))


def _context(request: Any, upload: Any, found: Preview) -> dict[str, Any]:
    content = found.content()
    kinds = [kind for kind in Kind if found.counts[kind]]
    asked = request.GET.get("show", "")
    shown = Kind(asked) if asked in set(Kind) else next(iter(kinds), Kind.NEW)
    tabs = [
        {"label": f"{SHOWN[kind]} · {found.counts[kind]:,}", "url": f"?show={kind}#rows", "current": kind == shown}
        for kind in Kind
    ]
    rows = paging.page(request, content["rows"][shown])
    rows.object_list = [
        {"row": row, "name": name, "email": email, "words": words, "remarks": remarks}
        for row, name, email, words, remarks in rows.object_list
    ]
    questions = [question for question in content["questions"] if question["key"] not in upload.answers]
    return {
        "upload": upload,
        "cohort": upload.cohort,
        "steps": uploads.STEPS,
        "counts": found.counts,
        "preview": found,
        "kind": shown,
        "column": COLUMN[shown],
        "tabs": tabs,
        "page": rows,
        "questions": questions[:ASKED_AT_ONCE],
        "waiting": len(questions),
        "answered": len(upload.answers),
        "notices": content["notices"],
        "writes": found.counts[Kind.NEW] + found.counts[Kind.CHANGED],
    }


@open_to(COORDINATOR)
@require_POST
def answers(request: Any, code: str) -> HttpResponse:
    """Take answers: those chosen, or every suggestion at once where the button says so; the preview is made anew."""
    upload = uploads.own(request, code)
    slug = request.organisation.slug
    given = {key.removeprefix("q-"): value for key, value in request.POST.items() if key.startswith("q-")}
    try:
        if "forget" in request.POST:
            actions.answer_anew(upload)
        elif "suggestions" in request.POST:
            actions.accept_suggestions(upload)
        else:
            actions.answer(upload, answers=given)
        actions.look(uploads.own(request, code), by=request.person)
    except (Refused, SheetError) as problem:
        messages.error(request, str(problem))
    return redirect("intake:preview", slug, upload.code)
