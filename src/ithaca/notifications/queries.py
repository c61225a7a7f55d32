"""Reads of the outbox and of people's choices about mail."""

from __future__ import annotations

from dataclasses import dataclass

from ithaca.notifications import categories
from ithaca.notifications.categories import Category
from ithaca.notifications.models import Stop
from ithaca.people.models import Person


@dataclass(frozen=True)
class Choice:
    """A category and whether the person receives it."""

    category: Category
    wanted: bool


def has_stopped(person: Person, category: str) -> bool:
    """Whether `person` does not want this kind of mail."""
    return bool(Stop.everywhere.filter(person=person, category=category).exists())


def categories_of(person: Person) -> list[Choice]:
    """Every category with the person's choice."""
    stopped = set(Stop.everywhere.filter(person=person).values_list("category", flat=True))
    return [Choice(category, category.key not in stopped) for category in categories.ALL]


def person_with(code: str) -> Person | None:
    """The person named in a signed link; a link is opened outside any organisation's scope."""
    person: Person | None = Person.everywhere.select_related("organisation").filter(code=code).first()
    return person
