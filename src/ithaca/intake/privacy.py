"""What happens to a person's rows of this slice when they ask for their data or leave (see `kernel.privacy`)."""

from __future__ import annotations

from typing import Any

from ithaca.intake.models import Import, Preview, SavedMapping, Upload, UploadFile
from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.people.models import Person
from ithaca.programmes.models import Enrolment

WHO = "it only says who did something; the person's own row becomes anonymous"


def forget_files_naming(subject: Any) -> int:
    """Files and previews of every cohort the person is in: a spreadsheet cannot be emptied of one row."""
    if not isinstance(subject, Person):
        return 0
    cohorts = Enrolment.objects.filter(person=subject).values("cohort")
    gone: int = UploadFile.objects.filter(upload__cohort__in=cohorts).delete()[0]
    gone += Preview.objects.filter(upload__cohort__in=cohorts).delete()[0]
    return gone


register(
    Entry(Upload, (), mentions=("uploaded_by",), export=None, erase=Erase.KEEP, why=WHO, also=forget_files_naming),
    Entry(SavedMapping, (), mentions=("saved_by",), export=None, erase=Erase.KEEP, why=WHO),
    Entry(Import, (), mentions=("started_by",), export=None, erase=Erase.KEEP, why=WHO),
)
