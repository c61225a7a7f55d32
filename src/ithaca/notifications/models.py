"""Tables of the outbox. A letter's state is told by the records beside it, not by a column:
it waits while a `Waiting` exists, and it is sent, bounced or withheld by its final `Delivery`.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ithaca.kernel import codes, tenancy
from ithaca.people.models import Organisation, Person


class Outcome(models.TextChoices):
    """How one attempt to deliver a letter ended."""

    SENT = "sent", "Sent"
    LATER = "later", "Tried, will be tried again"
    BOUNCED = "bounced", "Refused"
    WITHHELD = "withheld", "Not sent: the person has stopped this kind of mail"


class Mail(tenancy.Tenant):
    """A row about mail. Mail about a sign-in belongs to no organisation: in no organisation's scope it is ever seen."""

    organisation: Any = models.ForeignKey(Organisation, models.CASCADE, related_name="+", editable=False, null=True)

    class Meta(tenancy.Tenant.Meta):
        abstract = True


class OutboxLetterQuerySet(models.QuerySet["OutboxLetter"]):
    """Reads of the outbox."""

    def ended(self, outcome: Outcome) -> OutboxLetterQuerySet:
        """Letters with a final delivery of this kind."""
        return self.filter(deliveries__outcome=outcome)

    def sent(self) -> OutboxLetterQuerySet:
        return self.ended(Outcome.SENT)

    def bounced(self) -> OutboxLetterQuerySet:
        return self.ended(Outcome.BOUNCED)

    def still_waiting(self) -> OutboxLetterQuerySet:
        return self.filter(waiting__isnull=False)


class OutboxLetter(Mail):
    """A letter as it is sent, rendered when it was posted. Its Message-ID is `<code@host>`, the same for every
    attempt."""

    code = codes.CodeField()
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="letters", editable=False)
    to_name = models.CharField(max_length=200, blank=True)
    to_address = models.EmailField()
    sender = models.CharField(max_length=320, help_text="The From header.")
    reply_to = models.TextField(blank=True, help_text="One address, or several with commas.")
    subject = models.CharField(max_length=400)
    text = models.TextField()
    html = models.TextField()
    category = models.CharField(max_length=30)
    stop_url = models.CharField(max_length=500, blank=True, help_text="Where this kind of mail is stopped (RFC 8058).")
    cause = models.CharField(max_length=120, help_text="What it was posted for, such as 'mentorship:CODE'.")
    key = models.CharField(max_length=120, null=True, unique=True, help_text="Posted again with this key: the same.")  # noqa: DJ001
    confidential = models.BooleanField(default=False)
    posted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: Any = tenancy.manager(OutboxLetterQuerySet)

    class Meta(Mail.Meta):
        indexes = [models.Index(fields=["organisation", "-posted_at"])]

    def __str__(self) -> str:
        return f"{self.category} to {self.to_address}"


class Waiting(Mail):
    """A letter waits to be sent, at the earliest at `due_at`. A sender holds it by `lease` until `leased_until`."""

    letter = models.OneToOneField(OutboxLetter, models.CASCADE, related_name="waiting")
    rank = models.PositiveSmallIntegerField(default=1, help_text="0 overtakes 1.")
    due_at = models.DateTimeField(default=timezone.now)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=40, blank=True)
    leased_until = models.DateTimeField(null=True)

    class Meta(Mail.Meta):
        indexes = [models.Index(fields=["rank", "due_at"])]

    def __str__(self) -> str:
        return f"letter {self.letter_id} waits"


class Delivery(Mail):
    """One attempt and what the mail server answered."""

    letter = models.ForeignKey(OutboxLetter, models.CASCADE, related_name="deliveries")
    at = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    code = models.PositiveSmallIntegerField(null=True, help_text="SMTP reply code, where a server answered.")
    reply = models.TextField(blank=True, help_text="The server's own words.")

    class Meta(Mail.Meta):
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["letter"], condition=~Q(outcome=Outcome.LATER), name="a_letter_ends_once")
        ]

    def __str__(self) -> str:
        return f"{self.outcome} ({self.letter_id})"


class Stop(tenancy.Tenant):
    """A person has stopped a category of mail; taking the row away starts it again."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mail_stops")
    category = models.CharField(max_length=30)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(tenancy.Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "category"], name="one_stop_per_category")]

    def __str__(self) -> str:
        return f"{self.person_id} stopped {self.category}"


class KeptMail(Mail):
    """A mail that the development mailbox kept instead of sending it."""

    code = codes.CodeField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    to_address = models.CharField(max_length=400)
    subject = models.CharField(max_length=400)
    source = models.BinaryField(help_text="The whole message, as it would have travelled.")

    class Meta(Mail.Meta):
        indexes = [models.Index(fields=["-at"])]

    def __str__(self) -> str:
        return self.subject
