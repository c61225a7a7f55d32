"""Pure decisions about mentorships."""

from __future__ import annotations

from django.db import models


class ClosureKind(models.TextChoices):
    """How a mentorship ended; 'completed early' is not 'cancelled'."""

    COMPLETED = "completed", "Completed"
    COMPLETED_EARLY = "completed_early", "Completed early"
    CONTINUES = "continues", "Continues informally"
    NOT_A_FIT = "not_a_fit", "Not a fit"
    LEFT = "left", "One of the two left"
    SILENT = "silent", "Fell silent"
