"""Every page keeps its words apart and on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ithaca.circles import actions as circles
from ithaca.circles.models import Round
from ithaca.intake.tests import steps
from ithaca.kernel import tenancy
from ithaca.matching import actions as matching
from ithaca.mentorships import emails
from ithaca.mentorships.models import Mentorship
from ithaca.people.models import Organisation, Person
from ithaca.people.rules import Role
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds
from tests import browser

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = (390, 1024, 1280)
ENDLESS = "schlegelsteinhausenbergerdorff" * 6
"""A name without a place to break it, as an import may bring one."""


@pytest.fixture
def harbour(transactional_db: None) -> Iterator[Organisation]:
    found = worlds.organisation()
    with tenancy.scope(found):
        yield found


def crowded(page: Any, address: str) -> list[str]:
    """What cannot be read on this page at some width; nothing may be."""
    page.goto(address)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{address} at {width}: {words}" for words in browser.crowded(page)[:3]]
    return found


def introduced(ana_is: str = "Ana Reis", bo_is: str = "Bo Lund") -> Mentorship:
    cohort = worlds.cohort(name="Autumn 2026")
    ana = worlds.enrolment(cohort, ana_is, Side.MENTOR, headline="Harbour pilot", offers=["sailing", "law"])
    bo = worlds.enrolment(cohort, bo_is, Side.MENTEE, goals="To lead a crew.", needs=["sailing"])
    told = {"common_ground": ["You both speak Portuguese."], "opener": "Hello Ana, could we meet next week?"}
    return Mentorship.objects.create(cohort=cohort, mentor=ana.person, mentee=bo.person, **told)


def test_the_page_behind_a_letter_is_as_wide_as_its_two_columns(
    live_server: Any, page: Any, harbour: Organisation
) -> None:
    pair = introduced()
    assert crowded(page, live_server.url + emails.page_of(pair, pair.mentee)) == []


@pytest.mark.parametrize("reader", ["coordinator", "partner"])
def test_a_name_without_a_break_wrecks_no_page(live_server: Any, page: Any, harbour: Organisation, reader: str) -> None:
    cora = worlds.person("Cora Hill", role=Role.COORDINATOR)
    pair = introduced(f"Ana{ENDLESS}", f"Bo{ENDLESS}")
    addresses = _desk(cora, pair) if reader == "coordinator" else _participant(pair)
    session = worlds.signed_in(cora if reader == "coordinator" else pair.mentee).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    found = [words for address in addresses for words in crowded(page, live_server.url + address)]
    assert not found, "\n".join(found)


def _participant(pair: Mentorship) -> list[str]:
    here = "/o/harbour"
    return [f"{here}/", f"{here}/mentorships/", f"{here}/mentorships/{pair.code}/", emails.page_of(pair, pair.mentee)]


def _desk(cora: Person, pair: Mentorship) -> list[str]:
    cohort = worlds.cohort(pair.cohort.programme)
    ana = worlds.enrolment(cohort, f"Aña{ENDLESS}", Side.MENTOR, capacity=2, offers=["sailing"], languages=["en"])
    bo = worlds.enrolment(cohort, f"Bô{ENDLESS}", Side.MENTEE, needs=["sailing"], languages=["en"])
    worlds.enrolment(cohort, f"Dee{ENDLESS}", Side.MENTEE, needs=["law"], languages=["en"])
    board = matching.match_now(cohort, by=cora).board
    everybody = {"smallest": 3, "largest": 6, "levels_apart": 10, "across_employers": False}
    drawn = circles.draw(cohort, kind=Round.Kind.CIRCLES, who=Round.Who.EVERYBODY, options=everybody, by=cora)
    sheet = steps.sheet([f"Eva{ENDLESS}", f"eva@x{ENDLESS[:60]}.example", "Pilot", "sailing", "English", "2"])
    upload = steps.uploaded(cohort, sheet, by=cora, Name="name")
    matched, of_board = f"/o/harbour/matching/{cohort.code}/", f"/o/harbour/matching/boards/{board.code}/"
    return [
        *(of_board + page for page in ("", "?show=mentees", "?show=history", "publish/", "fairness/")),
        f"{of_board}pairs/{ana.person.code}/{bo.person.code}/",
        f"{of_board}mentees/{bo.person.code}/",
        *(matched + page for page in ("", "circles/", "turns/")),
        f"/o/harbour/matching/circles/{drawn.code}/",
        f"/o/harbour/imports/{upload.code}/preview/",
        f"/o/harbour/cohorts/{cohort.code}/people/mentors/",
        f"/o/harbour/cohorts/{pair.cohort.code}/mentorships/",
        f"/o/harbour/outline/{pair.code}/",
        f"/o/harbour/people/{pair.mentee.code}/",
        *(f"/o/harbour/{page}/" for page in ("today", "people", "record", "outbox")),
    ]
