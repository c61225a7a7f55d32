"""Looking at what an import would do, and answering what only the coordinator knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django_tasks import task

from ithaca.intake import queries
from ithaca.intake.models import Import, Preview, Upload
from ithaca.intake.rules.plan import Refused
from ithaca.jobs import progress, retries
from ithaca.kernel import tenancy
from ithaca.kernel.sheets.sheet import SheetError
from ithaca.people.models import Person

AT_ONCE = 1_500
"""Rows up to which the preview is made while the page is asked for; beyond that in the background."""


def look(upload: Upload, *, by: Person | None) -> None:
    """Make the preview of a confirmed upload, at once or in the background."""
    if upload.rows <= AT_ONCE:
        _keep(upload, by=by)
        return
    progress.start(upload.progress_key, total=upload.rows, words="Waiting for a free worker")
    prepare.enqueue(upload.organisation_id, upload.code, by.code if by else "")


@retries.policy(times=1)
@task
def prepare(organisation_id: int, code: str, by: str) -> None:
    """The background job of a preview; started again, it makes the same."""
    with tenancy.scope(organisation_id):
        upload = Upload.objects.select_related("cohort").filter(code=code).first()
        if upload is None:
            return
        with progress.report(upload.progress_key, total=upload.rows) as told:
            try:
                _keep(upload, by=Person.objects.filter(code=by).first(), told=told)
            except (Refused, SheetError) as refusal:
                raise progress.Failed(str(refusal)) from refusal


def _keep(upload: Upload, *, by: Person | None, told: progress.Report | None = None) -> None:
    plan = queries.plan_of(upload, by=by, told=_telling(told))
    with transaction.atomic():
        Preview.objects.update_or_create(
            upload=upload,
            defaults={
                "counts": plan.counts,
                "digest": plan.digest,
                "open_questions": plan.open,
                "packed": Preview.pack(plan.content()),
            },
        )


def _telling(told: progress.Report | None) -> queries.Told:
    def tell(words: str, done: int, total: int) -> None:
        if told is not None:
            told.advance(done, words, total)

    return tell


@transaction.atomic
def answer(upload: Upload, *, answers: Mapping[str, str]) -> None:
    """Keep answers by the key of their question; impossible ones are refused. The preview has to be made again."""
    upload, asked = _asked(upload)
    for key, value in answers.items():
        if key not in asked or value not in {choice["value"] for choice in asked[key]["choices"]}:
            raise Refused("This question has changed. Please look at it again.")
    _answered(upload, {**upload.answers, **answers})


@transaction.atomic
def accept_suggestions(upload: Upload) -> None:
    """Answer every open question with what is suggested, because the coordinator said so."""
    upload, asked = _asked(upload)
    _answered(upload, {key: question["suggested"] for key, question in asked.items()} | upload.answers)


@transaction.atomic
def answer_anew(upload: Upload) -> None:
    """Forget every answer."""
    upload, _ = _asked(upload)
    _answered(upload, {})


def _asked(upload: Upload) -> tuple[Upload, dict[str, Any]]:
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if Import.objects.filter(upload=upload).exists():
        raise Refused("This file is being imported or has been.")
    preview = Preview.objects.filter(upload=upload).first()
    if preview is None:
        raise Refused("Please look at the preview again.")
    return upload, {question["key"]: question for question in preview.content()["questions"]}


def _answered(upload: Upload, answers: dict[str, str]) -> None:
    upload.answers = answers
    upload.save(update_fields=["answers"])
    Preview.objects.filter(upload=upload).delete()
