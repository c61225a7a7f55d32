"""What two people have in common, in words for the two of them: from what each lets a partner read, and never from wishes,
weights or scores. Similarity that people come to feel matters more than similarity scored beforehand, so it is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 5
"""Sentences in an introduction."""
LISTED = 3


@dataclass(frozen=True)
class Told:
    """A person's name and the fields of the profile that a partner may read (by name; the others are missing)."""

    name: str
    fields: Mapping[str, Any]

    def several(self, field: str) -> list[str]:
        return [str(item) for item in self.fields.get(field) or ()]

    def one(self, field: str) -> str:
        return str(self.fields.get(field) or "").strip()


def sentences(mentor: Told, mentee: Told) -> list[str]:
    """Up to five sentences, what can be worked on first. `languages` and `country` are names, `availability` hours in UTC."""
    return [sentence for find in _FINDERS if (sentence := find(mentor, mentee))][:MOST]


def opener(mentor: Told, mentee: Told, programme: str) -> str:
    """A first message that the mentee may send as it is or make their own."""
    topics = shared(mentee.several("needs"), mentor.several("offers"))
    interests = shared(mentee.several("interests"), mentor.several("interests"))
    if topics:
        reason = f"I would like to learn about {listed(topics[:2])}, and I read that you can help with that."
    elif interests:
        reason = f"I saw that we both enjoy {interests[0]}, which seems a good place to begin."
    else:
        reason = "I am looking forward to hearing how you came to do what you do."
    return (
        f"Hello {mentor.name}, I am {mentee.name}, and we have been introduced as mentor and mentee in {programme}. "
        f"{reason} Would you have half an hour in the next two weeks for a first conversation?"
    )


def shared(mine: Sequence[str], theirs: Collection[str]) -> list[str]:
    """What of `mine` is in `theirs` too, whatever the case, in the order and spelling of `mine`."""
    known = {item.strip().casefold() for item in theirs}
    return [item for item in dict.fromkeys(mine) if item.strip().casefold() in known]


def listed(items: Sequence[str], most: int = LISTED) -> str:
    """ "a, b and c"; what goes beyond `most` is left out."""
    some = list(items[:most])
    return " and ".join([*([", ".join(some[:-1])] if some[:-1] else []), *some[-1:]])


def _help(mentor: Told, mentee: Told) -> str:
    topics = shared(mentee.several("needs"), mentor.several("offers"))
    return f"{mentor.name} can help with {listed(topics)}, which {mentee.name} would like to learn." if topics else ""


def _experience(mentor: Told, mentee: Told) -> str:
    asked = shared(mentee.several("lived_experience_wanted"), mentor.several("lived_experience"))
    return f"{mentor.name} is happy to speak from experience about {listed(asked)}." if asked else ""


def _languages(mentor: Told, mentee: Told) -> str:
    found = shared(mentee.several("languages"), mentor.several("languages"))
    return f"You both speak {listed(found)}." if found else ""


def _interests(mentor: Told, mentee: Told) -> str:
    found = shared(mentee.several("interests"), mentor.several("interests"))
    return f"You both enjoy {listed(found)}." if found else ""


def _place(mentor: Told, mentee: Told) -> str:
    if mentee.one("place") and mentee.one("place").casefold() == mentor.one("place").casefold():
        return f"You are both in {mentee.one('place')}."
    if mentee.one("country") and mentee.one("country") == mentor.one("country"):
        return f"You are both in {mentee.one('country')}."
    return ""


def _hours(mentor: Told, mentee: Told) -> str:
    count = len(set(mentor.fields.get("availability") or ()) & set(mentee.fields.get("availability") or ()))
    if not count:
        return ""
    return f"You have {count} free hour{'' if count == 1 else 's'} in common in a usual week."


_FINDERS = (_help, _experience, _interests, _languages, _place, _hours)
