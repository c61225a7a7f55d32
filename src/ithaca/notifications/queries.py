"""Reads of the outbox and of people's choices about mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ithaca.notifications import categories
from ithaca.notifications.categories import Category
from ithaca.notifications.letters import Address
from ithaca.notifications.models import Delivery, KeptMail, OutboxLetter, Outcome, Stop, Waiting
from ithaca.people import permissions
from ithaca.people.models import Person

STATES: dict[str, Any] = {"": _("All"), "waiting": _("Waiting"), "sent": _("Sent"), "refused": _("Refused")}
"""What the outbox can be narrowed to."""


@dataclass(frozen=True)
class Choice:
    """A category and whether the person receives it."""

    category: Category
    wanted: bool


@dataclass(frozen=True)
class Line:
    """A letter as a coordinator sees it: never its content. Of a confidential one, only its category and its state."""

    code: str
    at: datetime
    category: str
    who: str
    address: str
    subject: str
    state: Any
    tone: str
    note: str
    may_be_sent_again: bool


def has_stopped(person: Person, category: str) -> bool:
    """Whether `person` does not want this kind of mail."""
    return bool(Stop.everywhere.filter(person=person, category=category).exists())


def stopped_among(people: Iterable[Person | Address]) -> set[tuple[int, str]]:
    """(person's primary key, category) of what these people do not want to receive any more; one query, none for nobody."""
    organisations = {one.organisation_id for one in people if isinstance(one, Person)}
    if not organisations:
        return set()
    return set(Stop.everywhere.filter(organisation__in=organisations).values_list("person_id", "category"))


def categories_of(person: Person) -> list[Choice]:
    """The categories that this person may receive, with the person's choice."""
    stopped = set(Stop.everywhere.filter(person=person).values_list("category", flat=True))
    at_the_desk = permissions.is_coordinating(person) or categories.DESK.key in stopped
    shown = [category for category in categories.ALL if at_the_desk or category != categories.DESK]
    return [Choice(category, category.key not in stopped) for category in shown]


def person_with(code: str) -> Person | None:
    """The person named in a signed link; a link is opened outside any organisation's scope."""
    person: Person | None = Person.everywhere.select_related("organisation").filter(code=code).first()
    return person


def outbox(state: str = "") -> QuerySet[OutboxLetter]:
    """Letters of the organisation in scope, newest first, with what `line` needs."""
    letters = OutboxLetter.objects.all()
    narrowed = {
        "waiting": letters.still_waiting,
        "sent": letters.sent,
        "refused": letters.bounced,
    }.get(state, letters.all)()
    found: QuerySet[OutboxLetter] = (
        narrowed.select_related("waiting")
        .prefetch_related(Prefetch("deliveries", Delivery.objects.order_by("at"), to_attr="attempts"))
        .defer("text", "html")
        .order_by("-posted_at", "-pk")
    )
    return found


def line(letter: Any) -> Line:
    """One letter of `outbox` as it is shown."""
    last: Delivery | None = letter.attempts[-1] if letter.attempts else None
    state, tone = _state(last)
    hidden = letter.confidential
    return Line(
        code=letter.code,
        at=letter.posted_at,
        category=categories.BY_KEY[letter.category].label if letter.category in categories.BY_KEY else letter.category,
        who="" if hidden else letter.to_name,
        address="" if hidden else letter.to_address,
        subject="" if hidden else letter.subject,
        state=state,
        tone=tone,
        note="" if hidden or last is None or last.outcome == Outcome.SENT else _note(last),
        may_be_sent_again=last is not None and last.outcome == Outcome.BOUNCED,
    )


def oldest_wait() -> datetime | None:
    """Since when the longest overdue letter could have been sent; over all organisations, for the health page."""
    oldest: datetime | None = Waiting.everywhere.aggregate(oldest=Min("due_at"))["oldest"]
    return oldest


def count_waiting() -> int:
    """Letters of all organisations that wait."""
    return int(Waiting.everywhere.count())


def count_ended(within: timedelta) -> dict[str, int]:
    """How many letters of all organisations came to which end within this time."""
    recent = Delivery.everywhere.filter(at__gte=timezone.now() - within).exclude(outcome=Outcome.LATER)
    counted = dict(recent.values_list("outcome").annotate(count=Count("pk")))
    return {str(outcome): counted.get(outcome, 0) for outcome in (Outcome.SENT, Outcome.BOUNCED, Outcome.WITHHELD)}


def kept_mail() -> QuerySet[KeptMail]:
    """What the development mailbox holds, newest first; it belongs to the installation, not to an organisation."""
    mail: QuerySet[KeptMail] = KeptMail.everywhere.order_by("-at", "-pk")
    return mail


def _state(last: Delivery | None) -> tuple[Any, str]:
    if last is None:
        return _("Waiting"), "info"
    return {
        Outcome.SENT: (_("Sent"), "good"),
        Outcome.LATER: (_("Will be tried again"), "warn"),
        Outcome.BOUNCED: (_("Refused"), "bad"),
        Outcome.WITHHELD: (_("Not sent: stopped by the person"), "neutral"),
    }[Outcome(last.outcome)]


def _note(last: Delivery) -> str:
    return f"{last.code} {last.reply}" if last.code else last.reply
