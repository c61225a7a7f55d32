"""Reads of people that pages and other slices ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from ithaca.people import permissions, rules
from ithaca.people.models import Account, Organisation, Person, Profile
from ithaca.people.rules import Reader


@dataclass(frozen=True)
class Told:
    """One field of a profile as it is shown: `value` is a text or a list of short texts."""

    name: str
    label: str
    value: Any
    reader: Reader

    @property
    def many(self) -> bool:
        """Whether the value is a list of short texts."""
        return isinstance(self.value, list)

    @property
    def who(self) -> str:
        """Who can see this, in words for the person whose profile it is."""
        return str(self.reader.label)


def told_to(reader: Person, person: Person) -> list[Told]:
    """What of somebody's profile `reader` may read, without the blanks; empty where they may read nothing."""
    nearness = permissions.reader_of(reader, person)
    return [] if nearness is None else told(person, nearness)


def told(person: Person, reader: Reader) -> list[Told]:
    """What somebody as near as `reader` may read of a profile, in the order it is shown, without the blanks."""
    known = "profile" in person._state.fields_cache  # it may be known that there is none
    profile = getattr(person, "profile", None) if known else Profile.everywhere.filter(person=person).first()
    if profile is None:
        return []
    names = list(rules.FIELDS) if reader is Reader.MATCHING else rules.readable(profile.visibility, reader)
    return [
        Told(name, label_of(name), value, rules.FIELDS[name].read_by(profile.visibility))
        for name in names
        if (value := _shown(profile, name)) not in (None, "", [])
    ]


VERSION = ("name", "email", "language", "time_zone", "profile__updated_at")
"""Columns that tell whether a letter about somebody would be another one now."""


def version_of(person: Person) -> tuple[object, ...]:
    """The values of `VERSION` as they were when this object was read."""
    profile: Profile | None = getattr(person, "profile", None)
    return person.name, person.email, person.language, person.time_zone, profile and profile.updated_at


def label_of(name: str) -> str:
    """The label of a column of the profile, with a capital."""
    label = str(getattr(Profile._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


def organisations_of(account: Account) -> list[Organisation]:
    """The organisations in which a sign-in is somebody, by name."""
    mine = Person.everywhere.filter(account=account).values("organisation")
    return list(Organisation.objects.filter(pk__in=mine).order_by("name"))


def all_organisations() -> Any:
    """Every organisation of the installation with the number of its people: for the host."""
    counts = dict(Person.everywhere.values_list("organisation").annotate(Count("pk")).order_by())
    found = list(Organisation.objects.order_by("name"))
    for organisation in found:
        organisation.people_count = counts.get(organisation.pk, 0)  # type: ignore[attr-defined]
    return found


def _shown(profile: Profile, name: str) -> Any:
    value = getattr(profile, name)
    if name == "meeting_form":
        return profile.get_meeting_form_display()
    if name == "languages":
        return [rules.language_name(code) for code in value]
    if name == "country":
        return rules.country_name(value)
    if name == "availability":
        return rules.hours_in_words(value)
    if name == "style":
        return [words for scale in rules.STYLE_SCALES if (words := scale.in_words(value.get(scale.key)))]
    if name == "seniority":
        return None if value is None else f"{value} of 10"
    return value
