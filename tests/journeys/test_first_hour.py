"""From an empty organisation and two messy spreadsheets to published introductions, as somebody would who never saw Ithaca."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from ithaca.demo import texts
from ithaca.kernel import tenancy
from ithaca.mentorships.models import Mentorship
from ithaca.notifications.models import OutboxLetter
from ithaca.people import actions as people
from ithaca.people.models import Person
from ithaca.people.tests.conftest import signed_in
from tests import browser

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SHEETS = Path(__file__).resolve().parents[2] / "src/ithaca/rosters/tests/sheets"


@pytest.fixture
def desk(live_server: Any, page: Any, transactional_db: None) -> Any:
    """The owner of a new, empty organisation, signed in, at the start page."""
    organisation = people.found_organisation(
        name="Fjord Network", slug="fjord", owner_name="Runa Holt", owner_email="runa@fjord.example"
    )
    with tenancy.scope(organisation):
        session = signed_in(Person.objects.get(email="runa@fjord.example")).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(f"{live_server.url}/")
        yield page


def accessible(page: Any) -> None:
    """axe finds nothing wrong with the page."""
    assert browser.violations(page) == [], page.url


def test_from_two_spreadsheets_to_introductions(desk: Any) -> None:
    page = desk
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    accessible(page)
    found_programme(page)
    open_cohort(page)
    bring_in(page, "google_forms_mentors.csv", "Mentors")
    bring_in(page, "ms_forms_mentees.xlsx", "Mentees")
    match_and_publish(page)
    mentorships = Mentorship.objects.count()
    assert mentorships >= 5
    assert OutboxLetter.objects.filter(category="introduction").count() == 2 * mentorships


def found_programme(page: Any) -> None:
    page.get_by_role("link", name=re.compile("programme", re.I)).filter(visible=True).last.click()
    if page.get_by_role("link", name=re.compile("^(New|Create|Start).*programme", re.I)).count():
        page.get_by_role("link", name=re.compile("^(New|Create|Start).*programme", re.I)).first.click()
    accessible(page)
    for field in (
        "name",
        "purpose",
        "audience",
        "format",
        "mentor_role",
        "mentee_role",
        "confidentiality",
        "not_private",
    ):
        page.locator(f"[name={field}]").fill(str(texts.PROGRAMME[field]))
    page.locator("[name=objectives]").fill("\n".join(texts.PROGRAMME["objectives"]))
    page.get_by_role("main").get_by_role("button", name=re.compile("Save|Create|Start")).click()
    expect(page.get_by_role("heading", name="Career mentoring")).to_be_visible()
    accessible(page)


def open_cohort(page: Any) -> None:
    page.get_by_role("link", name=re.compile("cohort", re.I)).filter(visible=True).last.click()
    page.locator("[name=name]").fill("Cohort 1")
    accessible(page)
    page.get_by_role("main").get_by_role("button", name=re.compile("Save|Create|Open|Start")).click()
    expect(page.get_by_role("heading", name="Cohort 1")).to_be_visible()


def bring_in(page: Any, file: str, side: str) -> None:
    page.get_by_role("link", name=re.compile("^Import (people|the mentees)$")).first.click()
    accessible(page)
    page.locator("input[type=file]").set_input_files(SHEETS / file)
    page.get_by_text(side, exact=True).filter(visible=True).first.click()
    page.get_by_role("button", name="Upload and look").click()
    expect(page.get_by_role("heading", name="What is in each column?")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_role("heading", name="What would happen")).to_be_visible()
    accessible(page)
    answer_questions(page)
    page.get_by_role("button", name=re.compile("^Import [0-9]")).click()
    expect(page.get_by_role("heading", name="They are in")).to_be_visible()
    accessible(page)


def answer_questions(page: Any) -> None:
    """Say for every question that these are different people, or that nobody is meant."""
    if page.get_by_role("button", name=re.compile("^Import [0-9]")).count():
        return
    for group in page.locator("fieldset:has(input[type=radio])").all():
        group.locator("input[type=radio]").last.check()
    page.get_by_role("button", name=re.compile("answer", re.I)).first.click()
    expect(page.get_by_role("button", name=re.compile("^Import [0-9]"))).to_be_visible()


def match_and_publish(page: Any) -> None:
    page.get_by_role("link", name="To Cohort 1").click()
    page.get_by_role("link", name="Try a matching").click()
    page.get_by_role("button", name="Find the best pairs").click()
    expect(page.get_by_text("No better plan exists")).to_be_visible()
    page.get_by_role("link", name="Review on the board").click()
    page.get_by_role("link", name=re.compile("Publish")).first.click()
    accessible(page)
    page.get_by_role("main").get_by_role("button", name=re.compile("Publish|Send")).first.click()
    confirm = page.locator("dialog[open]").get_by_role("button", name=re.compile("Publish|Send"))
    if confirm.count():
        confirm.click()
    expect(page.locator("#toasts")).to_contain_text(re.compile("introduced|published", re.I))
