"""Pure decisions about programmes and cohorts."""

from __future__ import annotations

from django.db import models


class Side(models.TextChoices):
    """The two sides of a mentorship."""

    MENTOR = "mentor", "Mentor"
    MENTEE = "mentee", "Mentee"


STEPS: tuple[tuple[str, str], ...] = (
    ("applications_open_on", "Applications open"),
    ("applications_close_on", "Applications close"),
    ("matching_on", "Matching"),
    ("kick_off_on", "Kick-off"),
    ("mid_point_on", "Mid-point"),
    ("end_on", "End"),
    ("celebration_on", "Celebration"),
)
"""Dates of a cohort in their order: field and label."""
