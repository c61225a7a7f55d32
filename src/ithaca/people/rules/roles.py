"""Roles of people: what each means and who may grant which."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models


class NotPossible(ValueError):
    """What was asked cannot be done; the message says why and what to do, in words for the person who asked."""


class Role(models.TextChoices):
    """What a person may do for an organisation or a programme. A participant is whoever is enrolled in a cohort."""

    OWNER = "owner", "Owner"
    COORDINATOR = "coordinator", "Coordinator"
    SCREENER = "screener", "Screener"
    SPONSOR = "sponsor", "Sponsor"


STAFF = frozenset({Role.OWNER, Role.COORDINATOR, Role.SCREENER})
COORDINATING = frozenset({Role.OWNER, Role.COORDINATOR})

ROLE_WORDS = {
    Role.OWNER: "Runs the organisation here: everything a coordinator does, and who is an owner.",
    Role.COORDINATOR: "Runs all programmes: people, cohorts, matching. Never sees what a pair writes to each other.",
    Role.SCREENER: "Reads applications and recommends; sees nothing else of the programmes.",
    Role.SPONSOR: "Sees results as totals; never a person’s data.",
}
"""What each role means, as shown where it is granted."""


class MeetingForm(models.TextChoices):
    """How somebody is willing to meet."""

    VIDEO = "video", "By video"
    IN_PERSON = "in_person", "In person"
    EITHER = "either", "Either"


def grantable(own: Collection[Role]) -> frozenset[Role]:
    """Roles that somebody with the roles `own` may grant and revoke: owners all, coordinators all but owner."""
    if Role.OWNER in own:
        return frozenset(Role)
    return frozenset(Role) - {Role.OWNER} if Role.COORDINATOR in own else frozenset()


def may_edit(own: Collection[Role], theirs: Collection[Role]) -> bool:
    """Whether somebody with the roles `own` may edit or erase a person who has the roles `theirs`."""
    return bool(grantable(own)) and grantable(own) >= frozenset(theirs)


def address(email: str) -> str:
    """An e-mail address as it is kept and compared."""
    return email.strip().lower()
