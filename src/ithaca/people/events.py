"""Facts that this slice announces."""

from __future__ import annotations

from dataclasses import dataclass

from ithaca.kernel import events
from ithaca.kernel.events import Audience


@dataclass(frozen=True)
class OrganisationFounded(events.Event):
    key = "organisation.founded"
    sentence = "{organisation} was founded with {owner} as its owner"
    audience = Audience.HOST
    organisation: str
    owner: str


@dataclass(frozen=True)
class PersonAdded(events.Event):
    key = "person.added"
    sentence = "{actor} added {person}"
    person: str
    code: str


@dataclass(frozen=True)
class PersonInvited(events.Event):
    """Somebody is to be told by mail that they are known here and how to sign in."""

    key = "person.invited"
    sentence = "{actor} invited {person} to sign in"
    person: str
    code: str
    by: str


@dataclass(frozen=True)
class PersonEdited(events.Event):
    """`fields` are the names of what changed, never the texts."""

    key = "person.edited"
    sentence = "{actor} changed {fields} of {person}"
    person: str
    fields: str


@dataclass(frozen=True)
class RoleGranted(events.Event):
    key = "role.granted"
    sentence = "{actor} made {person} {role} of the organisation"
    person: str
    role: str


@dataclass(frozen=True)
class RoleRevoked(events.Event):
    key = "role.revoked"
    sentence = "{actor} ended {person}’s role as {role} of the organisation"
    person: str
    role: str


@dataclass(frozen=True)
class ProfileEdited(events.Event):
    """A person changed the own profile; `fields` are names of columns."""

    key = "profile.edited"
    sentence = "{person} changed the own profile: {fields}"
    audience = Audience.PERSON
    person: str
    fields: str


@dataclass(frozen=True)
class PersonLookedAt(events.Event):
    """A member of staff opened the page of a person. The person reads it under “Who looked at my data”."""

    key = "person.looked_at"
    sentence = "{actor} looked at {what} of {person}"
    audience = Audience.PERSON
    person: str
    what: str


@dataclass(frozen=True)
class PersonExported(events.Event):
    key = "person.exported"
    sentence = "{actor} downloaded the data of {person}"
    audience = Audience.PERSON
    person: str


@dataclass(frozen=True)
class ErasureAsked(events.Event):
    key = "person.erasure_asked"
    sentence = "{person} asks to be erased"
    person: str
    code: str


@dataclass(frozen=True)
class ErasureWithdrawn(events.Event):
    key = "person.erasure_withdrawn"
    sentence = "{person} no longer asks to be erased"
    person: str


@dataclass(frozen=True)
class PersonErased(events.Event):
    """Names nobody: the name is what was erased."""

    key = "person.erased"
    sentence = "{actor} erased a person’s data ({tables} kinds of records)"
    tables: int


@dataclass(frozen=True)
class OrganisationEdited(events.Event):
    key = "organisation.edited"
    sentence = "{actor} changed the settings of {organisation}"
    organisation: str
