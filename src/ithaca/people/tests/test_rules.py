"""Pure decisions about people."""

from __future__ import annotations

import pytest

from ithaca.people import rules
from ithaca.people.models import Profile
from ithaca.people.rules import Reader, Role


def test_who_may_grant_what() -> None:
    assert rules.grantable({Role.OWNER}) == set(Role)
    assert rules.grantable({Role.COORDINATOR, Role.SPONSOR}) == set(Role) - {Role.OWNER}
    assert rules.grantable({Role.SCREENER}) == rules.grantable(set()) == set()


@pytest.mark.parametrize(
    ("own", "theirs", "may"),
    [
        ({Role.OWNER}, {Role.OWNER}, True),
        ({Role.COORDINATOR}, {Role.COORDINATOR}, True),
        ({Role.COORDINATOR}, {Role.OWNER}, False),
        ({Role.SCREENER}, set(), False),
        (set(), set(), False),
    ],
)
def test_who_may_edit_whom(own: set[Role], theirs: set[Role], may: bool) -> None:
    assert rules.may_edit(own, theirs) is may


def test_every_column_a_person_fills_in_says_who_reads_it() -> None:
    told = {field.name for field in Profile._meta.get_fields()} - {
        *("id", "person", "organisation", "extra", "visibility", "updated_at"),
    }
    assert told == set(rules.FIELDS)


def test_nearer_readers_read_more() -> None:
    cohort, partner, coordinators = (
        set(rules.readable({}, reader)) for reader in (Reader.COHORT, Reader.PARTNER, Reader.COORDINATORS)
    )
    assert cohort < partner < coordinators
    assert "lived_experience" not in coordinators
    assert "lived_experience" in rules.readable({"lived_experience": Reader.PARTNER}, Reader.PARTNER)
    assert "reports_to" not in rules.readable({"reports_to": Reader.COHORT}, Reader.PARTNER)


def test_what_is_worth_adding_depends_on_the_side() -> None:
    names = [name for name, _ in rules.worth_adding({"seniority": 0, "languages": ["en"]}, sides={"mentor"})]
    assert "offers" in names
    assert not {"needs", "seniority", "languages", "phone"} & set(names)
    assert "needs" in dict(rules.worth_adding({}, sides={"mentor", "mentee"}))


def test_hours_read_as_spans() -> None:
    assert rules.hours_in_words([9, 8, 23, 24, 167, 500]) == [
        *("Monday 08:00–10:00, 23:00–24:00", "Tuesday 00:00–01:00", "Sunday 23:00–24:00"),
    ]


@pytest.mark.parametrize(
    ("name", "code"), [("Portuguese", "pt"), ("GREEK", "el"), ("de", "de"), ("Klingon", "tlh"), ("Klingonese", "")]
)
def test_languages_by_name(name: str, code: str) -> None:
    assert rules.language_code(name) == code
    assert not code or rules.language_code(rules.language_name(code)) == code


def test_style_in_words() -> None:
    scale = rules.STYLE_SCALES[0]
    assert (scale.in_words(1), scale.in_words(3), scale.in_words(None)) == (scale.low, "", "")
