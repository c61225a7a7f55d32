"""Taking in a spreadsheet, and what its columns are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from ithaca.activity import actions as activity
from ithaca.intake import events, queries
from ithaca.intake.models import Import, Preview, SavedMapping, Upload, UploadFile
from ithaca.intake.rules.plan import Refused
from ithaca.kernel.sheets import reading, text
from ithaca.kernel.sheets.sheet import Sheet
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort
from ithaca.rosters import columns, workbooks


def receive(cohort: Cohort, *, name: str, data: bytes, role: str, by: Person | None) -> Upload:
    """Keep a spreadsheet and guess its columns (or remember them). `role` is blank where a column says it.

    The workbook is read, once for each sheet that may be meant, before the transaction begins: on SQLite a transaction
    keeps everybody else from writing. Raises `kernel.sheets.sheet.SheetError` with one sentence for a file that cannot
    be read.
    """
    sheet = workbooks.chosen(
        lambda chosen: reading.read(data, name, sheet=chosen), cast(columns.Role, role) or None
    ).sheet
    upload = Upload(cohort=cohort, name=name[-200:], role=role, uploaded_by=by, **_described(sheet, role))
    event = events.SheetUploaded(file=upload.name, cohort=cohort.name, rows=upload.rows)
    with transaction.atomic():
        upload.save()
        UploadFile.objects.create(upload=upload, data=data)
        activity.record(event, actor=by, subject=f"cohort:{cohort.code}")
    return upload


def choose_sheet(upload: Upload, *, sheet: str, role: str) -> Upload:
    """Take another sheet of the workbook, or another side; the columns are guessed anew.

    The file of an upload never changes, so it is read before the transaction begins (see `receive`).
    """
    _refuse_begun(upload)
    if sheet and sheet not in upload.sheets:
        raise Refused("The workbook has no such sheet.")
    described = _described(queries.sheet_of(upload, sheet), role)
    with transaction.atomic():
        upload = _open(upload)
        for key, value in {**described, "role": role, "confirmed_at": None, "answers": {}}.items():
            setattr(upload, key, value)
        upload.save()
        Preview.objects.filter(upload=upload).delete()
    return upload


@transaction.atomic
def confirm(upload: Upload, *, choices: Mapping[str, str], by: Person | None) -> Upload:
    """Say what every column is, and save that for the next sheet like this one. Raises Refused where that cannot work."""
    upload = _open(upload)
    mapping = upload.mapping.changed(choices)
    if problems := mapping.problems():
        raise Refused(" ".join(problems))
    upload.columns = [_told(column) for column in mapping.columns]
    upload.confirmed_at = timezone.now()
    upload.answers = {}
    upload.save()
    Preview.objects.filter(upload=upload).delete()
    SavedMapping.objects.update_or_create(
        fingerprint=upload.fingerprint,
        role=upload.role,
        organisation_id=upload.organisation_id,
        defaults={"choices": mapping.choices(), "saved_by": by},
    )
    return upload


def _open(upload: Upload) -> Upload:
    found: Upload = Upload.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=upload.pk)
    _refuse_begun(found)
    return found


def _refuse_begun(upload: Upload) -> None:
    if Import.objects.filter(upload=upload).exists():
        raise Refused("This file is being imported or has been. Upload it again to import it differently.")


def _described(sheet: Sheet, role: str) -> dict[str, Any]:
    mapping = columns.guess(sheet, cast(columns.Role, role) or None)
    fingerprint = hashlib.sha256("\n".join(sorted(map(text.folded, sheet.header))).encode()).hexdigest()
    saved = SavedMapping.objects.filter(fingerprint=fingerprint, role=role).first()
    if saved is not None:
        mapping = mapping.changed({name: field for name, field in saved.choices.items() if name in sheet.header})
    return {
        "sheet": sheet.sheet or "",
        "sheets": list(sheet.sheets),
        "rows": len(sheet.rows),
        "conflicts": len(sheet.conflicts),
        "columns": [_told(column) for column in mapping.columns],
        "fingerprint": fingerprint,
        "remembered": saved is not None,
    }


def _told(column: columns.Column) -> dict[str, Any]:
    told = asdict(column)
    del told["index"]
    return told
