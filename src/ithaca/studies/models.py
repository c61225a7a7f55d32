"""Tables of studies."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from ithaca.kernel import tenancy
from ithaca.matching.models import Run


class Study(tenancy.Tenant):
    """A further question to the engine about a board, answered once and kept with its run: other plans, whom to recruit."""

    class Kind(models.TextChoices):
        ALTERNATIVES = "alternatives", "Other complete plans"
        RECRUITS = "recruits", "Which further mentors would help"
        GROUPS = "groups", "Mentees of one mentor who fit each other"
        REPAIRS = "repairs", "Plans for the people of today that touch few pairs"

    run = models.ForeignKey(Run, models.CASCADE, related_name="studies")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    step = models.PositiveIntegerField(
        default=0, help_text="The last change by hand it knows of; 0: the run as it was found."
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "kind"], name="study_once")]
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return f"{self.kind} of run {self.run_id}"


class FairnessSheet(tenancy.Tenant):
    """How evenly a board treated people at one moment: figures only, worked out once and kept as a record."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="fairness_sheets")
    step = models.PositiveIntegerField(help_text="The last change by hand it includes; 0: the run as it was found.")
    at = models.DateTimeField(default=timezone.now, editable=False)
    engine = models.CharField(max_length=20, help_text="Version of the engine.")
    input_hash = models.CharField(max_length=64, help_text="SHA-256 of what the engine saw when it solved.")
    data = models.JSONField(help_text="Evenness, groups of at least five people, how many are served of how many.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "step"], name="sheet_once")]

    def __str__(self) -> str:
        return f"fairness of run {self.run_id} after change {self.step}"
