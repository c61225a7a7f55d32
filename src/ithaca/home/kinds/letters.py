"""A letter came back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from ithaca.home import queries
from ithaca.home.kinds.base import Item, Kind
from ithaca.home.queries import Desk
from ithaca.programmes.desk import Link
from ithaca.programmes.models import Enrolment


class LetterCameBack(Kind):
    """A mail server refused a letter to somebody of one's cohorts."""

    key = "letter-came-back"
    label = "Letter came back"
    help = "A mail server refused a letter for good, so this person hears nothing."
    rank = 5
    tone = "bad"

    def items(self, desk: Desk) -> Iterable[Item]:
        since = timezone.now() - datetime.timedelta(days=queries.BOUNCES_FOR_DAYS)
        people = Enrolment.objects.active().filter(cohort__in=desk.cohorts).values("person")
        seen = set()
        for refusal in queries.bounced(people, since):
            person = refusal.letter.person
            if person.pk in seen:
                continue
            seen.add(person.pk)
            subject = "a private letter" if refusal.letter.confidential else f"“{refusal.letter.subject}”"
            yield Item(
                title=f"Mail to {person.name} comes back",
                about=refusal.letter.to_address,
                reasons=[
                    f"The mail server of {refusal.letter.to_address} refused {subject}.",
                    f"It said: {refusal.reply}" if refusal.reply else "It did not say why.",
                    "Often the address has a slip, or the mailbox is full. Correct it, or reach the person another way.",
                ],
                action=Link("Open the person", reverse("people:person", args=[desk.organisation.slug, person.code])),
                since=timezone.localdate(refusal.at),
            )
