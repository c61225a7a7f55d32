"""The letter by which the members of a circle come to know of each other.

Peers read of each other what each lets everybody in the cohort read, and the addresses at which they can write. The letters
work for a circle that is not saved yet as well, so that every one of them can be shown before it is sent.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _

from ithaca.circles import queries
from ithaca.circles.queries import Introduced
from ithaca.kernel import links
from ithaca.notifications import categories
from ithaca.notifications.letters import Block, Bullets, Facts, Heading, Letter, in_language_of
from ithaca.people.models import Person

LINK = "circle"
"""Purpose of the signed link to the page of a circle."""
NAMED, NAME = 3, 60
"""People named in a subject, and letters of each name."""


def introductions(circle: Introduced) -> list[Letter]:
    """A letter to every member; the one who is asked to write first comes first."""
    return [_to(reader, circle) for reader in circle.people]


def page_of(circle: Introduced, reader: Person) -> str:
    """Path of the page that opens without signing in, for this reader only."""
    token = links.sign(LINK, {"circle": circle.circle.code, "person": reader.code})
    return reverse("circles:introduction", kwargs={"organisation": reader.organisation.slug, "token": token})


def _to(reader: Person, circle: Introduced) -> Letter:
    with in_language_of(reader):
        others, cohort = circle.others(reader), circle.cohort
        names = {
            "others": get_text_list([person.name for person in others], _("and")),
            "some": _some(others),
            "begins": circle.begins.name if circle.begins else "",
            "programme": cohort.programme.name,
            "cohort": cohort.name,
            "day": date_format(circle.write_by, "j F Y"),
        }
        first = circle.is_begun_by(reader)
        return Letter(
            to=reader,
            subject=(_("Meet %(some)s") if circle.is_for_once else _("Your circle: %(some)s")) % names,
            preheader=_("What you share, and how to begin."),
            category=categories.INTRODUCTION,
            greeting=_("Dear %(name)s,") % {"name": reader.name},
            blocks=[
                _beginning(circle) % names,
                *_shared(circle),
                Heading(_("The first step is yours") if first else _("What happens next")),
                (_first_step(circle) if first else _wait(circle)) % names,
                *(block for person in others for block in _about(person)),
                *_between_you(circle),
            ],
            action=(_("Open your introduction"), page_of(circle, reader)),
            closing=_closing(circle),
            why=_("you take part in “%(programme)s”") % names,
            reply_to=", ".join(person.email for person in others if first or circle.is_begun_by(person)),
        )


def _some(people: list[Person]) -> str:
    """The first few names, as a subject has room for them."""
    names = [Truncator(person.name).chars(NAME) for person in people]
    if len(names) > NAMED + 1:
        names = [*names[:NAMED], _("%(n)s others") % {"n": len(names) - NAMED}]
    return get_text_list(names, _("and"))


def _beginning(circle: Introduced) -> str:
    if circle.is_for_once:
        return _(
            "In “%(programme)s” (%(cohort)s) people meet once with somebody whom they do not know yet. We are glad to "
            "bring you together with %(others)s, for one conversation."
        )
    return _(
        "In “%(programme)s” (%(cohort)s) peers support each other in small circles. We are glad to bring you together with "
        "%(others)s: people who stand where you stand, each with questions and with something to give."
    )


def _first_step(circle: Introduced) -> str:
    if circle.is_of_two:
        return _(
            "Please write to %(others)s by %(day)s and propose two or three times for half an hour. Three sentences are "
            "enough. Simply reply to this letter."
        )
    return _(
        "Somebody has to begin, and the lot fell on you. Please write to everybody by %(day)s and propose two or three times "
        "for a first hour together. Simply reply to this letter: it goes to all of them."
    )


def _wait(circle: Introduced) -> str:
    if circle.is_of_two:
        return _(
            "%(begins)s has been asked to write to you by %(day)s, so there is nothing you need to do until then. If nothing "
            "has come, a short line from you will help. Simply reply to this letter."
        )
    return _(
        "The lot fell on %(begins)s to write to all of you by %(day)s, so there is nothing you need to do until then. If "
        "nothing has come, a short line from you will help. A reply to this letter goes to %(begins)s."
    )


def _shared(circle: Introduced) -> list[Block]:
    shared = circle.circle.shared
    return [Heading(_("What you have in common")), Bullets(shared)] if shared else []


def _about(person: Person) -> list[Block]:
    return [Heading(person.name), Facts([*queries.told_of(person), (_("E-mail"), person.email)])]


def _between_you(circle: Introduced) -> list[Block]:
    programme = circle.cohort.programme
    rows = [(_("Between you"), programme.confidentiality), (_("Not private"), programme.not_private)]
    told = [(term, text) for term, text in rows if text]
    return [Heading(_("What the programme expects")), Facts(told)] if told else []


def _closing(circle: Introduced) -> str:
    wish = _("We wish you a good conversation.") if circle.is_for_once else _("We wish you good conversations.")
    contact = circle.cohort.organisation.contact_email
    if not contact:
        return wish
    text = _("Should something be unclear, or not feel right, write to %(contact)s at any time.")
    return text % {"contact": contact} + "\n" + wish
