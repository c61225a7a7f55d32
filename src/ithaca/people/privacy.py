"""What is exported and erased of the tables of this slice and of the sign-in."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.people.models import ErasureRequest, Person, Profile, RoleGrant

TOLD = (
    *(
        "headline",
        "employer",
        "department",
        "reports_to",
        "seniority",
        "about",
        "offers",
        "needs",
        "goals",
        "interests",
    ),
    *("lived_experience", "lived_experience_wanted", "languages", "place", "country", "meeting_form", "availability"),
    *("style", "phone", "pronouns", "extra", "visibility", "updated_at"),
)

register(
    Entry(
        Person,
        ("account",),
        export=None,
        erase=Erase.KEEP,
        why="the person's own row heads the export; erasure makes it anonymous, as mentorships of others point at it",
    ),
    Entry(Profile, ("person",), export=TOLD, erase=Erase.DELETE),
    Entry(RoleGrant, ("person",), mentions=("granted_by",), export=("role", "granted_at"), erase=Erase.DELETE),
    Entry(ErasureRequest, ("person",), export=("asked_at",), erase=Erase.DELETE),
    Entry(EmailAddress, ("user",), export=("email", "verified", "primary"), erase=Erase.DELETE),
    Entry(Authenticator, ("user",), export=("type", "created_at", "last_used_at"), erase=Erase.DELETE),
    Entry(UserSession, ("user",), export=("created_at", "last_seen_at", "ip", "user_agent"), erase=Erase.DELETE),
)
