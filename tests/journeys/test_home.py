"""From an empty Today to a pair that has met, as the coordinator, the mentee and the mentor live it."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from ithaca.kernel import tenancy
from ithaca.mentorships import actions as mentorships
from ithaca.mentorships import emails
from ithaca.mentorships.models import Mentorship
from ithaca.people.models import Organisation, Person
from ithaca.people.rules import Role
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds
from tests import browser

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture()
def refused(page: Any) -> list[str]:
    """What the browser refuses because of the content security policy, and errors of scripts."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if "Security Policy" in message.text else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture()
def harbour() -> Organisation:
    return worlds.organisation()


def sign_in(page: Any, address: str, person: Person) -> None:
    session = worlds.signed_in(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])


def nothing_for_axe(page: Any) -> None:
    """No violation, by day and by night, and nothing wider than the screen."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert browser.violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def introduced_nine_days_ago(harbour: Organisation) -> Mentorship:
    """A pair of a running cohort. Made in a thread of its own: beside Playwright's loop a job would open a second connection."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(_introduced_nine_days_ago, harbour).result()


def _introduced_nine_days_ago(harbour: Organisation) -> Mentorship:
    try:
        with tenancy.scope(harbour):
            return _introduced(worlds.cohort(start=timezone.localdate() - datetime.timedelta(days=60)))
    finally:
        connection.close()


def _introduced(cohort: Cohort) -> Mentorship:
    ana = worlds.enrolment(cohort, "Ana Reis", Side.MENTOR, headline="Harbour pilot", offers=["sailing"])
    bo = worlds.enrolment(cohort, "Bo Lund", Side.MENTEE, goals="To lead a crew.", needs=["sailing"])
    told = (ana, bo, ["You both speak Portuguese."], "Hello Ana, could we meet next week?")
    at = timezone.now() - datetime.timedelta(days=9)
    return mentorships.introduce(cohort, pairs=[told], by=None, at=at)[0]


def test_from_an_empty_today_to_a_cohort_with_people(
    live_server: Any, page: Any, refused: list[str], harbour: Organisation
) -> None:
    with tenancy.scope(harbour):
        cora = worlds.person("Cora Hill", role=Role.COORDINATOR)
    sign_in(page, live_server.url, cora)
    page.goto(live_server.url)
    expect(page.get_by_role("heading", name="The first voyage")).to_be_visible()
    nothing_for_axe(page)

    page.get_by_role("link", name="Create a programme").click()
    page.get_by_label("Name", exact=True).fill("First Steps")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Before it opens for applications")).to_be_visible()
    nothing_for_axe(page)
    page.get_by_role("link", name="Objectives").click()
    expect(page.get_by_label("Objectives")).to_be_in_viewport()
    page.get_by_label("Purpose").fill("Help members in their first five years.")
    page.get_by_label("Objectives").fill("40 pairs reach their mid-point")
    page.get_by_label("Who it is for").fill("All members.")
    page.get_by_role("button", name="Save").click()

    page.get_by_role("link", name="Open the first cohort").click()
    page.get_by_label("Applications open on").fill("2027-01-11")
    page.get_by_role("button", name="Propose dates").click()
    expect(page.get_by_label("Kick-off")).to_have_value("2027-03-01")
    page.get_by_label("Name of the cohort").fill("Spring 2027")
    page.get_by_label("End").fill("2027-02-01")
    page.get_by_role("button", name="Open the cohort").click()
    expect(page.get_by_role("alert")).to_contain_text("“End” follows “Mid-point”")
    nothing_for_axe(page)
    page.get_by_label("End").fill("2027-12-01")
    page.get_by_role("button", name="Open the cohort").click()
    expect(page.get_by_role("heading", name="Bring your people in")).to_be_visible()

    page.get_by_role("link", name="Add one by hand").first.click()
    page.get_by_label("Name", exact=True).fill("Ana Reis")
    page.get_by_label("E-mail").fill("ana@example.org")
    page.get_by_label("Mentor", exact=True).check()
    nothing_for_axe(page)
    page.get_by_role("button", name="Add", exact=True).click()
    row = page.get_by_role("row").filter(has_text="Ana Reis")
    row.get_by_role("button", name="Change").press("Enter")
    page.get_by_label("Partners at the same time").fill("3")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 mentor with 3 places")).to_be_visible()
    row.get_by_role("button", name="Change").click()
    page.get_by_role("button", name="Leave the cohort").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row).to_have_count(1)
    nothing_for_axe(page)
    assert refused == []


def test_a_quiet_pair_is_noticed_and_begins(
    live_server: Any, page: Any, refused: list[str], harbour: Organisation
) -> None:
    with tenancy.scope(harbour):
        cora = worlds.person("Cora Hill", role=Role.COORDINATOR)
    pair = introduced_nine_days_ago(harbour)
    letter_link = emails.page_of(pair, pair.mentee)

    sign_in(page, live_server.url, cora)
    page.goto(f"{live_server.url}/o/harbour/today/")
    item = page.get_by_role("listitem").filter(has_text="are not in touch yet").first
    expect(item.get_by_text("the surest way to know is to ask")).to_be_visible()
    item.locator("summary").press("Enter")
    expect(item.get_by_text("the surest way to know is to ask")).to_be_hidden()
    item.locator("summary").press("Enter")
    item.get_by_role("link", name="Open the outline").click()
    expect(page.get_by_role("heading", name="Ana Reis and Bo Lund")).to_be_visible()
    expect(page.get_by_text("Hello Ana")).to_have_count(0)
    nothing_for_axe(page)

    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}{letter_link}")
    expect(page.get_by_role("heading", name="Write to Ana Reis")).to_be_visible()
    write = page.get_by_role("link", name="Write to Ana Reis")
    assert "body=Hello%20Ana" in write.get_attribute("href")
    nothing_for_axe(page)
    page.get_by_role("button", name="I have written").click()
    page.get_by_label("Day of the first meeting").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Save the day").click()
    expect(page.get_by_role("heading", name="You meet on")).to_be_visible()

    with tenancy.scope(harbour):
        assert not Mentorship.objects.without_contact().exists()
        ana = Enrolment.objects.get(role=Side.MENTOR).person
    sign_in(page, live_server.url, ana)
    page.goto(live_server.url)
    expect(page.get_by_role("heading", name="You meet Bo Lund on")).to_be_visible()
    nothing_for_axe(page)
    page.get_by_role("link", name="Prepare").click()
    expect(page.get_by_text("To lead a crew.")).to_be_visible()
    nothing_for_axe(page)
    assert refused == []
