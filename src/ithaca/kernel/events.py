"""Facts that slices announce. A slice declares its facts in `events.py` as small frozen classes:

    @dataclass(frozen=True)
    class MentorshipStarted(events.Event):
        key = "mentorship.started"
        sentence = "{actor} introduced {mentor} and {mentee}"
        audience = events.Audience.STAFF

`activity.actions.record(event, ...)` writes the fact into the ledger in the transaction of the change, and after the commit
calls who listens (`@events.listens_to(MentorshipStarted)` in a `receivers.py` above; one action per listener). A slice below
the ledger (people) says `events.announce(event, actor=…, subject=…)`: the same, without knowing who keeps the ledger.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, TypeVar


class Audience(StrEnum):
    """Who may read the fact in the ledger."""

    STAFF = "staff"  # coordinators and owners
    PAIR = "pair"  # the two people of a mentorship
    PERSON = "person"  # the person it is about
    HOST = "host"


@dataclass(frozen=True)
class Event:
    """One fact in the past tense. Fields are plain values (codes, names, numbers) that fill `sentence`."""

    key: ClassVar[str]
    sentence: ClassVar[str]
    audience: ClassVar[Audience] = Audience.STAFF
    confidential: ClassVar[bool] = False


E = TypeVar("E", bound=Event)
Listener = Callable[[E], None]

_listeners: dict[type[Event], list[Callable[..., None]]] = {}


def listens_to(event: type[E]) -> Callable[[Listener[E]], Listener[E]]:
    """Register the decorated function to run after the commit of a transaction that announced `event`."""

    def register(listener: Listener[E]) -> Listener[E]:
        _listeners.setdefault(event, []).append(listener)
        return listener

    return register


def listeners_of(event: Event) -> list[Callable[..., None]]:
    """Who listens to this kind of fact, in the order they registered."""
    return list(_listeners.get(type(event), []))


class NobodyKeepsTheLedger(RuntimeError):
    """A fact was announced before a ledger was installed (`kept_by`)."""


_keepers: list[Callable[..., Any]] = []


def kept_by(keeper: Callable[..., Any]) -> None:
    """Install who writes facts down: `keeper(event, actor=…, subject=…)`. The ledger's app does it when it is ready."""
    _keepers[:] = [keeper]


def announce(event: Event, *, actor: Any, subject: str) -> None:
    """Have a fact written into the ledger, in the transaction of the change. Raises NobodyKeepsTheLedger."""
    if not _keepers:
        raise NobodyKeepsTheLedger(f"nobody to write {event.key} down: is ithaca.activity installed?")
    _keepers[0](event, actor=actor, subject=subject)


def known() -> list[type[Event]]:
    """Every declared kind of fact, by key: for the reference page and the house's tests."""
    found: list[type[Event]] = []
    queue = list(Event.__subclasses__())
    while queue:
        event = queue.pop()
        queue.extend(event.__subclasses__())
        if "key" in vars(event) and ".tests." not in event.__module__:
            found.append(event)
    return sorted(found, key=lambda event: event.key)
