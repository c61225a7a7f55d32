"""Every page keeps its words apart and on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ithaca.kernel import tenancy
from ithaca.mentorships import emails
from ithaca.mentorships.models import Mentorship
from ithaca.people.models import Organisation
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds
from tests import browser

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = (390, 1024, 1280)


@pytest.fixture
def harbour(transactional_db: None) -> Iterator[Organisation]:
    found = worlds.organisation()
    with tenancy.scope(found):
        yield found


def crowded(page: Any, address: str) -> dict[int, list[str]]:
    """What cannot be read on this page, by width; nothing may be."""
    page.goto(address)
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = browser.crowded(page)
    return {width: words for width, words in found.items() if words}


def introduced() -> Mentorship:
    cohort = worlds.cohort()
    ana = worlds.enrolment(cohort, "Ana Reis", Side.MENTOR, headline="Harbour pilot", offers=["sailing", "law"])
    bo = worlds.enrolment(cohort, "Bo Lund", Side.MENTEE, goals="To lead a crew.", needs=["sailing"])
    told = {"common_ground": ["You both speak Portuguese."], "opener": "Hello Ana, could we meet next week?"}
    return Mentorship.objects.create(cohort=cohort, mentor=ana.person, mentee=bo.person, **told)


def test_the_page_behind_a_letter_is_as_wide_as_its_two_columns(
    live_server: Any, page: Any, harbour: Organisation
) -> None:
    pair = introduced()
    assert crowded(page, live_server.url + emails.page_of(pair, pair.mentee)) == {}
