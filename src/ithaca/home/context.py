"""What the layout of every page shows of the house: the ways to its rooms, and to the visitor's other organisations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from ithaca.mentorships.models import Mentorship
from ithaca.people import permissions, queries
from ithaca.people.models import Person
from ithaca.people.rules import COORDINATING, Role
from ithaca.programmes import permissions as programmes
from ithaca.programmes.models import Enrolment

DESK_ROOMS = ("programmes", "cohorts", "enrolments", "matching", "outline", "imports", "import")
"""First parts of addresses below the organisation that belong to the room “Programmes”."""


@dataclass(frozen=True)
class Way:
    """One entry of the navigation."""

    label: str
    url: str
    icon: str
    current: bool = False


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation` and `personal_navigation` for the layout; asked for once, and only by templates that show them."""
    return {"navigation": _once(request, _main), "personal_navigation": _once(request, _personal)}


def _once(request: Any, ways: Callable[[Any, Person], list[Way]]) -> Callable[[], list[Way]]:
    @cache
    def found() -> list[Way]:
        person = getattr(request, "person", None)
        return ways(request, person) if person is not None else []

    return found


def _main(request: Any, person: Person) -> list[Way]:
    return _for_coordinator(request, person) if coordinates(person) else _for_participant(request, person)


def _for_coordinator(request: Any, person: Person) -> list[Way]:
    ways = [
        _way(request, "Today", "home:today", "sunrise", "today"),
        _way(request, "Programmes", "programmes:index", "map", *DESK_ROOMS),
    ]
    if permissions.is_coordinating(person):
        ways += [
            _way(request, "People", "people:people", "users", "people"),
            _way(request, "Outbox", "notifications:outbox", "send", "outbox"),
            _way(request, "Settings", "people:organisation", "settings-2", "organisation"),
        ]
    return [way for way in ways if way]


def _for_participant(request: Any, person: Person) -> list[Way]:
    ways = [
        _way(request, "Home", "home:home", "house", ""),
        None
        if _only_looks_on(person)
        else _way(request, "Mentorship", "mentorships:index", "handshake", "mentorships"),
        _way(request, "Me", "people:me", "circle-user-round", "me", "mail"),
    ]
    return [way for way in ways if way]


def _only_looks_on(person: Person) -> bool:
    """Whether somebody sponsors and takes part in nothing, so that no mentorship of theirs can be shown."""
    if Role.SPONSOR not in permissions.roles_of(person) | programmes.roles_in_programmes_of(person):
        return False
    mine = Mentorship.objects.filter(Q(mentor=person) | Q(mentee=person))
    return not (mine.exists() or Enrolment.objects.filter(person=person).exists())


def _personal(request: Any, person: Person) -> list[Way]:
    ways = []
    if coordinates(person):
        ways.append(_way(request, "Me", "people:me", "circle-user-round", "me"))
        if Enrolment.objects.active().filter(person=person).exists():
            ways.append(_way(request, "My mentoring", "home:home", "handshake", ""))
    ways.append(_way(request, "Mail you receive", "notifications:preferences", "mail", "mail"))
    others = [one for one in queries.organisations_of(request.user) if one.pk != request.organisation.pk]
    elsewhere = [Way(one.name, reverse("home:home", args=[one.slug]), "arrow-right-left") for one in others]
    return [way for way in ways if way] + elsewhere


def coordinates(person: Person) -> bool:
    """Whether the person has a coordinator's desk here."""
    return permissions.is_coordinating(person) or bool(COORDINATING & programmes.roles_in_programmes_of(person))


def _way(request: Any, label: str, name: str, icon: str, *rooms: str) -> Way | None:
    """A way to a page, if that page is part of this installation; `rooms` are the first parts of addresses it stands for."""
    slug = request.organisation.slug
    try:
        url = reverse(name, args=[slug])
    except NoReverseMatch:
        return None
    room = request.path.removeprefix(f"/o/{slug}/").split("/", 1)[0]
    return Way(label, url, icon, room in rooms)
