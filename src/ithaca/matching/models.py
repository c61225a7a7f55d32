"""Tables of pairing up. A run and its result never change; what a coordinator does to a board is a story of changes."""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from ithaca.kernel import codes, tenancy
from ithaca.matching.rules import board as board_rules
from ithaca.mentorships.models import Mentorship
from ithaca.mentorships.rules import ClosureKind
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort


def packed(data: Any) -> bytes:
    """Plain data as compressed JSON; equal data gives equal bytes."""
    return zlib.compress(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(), 1)


def unpacked(blob: bytes | memoryview) -> Any:
    """What `packed` was given (tuples come back as lists)."""
    return json.loads(zlib.decompress(bytes(blob)))


class MatchingRules(tenancy.Tenant):
    """What a cohort's coordinator asked of a matching. Saving makes a new version; runs point at the version they used."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="matching_rules")
    version = models.PositiveIntegerField()
    weights = models.JSONField(default=dict, help_text="Criterion to weight; any numbers >= 0, counted by their share.")
    options = models.JSONField(default=dict, help_text="Criterion to its options.")
    objective = models.JSONField(default=dict, help_text="What 'best' means beyond most served and most points.")
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "version"], name="rules_version_once")]
        verbose_name_plural = "matching rules"

    def __str__(self) -> str:
        return f"rules {self.version} of {self.cohort_id}"


class BoardQuerySet(models.QuerySet["Board"]):
    """Boards are for who coordinates their cohort."""

    def coordinated_by(self, person: Person) -> BoardQuerySet:
        return self.filter(cohort__in=Cohort.objects.coordinated_by(person))


class RunQuerySet(models.QuerySet["Run"]):
    """Runs are for who coordinates their cohort."""

    def coordinated_by(self, person: Person) -> RunQuerySet:
        return self.filter(cohort__in=Cohort.objects.coordinated_by(person))

    def with_overtaken(self: Any) -> Any:
        """With `overtaken`: another matching of the cohort was published after it started, so its people may be introduced."""
        later = Publication.objects.filter(board__cohort=OuterRef("cohort"), at__gt=OuterRef("started_at"))
        return self.annotate(overtaken=Exists(later.exclude(board=OuterRef("board"))))

    def with_taken(self: Any) -> Any:
        """With `taken`: primary key of the run whose solution was put on its board last; None while that is the first one."""
        changes = Change.objects.filter(board=OuterRef("board"), kind=board_rules.Kind.SOLVE, undone=None)
        return self.annotate(taken=Subquery(changes.order_by("-number").values("run")[:1]))


class Board(tenancy.Tenant):
    """Where one matching of a cohort is reviewed: its first run, the changes made since, perhaps a publication."""

    code = codes.CodeField()
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="boards")
    number = models.PositiveIntegerField(help_text="1 for the cohort's first matching.")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects: Any = tenancy.manager(BoardQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="board_number_once")]

    def __str__(self) -> str:
        return f"matching {self.number} of {self.cohort_id}"


class Run(tenancy.Tenant):
    """The engine was asked once. Waiting or at work until it has a `Result` or a `Stop`."""

    code = codes.CodeField()
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="matching_runs")
    board = models.ForeignKey(Board, models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField(help_text="1 for the board's first run; further ones solve around its locks.")
    rules = models.ForeignKey(MatchingRules, models.PROTECT, related_name="runs")
    locked = models.JSONField(default=list, help_text="Pairs [mentor, mentee] that had to stay.")
    forbidden = models.JSONField(
        default=list,
        help_text="Pairs [mentor, mentee] that must not be made; with the result, also those that would make two people "
        "mentor each other.",
    )
    after_change = models.PositiveIntegerField(default=0, help_text="The board's last standing change when it started.")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects: Any = tenancy.manager(RunQuerySet)

    overtaken: bool
    """Of `with_overtaken` only."""
    taken: int | None
    """Of `with_taken` only."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="run_number_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"run {self.number} of board {self.board_id}"


class RunInput(tenancy.Tenant):
    """What the engine saw, so that a run can be explained later. Erased with the people in it."""

    run = models.OneToOneField(Run, models.CASCADE, related_name="input")
    data = models.BinaryField()
    revision = models.PositiveIntegerField(default=0, help_text="How often somebody was erased from it.")

    def __str__(self) -> str:
        return f"input of run {self.run_id}"


class Result(tenancy.Tenant):
    """The engine's answer and its proof. Written once."""

    run = models.OneToOneField(Run, models.CASCADE, related_name="result")
    finished_at = models.DateTimeField(default=timezone.now, editable=False)
    seconds = models.FloatField()
    engine = models.CharField(max_length=20, help_text="Version of the engine.")
    input_hash = models.CharField(max_length=64, help_text="SHA-256 of what the engine saw.")
    mentors = models.PositiveIntegerField()
    mentees = models.PositiveIntegerField()
    places = models.PositiveIntegerField(help_text="Sum of the mentors' places.")
    pairs = models.PositiveIntegerField()
    served = models.PositiveIntegerField(help_text="Mentees with at least one mentor.")
    total = models.BigIntegerField(help_text="Points of all pairs; 10,000 is a perfect pair.")
    worst = models.IntegerField(help_text="Points of the weakest pair.")
    gap = models.BigIntegerField(help_text="Proven distance to the best possible; 0 is optimal.")
    proven = models.BooleanField(help_text="The engine's independent check agreed with plan and proof.")
    plan = models.BinaryField(help_text="Pairs with their parts, who stayed without, and the certificate.")

    def __str__(self) -> str:
        return f"result of run {self.run_id}"


class Stop(tenancy.Tenant):
    """A run ended without a result: stopped by a coordinator, or impossible; `why` is for people to read."""

    run = models.OneToOneField(Run, models.CASCADE, related_name="stop")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    why = models.TextField()

    def __str__(self) -> str:
        return f"stop of run {self.run_id}"


class Change(tenancy.Tenant):
    """A coordinator changed the board. Changes are never edited; undoing one adds an `Undone` row."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=board_rules.Kind.choices)
    mentor = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    mentee = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    other_mentor = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    other_mentee = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    run = models.ForeignKey(Run, models.CASCADE, null=True, related_name="+", help_text="The solution that was taken.")
    judged = models.JSONField(default=list, help_text="For each pair made: {mentor, mentee, score, broken: [rule]}.")
    why = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="change_number_once"),
            models.CheckConstraint(
                condition=Q(kind="solve", run__isnull=False) | Q(mentor__isnull=False, mentee__isnull=False),
                name="change_names_its_pair",
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"change {self.number} ({self.kind})"

    def plain(self, pairs: frozenset[board_rules.Pair] = frozenset()) -> board_rules.Change:
        """The change as plain codes; the people must have been selected with the row. `pairs`: those of its run."""
        people = {field: getattr(self, field) for field in ("mentor", "mentee", "other_mentor", "other_mentee")}
        codes_ = {field: person.code if person else "" for field, person in people.items()}
        return board_rules.Change(board_rules.Kind(self.kind), **codes_, pairs=pairs)


class Undone(tenancy.Tenant):
    """A change does not count because this row exists; redoing deletes it, and the ledger keeps both."""

    change = models.OneToOneField(Change, models.CASCADE, related_name="undone")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"change {self.change_id} undone"


class Publication(tenancy.Tenant):
    """The board became mentorships. It exists with all of them or not at all, and once."""

    board = models.OneToOneField(Board, models.CASCADE, related_name="publication")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    pairs = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"publication of board {self.board_id}"


class PublishRequest(tenancy.Tenant):
    """A coordinator pressed the button for a large board: it is published in the background.

    Waiting or at work until the board has a `Publication` or the request has a `PublishRefusal`.
    """

    board = models.ForeignKey(Board, models.CASCADE, related_name="publish_requests")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"request to publish board {self.board_id}"


class PublishRefusal(tenancy.Tenant):
    """Something stood in the way and nothing was published; `problems` has one sentence each."""

    request = models.OneToOneField(PublishRequest, models.CASCADE, related_name="refusal")
    at = models.DateTimeField(default=timezone.now, editable=False)
    problems = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"refusal of request {self.request_id}"


class LaterTurnQuerySet(models.QuerySet["LaterTurn"]):
    """Decisions that count today."""

    def counting_in(self, cohort: Cohort) -> LaterTurnQuerySet:
        """Of mentorships of this programme that are still silent, while no later one of the mentee's has begun."""
        newer = Mentorship.objects.filter(
            mentee=OuterRef("mentee"), started_at__gt=OuterRef("mentorship__started_at")
        ).in_touch()
        return self.filter(mentorship__in=silent_before_it_began(cohort)).exclude(Exists(newer))


class LaterTurn(tenancy.Tenant):
    """A coordinator decided that others come first for scarce places, because a mentorship fell silent before it began.

    Never made by itself: which of the two was silent is not in the data. Deleting the row takes the decision back.
    """

    mentorship = models.OneToOneField(Mentorship, models.CASCADE, related_name="later_turn")
    mentee = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects: Any = tenancy.manager(LaterTurnQuerySet)

    def __str__(self) -> str:
        return f"others before {self.mentee_id}"


def silent_before_it_began(cohort: Cohort) -> Any:
    """Mentorships of the cohort's programme that were ended as silent without a word of any contact from either side."""
    ended = Mentorship.objects.filter(cohort__programme=cohort.programme_id, closure__kind=ClosureKind.SILENT)
    return ended.without_contact()
