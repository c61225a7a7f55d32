"""The introductions: one letter to each side of a new pair.

They work for a mentorship that is not saved yet as well, so that a plan can show every letter before it is published.
"""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ithaca.kernel import links
from ithaca.mentorships import queries, rules
from ithaca.mentorships.models import Mentorship
from ithaca.notifications import categories
from ithaca.notifications.letters import Block, Bullets, Facts, Heading, Letter, Quote, in_language_of
from ithaca.people.models import Person

LINK = "introduction"
"""Purpose of the signed link to the page of an introduction."""


def introductions(mentorship: Mentorship) -> list[Letter]:
    """Both letters, the mentee's first: the first step is theirs."""
    return [_to_mentee(mentorship), _to_mentor(mentorship)]


def page_of(mentorship: Mentorship, reader: Person) -> str:
    """Path of the page that opens without signing in, for this reader only."""
    token = links.sign(LINK, {"mentorship": mentorship.code, "person": reader.code})
    slug = mentorship.cohort.organisation.slug
    return reverse("mentorships:introduction", kwargs={"organisation": slug, "token": token})


def _to_mentee(mentorship: Mentorship) -> Letter:
    mentee, mentor = mentorship.mentee, mentorship.mentor
    with in_language_of(mentee):
        names = _words(mentorship, partner=mentor)
        beginning = _(
            "We are glad to introduce you to %(partner)s, who will be your mentor in “%(programme)s” (%(cohort)s)."
        )
        step = _(
            "Please write to %(partner)s by %(day)s. Mentors wait for their mentee to begin, and three sentences are "
            "enough: who you are, what you hope for, and when you could meet. Simply reply to this letter, or write to "
            "%(email)s."
        )
        return Letter(
            to=mentee,
            subject=_("Meet %(partner)s, your mentor") % names,
            preheader=_("What you share, and how to begin."),
            category=categories.INTRODUCTION,
            greeting=_greeting(mentee),
            blocks=[
                beginning % names,
                *_shared(mentorship),
                Heading(_("The first step is yours")),
                step % names,
                *_opener(mentorship),
                *_about(mentor),
                *_expectations(mentorship, mentorship.cohort.programme.mentee_role),
            ],
            action=(_("Open your introduction"), page_of(mentorship, mentee)),
            closing=_closing(mentorship),
            why=_("you take part in “%(programme)s” as a mentee") % names,
            reply_to=mentor.email,
        )


def _to_mentor(mentorship: Mentorship) -> Letter:
    mentor, mentee = mentorship.mentor, mentorship.mentee
    with in_language_of(mentor):
        names = _words(mentorship, partner=mentee)
        beginning = _(
            "Thank you for giving your time. We are glad to introduce you to %(partner)s, who will be your mentee in "
            "“%(programme)s” (%(cohort)s)."
        )
        step = _(
            "%(partner)s has been asked to write to you by %(day)s, so there is nothing you need to do until then. "
            "Writing to somebody more experienced can take courage: a quick, friendly answer with a date or two is the "
            "best start you can give. If nothing has come by then, a short line from you will help. Simply reply to "
            "this letter, or write to %(email)s."
        )
        return Letter(
            to=mentor,
            subject=_("Meet %(partner)s, your mentee") % names,
            preheader=_("What you share, and what happens next."),
            category=categories.INTRODUCTION,
            greeting=_greeting(mentor),
            blocks=[
                beginning % names,
                *_shared(mentorship),
                Heading(_("What happens next")),
                step % names,
                *_about(mentee),
                *_expectations(mentorship, mentorship.cohort.programme.mentor_role),
            ],
            action=(_("Open your introduction"), page_of(mentorship, mentor)),
            closing=_closing(mentorship),
            why=_("you take part in “%(programme)s” as a mentor") % names,
            reply_to=mentee.email,
        )


def _words(mentorship: Mentorship, *, partner: Person) -> dict[str, str]:
    return {
        "partner": partner.name,
        "email": partner.email,
        "programme": mentorship.cohort.programme.name,
        "cohort": mentorship.cohort.name,
        "day": _date(rules.write_by(timezone.localdate(mentorship.started_at))),
    }


def _greeting(reader: Person) -> str:
    return _("Dear %(name)s,") % {"name": reader.name}


def _shared(mentorship: Mentorship) -> list[Block]:
    if not mentorship.common_ground:
        return []
    return [Heading(_("What brings you together")), Bullets(mentorship.common_ground)]


def _about(partner: Person) -> list[Block]:
    told = queries.shared_profile(partner)
    return [Heading(_("About %(name)s") % {"name": partner.name}), Facts(told)] if told else []


def _opener(mentorship: Mentorship) -> list[Block]:
    if not mentorship.opener:
        return []
    return [_("If a blank page is hard, take this and make it yours:"), Quote(mentorship.opener)]


def _expectations(mentorship: Mentorship, role: str) -> list[Block]:
    """What the programme expects, in its own words. The pair's own rhythm is theirs to choose."""
    cohort, programme = mentorship.cohort, mentorship.cohort.programme
    until = _("Your mentorship is planned until %(day)s.") % {"day": _date(cohort.end_on)}
    rhythm = programme.rhythm() + " " + _("If another rhythm suits the two of you better, agree on that.")
    rows = [(_("Your part"), role), (_("Rhythm"), f"{rhythm} {until}"), (_("Between you"), programme.confidentiality)]
    rows.append((_("Not private"), programme.not_private))
    return [Heading(_("What the programme expects")), Facts([(term, text) for term, text in rows if text])]


def _closing(mentorship: Mentorship) -> str:
    contact = mentorship.cohort.organisation.contact_email
    if contact:
        text = _("Should something be unclear, or not feel right, write to %(contact)s at any time.")
        return text % {"contact": contact} + "\n" + _("We wish you both good conversations.")
    return _("We wish you both good conversations.")


def _date(day: datetime.date) -> str:
    return date_format(day, "j F Y")
