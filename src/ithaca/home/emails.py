"""The letter that opens the door: somebody is known to an organisation and may sign in."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from ithaca.notifications import categories
from ithaca.notifications.letters import Letter, in_language_of
from ithaca.people.models import Person


def invitation(person: Person, *, by: str) -> Letter:
    """Who invites, where to, and that a code by mail is all it takes."""
    with in_language_of(person):
        words = {"by": by, "organisation": person.organisation.name, "email": person.email}
        return Letter(
            to=person,
            subject=_("%(organisation)s invites you") % words,
            preheader=_("A code by mail is all it takes."),
            category=categories.SIGN_IN,
            blocks=[
                _("%(by)s has added you to %(organisation)s, where its mentoring programmes are at home.") % words,
                _(
                    "To sign in, give the address at which this letter reached you, %(email)s. A code comes by mail; "
                    "there is no password to invent. Nothing happens until you do."
                )
                % words,
            ],
            action=(_("Sign in"), f"{reverse('people:sign_in')}?{urlencode({'email': person.email})}"),
            why=_("%(by)s of %(organisation)s asked us to write to you") % words,
        )
