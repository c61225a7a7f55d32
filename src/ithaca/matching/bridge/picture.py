"""A cohort as plain rows that the engine reads, in a fixed number of queries for any size.

People go by their codes on both sides, so the engine keeps a person apart from herself and finds her line manager. Places are what is
left beside the mentorships that are open in the cohort; who has left or pauses is not in the picture.
"""

from __future__ import annotations

import functools
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import JSONField, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from ithaca.matching.models import LaterTurn
from ithaca.mentorships.models import Mentorship
from ithaca.people.models import Profile
from ithaca.programmes.models import Cohort, Enrolment, Preference
from ithaca.programmes.rules import Side
from ithaca.rosters import clock, words

Row = dict[str, Any]
Picture = dict[str, list[Any]]
"""`mentors` and `mentees`: rows with `id` (the person's code), `capacity`, and the engine's attributes. `introduced`: pairs
of codes that were made in this cohort already. Plain JSON."""

AS_THEY_ARE = ("offers", "needs", "interests", "lived_experience", "lived_experience_wanted", "place", "seniority")
TEXTS = ("employer", "department", "goals", "style")
OF_PROFILE = (*AS_THEY_ARE, *TEXTS, "reports_to", "languages", "country", "meeting_form", "availability")
OF_ENROLMENT = (
    *("pk", "role", "capacity", "waited_rounds"),
    *("person__code", "person__name", "person__email", "person__time_zone", "person__organisation__time_zone"),
)
LISTS = tuple(name for name in OF_PROFILE if isinstance(Profile._meta.get_field(name), JSONField))
PLAIN = tuple(name for name in OF_PROFILE if name not in LISTS)
UNTOLD: Row = {name: Profile._meta.get_field(name).get_default() for name in OF_PROFILE}  # type: ignore[union-attr]


def of(cohort: Cohort) -> Picture:
    """The cohort as it is today. Rows are sorted by id."""
    people = _people(cohort)
    ids = {row["enrolment"]: row["id"] for rows in people.values() for row in rows}
    wishes, apart = _wishes(cohort, ids)
    taken, earlier, introduced = _mentorships(cohort)
    managers, later = _managers(people), _later_turns(cohort)
    for side, rows in people.items():
        for row in rows:
            row["capacity"] = max(0, row["capacity"] - taken[side, row["id"]])
            row["prefers"] = wishes.get(row["enrolment"], [])
            row["avoids"] = sorted(apart.get(row["enrolment"], ()))
            row["earlier"] = sorted(earlier.get(row["id"], ())) if side == "mentees" else []
            if side == "mentees" and later[row["id"]]:
                row["lapsed_rounds"] = later[row["id"]]
            boss = row.pop("boss").strip().casefold()
            row["reports_to"] = managers.get(boss, boss and f"someone else: {boss}")
            del row["enrolment"], row["email"]
    picture = {side: sorted(rows, key=lambda row: row["id"]) for side, rows in people.items()}
    return picture | {"introduced": introduced}


def _people(cohort: Cohort) -> Picture:
    """Everybody who can be matched today. Read as plain columns: a cohort may have ten thousand people and more."""
    found: Picture = {"mentors": [], "mentees": []}
    available = Enrolment.objects.available(timezone.localdate()).filter(cohort=cohort)
    plural = {side: side.plural for side in Side}
    minutes_of = functools.cache(lambda zone: clock.offset(zone, cohort.kick_off_on))
    columns = [*OF_ENROLMENT, *(f"person__profile__{name}" for name in PLAIN)]
    texts = [Cast(f"person__profile__{name}", TextField()) for name in LISTS]
    rows = list(available.values_list(*columns, *texts))
    for values, lists in zip(rows, _decoded(row[len(columns) :] for row in rows), strict=True):
        enrolment = dict(zip(OF_ENROLMENT, values, strict=False))
        profile = dict(zip((*PLAIN, *LISTS), (*values[len(OF_ENROLMENT) : len(columns)], *lists), strict=True))
        if profile["offers"] is None:  # without a profile nothing is told
            profile = UNTOLD | {"languages": [], "availability": []}
        found[plural[Side(enrolment["role"])]].append(_row(enrolment, profile, minutes_of))
    return found


def _decoded(rows: Iterable[tuple[str | None, ...]]) -> list[list[Any]]:
    """The values of JSON columns that were read as text, all in one go: field by field it takes three times as long."""
    told = ",".join("[" + ",".join(text or "null" for text in row) + "]" for row in rows)
    decoded: list[list[Any]] = json.loads(f"[{told}]")
    return decoded


def _row(enrolment: Row, profile: Row, minutes_of: Callable[[str], int]) -> Row:
    minutes = minutes_of(enrolment["person__time_zone"] or enrolment["person__organisation__time_zone"])
    row: Row = {field: profile[field] for field in (*AS_THEY_ARE, *TEXTS)}
    row |= {
        "id": enrolment["person__code"],
        "enrolment": enrolment["pk"],
        "name": enrolment["person__name"],
        "email": enrolment["person__email"],
        "boss": profile["reports_to"],
        "capacity": enrolment["capacity"],
        "languages": [words.language(code) for code in profile["languages"]],
        "country": words.country(profile["country"]),
        "meeting_form": words.MEETING_FORM.get(profile["meeting_form"], ""),
        "utc_offset": minutes / 60,
        "availability": list(clock.in_utc(profile["availability"], minutes)),
    }
    if enrolment["role"] == Side.MENTEE:
        row["waited_rounds"] = enrolment["waited_rounds"]
    return row


def _wishes(cohort: Cohort, ids: dict[int, str]) -> tuple[dict[int, list[list[str]]], dict[int, set[str]]]:
    """Ranked lists (people of one rank are a tie) and people to be kept apart, both by enrolment."""
    ranked: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    apart: dict[int, set[str]] = defaultdict(set)
    named = Preference.objects.filter(enrolment__cohort=cohort).values_list("enrolment_id", "other_id", "rank")
    for enrolment, other, rank in named:
        if enrolment not in ids or other not in ids:
            continue
        if rank is None:
            apart[enrolment].add(ids[other])
        else:
            ranked[enrolment][rank].append(ids[other])
    wishes = {enrolment: [sorted(ranks[rank]) for rank in sorted(ranks)] for enrolment, ranks in ranked.items()}
    return wishes, apart


def _mentorships(cohort: Cohort) -> tuple[Counter[tuple[str, str]], dict[str, set[str]], list[list[str]]]:
    """Places taken by (side, code) in this cohort, earlier mentors of each mentee (any cohort), pairs of this cohort."""
    taken: Counter[tuple[str, str]] = Counter()
    earlier: dict[str, set[str]] = defaultdict(set)
    introduced: list[list[str]] = []
    enrolled = Enrolment.objects.filter(cohort=cohort).values("person")
    known = Mentorship.objects.filter(Q(cohort=cohort) | Q(mentee__in=enrolled))
    columns = known.values_list("cohort_id", "mentor__code", "mentee__code", "closure")
    for cohort_id, mentor, mentee, closure in columns:
        earlier[mentee].add(mentor)
        if cohort_id == cohort.pk:
            introduced.append([mentor, mentee])
        if cohort_id == cohort.pk and closure is None:
            taken["mentors", mentor] += 1
            taken["mentees", mentee] += 1
    return taken, earlier, sorted(introduced)


def _later_turns(cohort: Cohort) -> Counter[str]:
    """How often a coordinator decided that others come first, by code of the mentee."""
    return Counter(LaterTurn.objects.counting_in(cohort).values_list("mentee__code", flat=True))


def _managers(people: Picture) -> dict[str, str]:
    """Codes by e-mail address and by name, as far as a name belongs to one person only."""
    rows: Iterable[Row] = [row for side in people.values() for row in side]
    by_name: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_name[row["name"].strip().casefold()].add(row["id"])
    found = {name: next(iter(codes)) for name, codes in by_name.items() if len(codes) == 1}
    return found | {row["email"].casefold(): row["id"] for row in rows}
