"""The steps of an import, for tests."""

from __future__ import annotations

from typing import Any

from ithaca.intake import actions
from ithaca.intake.models import Outcome, Preview, Upload
from ithaca.kernel.sheets import write

HEADER = ["Name", "E-mail", "Job title", "Skills offered", "Languages", "Number of mentees"]


def sheet(*rows: list[str], header: list[str] | None = None) -> bytes:
    return write.csv(header or HEADER, rows)


def uploaded(
    cohort: Any, data: bytes, *, role: str = "mentor", by: Any = None, sheet: str = "", **changes: str
) -> Upload:
    """An upload with its columns confirmed and its preview made."""
    upload = actions.receive(cohort, name="people.csv", data=data, role=role, by=by)
    if sheet:
        upload = actions.choose_sheet(upload, sheet=sheet, role=role)
    upload = actions.confirm(upload, choices=changes, by=by)
    actions.look(upload, by=by)
    return upload


def content(upload: Upload) -> dict[str, Any]:
    return Preview.objects.get(upload=upload).content()


def imported(upload: Upload, *, by: Any = None, suggestions: bool = True) -> dict[str, int]:
    """What came of importing the upload."""
    if suggestions and Preview.objects.get(upload=upload).open_questions:
        actions.accept_suggestions(upload)
        actions.look(Upload.objects.select_related("cohort").get(pk=upload.pk), by=by)
    actions.start(upload, by=by)
    return Outcome.objects.get(run__upload=upload).counts
