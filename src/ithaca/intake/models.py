"""Tables of bringing people in. What an upload has come to is told by the rows beside it: mapped, looked at, imported."""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.db import models
from django.utils import timezone

from ithaca.kernel import codes, tenancy
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort
from ithaca.programmes.rules import Side
from ithaca.rosters import columns as mappings
from ithaca.rosters import fields


class UploadQuerySet(models.QuerySet["Upload"]):
    """Reads of uploads."""

    def coordinated_by(self, person: Person) -> UploadQuerySet:
        """Uploads to cohorts whose desk is open to `person`."""
        return self.filter(cohort__in=Cohort.objects.coordinated_by(person))

    def newest_first(self) -> UploadQuerySet:
        return self.order_by("-uploaded_at", "-pk")


class Upload(tenancy.Tenant):
    """A spreadsheet that somebody chose for a cohort, and what its columns are taken for."""

    code = codes.CodeField()
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=8, blank=True, choices=Side.choices, help_text="Blank: a column says it.")
    sheet = models.CharField(max_length=200, blank=True)
    sheets = models.JSONField(default=list)
    rows = models.PositiveIntegerField()
    conflicts = models.PositiveIntegerField(default=0)
    columns = models.JSONField(help_text="Name, field, confidence and examples of every column.")
    fingerprint = models.CharField(max_length=64, help_text="Of the names of the columns.")
    remembered = models.BooleanField(default=False, help_text="The mapping is the one saved for such a sheet.")
    confirmed_at = models.DateTimeField(null=True, help_text="When the mapping was confirmed.")
    answers = models.JSONField(default=dict, help_text="Choices by the key of the question.")
    uploaded_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: Any = tenancy.manager(UploadQuerySet)

    def __str__(self) -> str:
        return self.name

    @property
    def progress_key(self) -> str:
        """Under which the jobs of this upload tell how far they have come."""
        return f"intake:{self.code}"

    @property
    def mapping(self) -> mappings.Mapping:
        """What every column is."""
        known = [
            mappings.Column(index, told["header"], told["field"], told["confidence"], tuple(told["examples"]))
            for index, told in enumerate(self.columns)
        ]
        role: Any = self.role or None
        return mappings.Mapping(role, tuple(column for column in known if column.field in fields.BY_KEY))


class UploadFile(tenancy.Tenant):
    """The bytes of an upload, kept for some weeks so that rejected rows can be had as they came."""

    upload = models.OneToOneField(Upload, models.CASCADE, related_name="file")
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"file of {self.upload_id}"


class SavedMapping(tenancy.Tenant):
    """What the columns of such a sheet were last time."""

    fingerprint = models.CharField(max_length=64)
    role = models.CharField(max_length=8, blank=True, choices=Side.choices)
    choices = models.JSONField(help_text="Field by the name of the column.")
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fingerprint", "role"], name="one_mapping_per_kind_of_sheet"
            )
        ]

    def __str__(self) -> str:
        return f"mapping {self.fingerprint[:8]}"


class Preview(tenancy.Tenant):
    """What an import would do with every row, as of `made_at`; nothing of it is written yet."""

    upload = models.OneToOneField(Upload, models.CASCADE, related_name="preview")
    made_at = models.DateTimeField(auto_now=True)
    counts = models.JSONField(help_text="Number of rows by kind.")
    digest = models.CharField(max_length=64)
    open_questions = models.PositiveIntegerField(default=0)
    packed = models.BinaryField(help_text="Rows by kind, questions and notices, as compressed JSON.")

    def __str__(self) -> str:
        return f"preview of {self.upload_id}"

    @staticmethod
    def pack(content: dict[str, Any]) -> bytes:
        """As it is stored."""
        return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 3)

    def content(self) -> dict[str, Any]:
        """`rows` by kind as lists of [row, name, e-mail, words], `questions`, `notices`."""
        found: dict[str, Any] = json.loads(zlib.decompress(bytes(self.packed)))
        return found


class Import(tenancy.Tenant):
    """Somebody said "bring them in"; it is done once there is an `Outcome`."""

    upload = models.OneToOneField(Upload, models.CASCADE, related_name="run")
    digest = models.CharField(max_length=64, help_text="Of the preview that was agreed to.")
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"import of {self.upload_id}"


class Outcome(tenancy.Tenant):
    """The import is done: every accepted row was written in one transaction."""

    run = models.OneToOneField(Import, models.CASCADE, related_name="outcome")
    counts = models.JSONField()
    finished_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"outcome of {self.run_id}"
