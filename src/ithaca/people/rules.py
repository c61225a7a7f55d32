"""Pure decisions about people: roles, and who sees which field of a profile."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """What a person may do for an organisation or a programme. A participant is whoever is enrolled in a cohort."""

    OWNER = "owner", "Owner"
    COORDINATOR = "coordinator", "Coordinator"
    SCREENER = "screener", "Screener"
    SPONSOR = "sponsor", "Sponsor"


STAFF = frozenset({Role.OWNER, Role.COORDINATOR, Role.SCREENER})
COORDINATING = frozenset({Role.OWNER, Role.COORDINATOR})


class MeetingForm(models.TextChoices):
    """How somebody is willing to meet."""

    VIDEO = "video", "By video"
    IN_PERSON = "in_person", "In person"
    EITHER = "either", "Either"
