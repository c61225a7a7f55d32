"""Discarding an upload, and forgetting files when their time is over."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from ithaca.activity import actions as activity
from ithaca.intake import events
from ithaca.intake.models import Import, Preview, Upload, UploadFile
from ithaca.intake.rules.plan import Refused
from ithaca.jobs import schedules
from ithaca.people.models import Person

KEPT = timedelta(days=30)


@transaction.atomic
def discard(upload: Upload, *, by: Person | None) -> None:
    """Discard an upload that was not imported: file, preview and answers are gone."""
    upload = Upload.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=upload.pk)
    if Import.objects.filter(upload=upload).exists():
        raise Refused("This file was imported; it stays in the list.")
    event = events.UploadDiscarded(file=upload.name, cohort=upload.cohort.name)
    activity.record(event, actor=by, subject=f"cohort:{upload.cohort.code}")
    upload.delete()


@schedules.every("20 4 * * *")
@task
def forget_files() -> int:
    """After 30 days: files and previews of imports go, and uploads that were never imported. Returns how many files went."""
    before = timezone.now() - KEPT
    Upload.everywhere.filter(uploaded_at__lt=before, run__isnull=True).delete()
    Preview.everywhere.filter(upload__uploaded_at__lt=before).delete()
    return int(UploadFile.everywhere.filter(upload__uploaded_at__lt=before).delete()[0])
