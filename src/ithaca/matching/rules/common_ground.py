"""What two people have in common, in words for the two of them: from what each lets a partner read, and never from wishes,
weights or scores. Similarity that people come to feel matters more than similarity scored beforehand, so it is told.

A sentence is kept once and read by both, so it says "you" of the two and names neither. What people wrote stands as they
wrote it: whether its capital is that of a beginning, a name or a German noun cannot be told, so it stands after a colon or
in quotation marks.
"""

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
        reason = f"I would like to learn about {listed(quoted(topics[:2]))}, and I read that you can help with that."
    elif interests:
        reason = f"I saw that we both enjoy {quoted(interests)[0]}, which seems a good place to begin."
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


def quoted(items: Sequence[str]) -> list[str]:
    """The items as they can stand within a sentence: in quotation marks those that begin with a capital, abbreviations not."""
    return [f"“{item}”" if _begins_large(item) else item for item in items]


def _begins_large(item: str) -> bool:
    return item[:1].isupper() and not item.isupper()


def _help(mentor: Told, mentee: Told) -> str:
    topics = shared(mentee.several("needs"), mentor.several("offers"))
    return _row("One of you can help with what the other would like to learn", topics)


def _experience(mentor: Told, mentee: Told) -> str:
    asked = shared(mentee.several("lived_experience_wanted"), mentor.several("lived_experience"))
    return _row("One of you is happy to speak from experience about what the other asked for", asked)


def _languages(mentor: Told, mentee: Told) -> str:
    found = shared(mentee.several("languages"), mentor.several("languages"))
    return f"You both speak {listed(found)}." if found else ""


def _interests(mentor: Told, mentee: Told) -> str:
    found = shared(mentee.several("interests"), mentor.several("interests"))
    if any(map(_begins_large, found[:LISTED])):
        return _row("You both enjoy", found)
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


def _row(words: str, items: Sequence[str]) -> str:
    return f"{words}: {', '.join(items[:LISTED])}." if items else ""


_FINDERS = (_help, _experience, _interests, _languages, _place, _hours)
