"""A coordinator sets the rules, finds the best pairs, works the board by keyboard, and publishes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from ithaca.circles.models import Member
from ithaca.jobs import progress
from ithaca.kernel import tenancy
from ithaca.matching import actions
from ithaca.matching.models import Board, Change, MatchingRules, Undone
from ithaca.matching.rules.board import Kind
from ithaca.matching.tests import worlds
from ithaca.mentorships.models import Mentorship
from ithaca.notifications.models import OutboxLetter
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes.models import Cohort
from tests import browser

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cohort(transactional_db: None) -> Iterator[Cohort]:
    with tenancy.scope(worlds.organisation()):
        yield worlds.cohort(mentors=12, mentees=14)


@pytest.fixture
def violations(page: Any) -> list[str]:
    """What the browser refuses because of the content security policy, and errors of scripts."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if "Security Policy" in message.text else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def desk(live_server: Any, page: Any, cohort: Cohort) -> Any:
    """The page of the cohort's matching, in the coordinator's browser."""
    session = signed_in(worlds.coordinator()).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/o/harbour/matching/{cohort.code}/")
    return page


def accessible(page: Any) -> None:
    """axe finds nothing wrong with the page."""
    assert browser.violations(page) == [], page.url


def settled(page: Any, words: str) -> None:
    """The deed was done: its message is there, and the board listens to the keyboard again."""
    expect(page.locator("#toasts")).to_contain_text(words)
    if page.locator("[data-board]").count():
        expect(page.locator("[data-board][data-ready]")).to_be_visible()


def test_from_rules_to_published_introductions(desk: Any, cohort: Cohort, violations: list[str]) -> None:
    page = desk
    expect(page.get_by_role("heading", name="Matching", exact=True)).to_be_visible()
    expect(page.get_by_text("14 mentees, 12 places")).to_be_visible()
    accessible(page)

    page.get_by_role("link", name="Criteria and rules").click()
    expect(
        page.get_by_text("12 mentors", exact=False).or_(page.get_by_text("possible pairs are excluded"))
    ).to_be_visible()
    weight = page.get_by_label("Weight: Need and expertise")
    weight.fill("100")
    expect(page.locator("[data-share=expertise]")).to_have_text("58 %")
    accessible(page)
    page.get_by_role("button", name="Save").click()
    settled(page, "version 1 of these rules")
    assert MatchingRules.objects.get().weights["expertise"] == 100

    page.get_by_role("link", name="Matching", exact=True).click()
    page.get_by_role("button", name="Find the best pairs").click()
    expect(page.get_by_text("No better plan exists")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Review on the board").click()

    board = Board.objects.get()
    work_by_keyboard(page, board)

    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="What this solution would change on the board")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Take this solution").click()
    settled(page, "now shows the new solution")

    look_deeper(page)

    page.get_by_role("link", name=re.compile("Without a mentor")).click()
    page.locator("[data-row]").first.click()
    expect(page.get_by_role("heading", name="What would help")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Board of matching 1").click()

    publish(page)
    assert violations == []


def work_by_keyboard(page: Any, board: Board) -> None:
    """Lock, swap, take back and keep apart without touching the mouse."""
    expect(page.locator("[data-board][data-ready]")).to_be_visible()
    accessible(page)
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="The board by keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    second = page.locator("[data-row]").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("l")
    settled(page, "locked")
    expect(page.locator("[data-row]").nth(1)).to_be_focused()
    expect(page.locator("tr", has=page.get_by_text("Locked", exact=True))).to_have_count(1)

    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_text("Choose the pair to exchange mentors with.")).to_be_visible()
    expect(page.locator("[data-board][data-ready]")).to_be_visible()
    accessible(page)
    page.keyboard.press("j")
    page.keyboard.press("s")
    settled(page, "is now with")
    page.keyboard.press("z")
    settled(page, "Taken back")
    assert Undone.objects.count() == 1
    expect(page.locator("[data-row]:focus")).to_have_count(1)
    expect(page.locator("#toasts").get_by_role("button", name="Redo")).to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("f")
    settled(page, "kept apart")
    kinds = list(Change.objects.filter(board=board).values_list("kind", flat=True))
    assert kinds == [Kind.LOCK, Kind.SWAP, Kind.FORBID]

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Why these two")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Board of matching 1").click()
    expect(page.locator("[data-board][data-ready]")).to_be_visible()


def test_single_keys_can_be_switched_off_and_stay_so(desk: Any, cohort: Cohort) -> None:
    page = desk
    board = actions.match_now(cohort, by=None).board
    page.goto(page.url.split("/matching/")[0] + f"/matching/boards/{board.code}/")
    expect(page.locator("[data-board][data-ready]")).to_be_visible()
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("checkbox", name="Single keys work on this board").uncheck()
    accessible(page)
    page.keyboard.press("Escape")
    for _ in range(2):
        page.locator("[data-row]").first.focus()
        page.keyboard.press("l")
        page.keyboard.press("r")
        page.keyboard.press("ArrowDown")
        expect(page.locator("[data-row]").nth(1)).to_be_focused()
        page.reload()
        expect(page.locator("[data-board][data-ready]")).to_be_visible()
    assert not Change.objects.exists()
    assert board.runs.count() == 1


def look_deeper(page: Any) -> None:
    """The sheet is kept with the solution; other plans are worked out when asked."""
    page.get_by_role("button", name="Look deeper").click()
    page.get_by_role("link", name="Fairness").click()
    expect(page.get_by_role("heading", name="How evenly this treats people")).to_be_visible()
    expect(page.get_by_text("weakest pair")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Board of matching 1").click()
    page.get_by_role("button", name="Look deeper").click()
    page.get_by_role("link", name="Other complete plans").click()
    page.get_by_role("button", name="Work out other plans").click()
    expect(page.get_by_role("rowheader", name=re.compile("Highest total"))).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Board of matching 1").click()


def test_peers_are_put_into_circles(desk: Any, violations: list[str]) -> None:
    page = desk
    page.get_by_role("link", name="Circles and roulette").click()
    expect(page.get_by_text("No round yet")).to_be_visible()
    accessible(page)
    page.get_by_label("Levels of seniority apart, at most").fill("10")
    page.get_by_role("button", name="Draw", exact=True).click()
    expect(page.get_by_role("heading", name="Group 1", exact=True)).to_be_visible()
    accessible(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    assert taken.value.suggested_filename == "circles-1.csv"
    page.get_by_role("button", name="Discard this round").click()
    settled(page, "Round 1 is discarded.")
    page.get_by_label("Levels of seniority apart, at most").fill("10")
    page.get_by_role("button", name="Draw", exact=True).click()
    page.get_by_role("link", name="Introduce these groups").click()
    expect(page.get_by_text("Nothing has been sent yet.")).to_be_visible()
    page.locator("main li summary").first.click()
    expect(page.frame_locator("iframe").first.get_by_text("The first step is yours").first).to_be_visible()
    accessible(page)
    assert not OutboxLetter.objects.exists()
    page.get_by_role("button", name="Send").click()
    settled(page, "Introduced. Everybody in these groups receives a letter now.")
    expect(page.get_by_role("button", name="Discard this round")).to_have_count(0)
    accessible(page)
    assert OutboxLetter.objects.count() == Member.objects.count() > 0
    assert violations == []


def publish(page: Any) -> None:
    """Look at a letter, then send them all."""
    page.get_by_role("link", name="Publish…").click()
    expect(page.get_by_text("12 pairs, 24 letters. Nothing has been sent yet.")).to_be_visible()
    page.locator("summary").first.click()
    expect(page.frame_locator("iframe").first.get_by_text("The first step is yours").first).to_be_visible()
    accessible(page)
    assert not Mentorship.objects.exists()
    page.get_by_role("button", name="Publish and send 24 letters").click()
    settled(page, "Published: 12 pairs")
    expect(page.get_by_text("Published on")).to_be_visible()
    assert Mentorship.objects.count() == 12
    assert OutboxLetter.objects.filter(category="introduction").count() == 24


def test_a_run_at_work_is_followed_and_stopped_by_keyboard(desk: Any, cohort: Cohort, settings: Any) -> None:
    """What is told changes under the reader's hands; the button keeps the focus."""
    page = desk
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    run = actions.start(cohort, by=worlds.coordinator("Una Dinat"))
    page.goto(page.url.split("/matching/")[0] + f"/matching/runs/{run.code}/")
    told = page.locator("#progress [role=status]")
    expect(told).to_have_text("Waiting for a free worker")
    page.get_by_role("button", name="Stop").focus()
    with progress.report(actions.progress_key(run), total=100, words="Reading the answers") as report:
        for done, words in ((10, "Solving"), (20, "Checking the proof")):
            report.advance(done, words)
            expect(told).to_have_text(words)
            expect(page.locator("#progress progress")).to_have_attribute("value", str(done))
            expect(page.get_by_role("button", name="Stop")).to_be_focused()
        accessible(page)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="This run ended without a result")).to_be_visible()


@pytest.mark.parametrize("width, height", [(1280, 720), (390, 844)])
def test_saving_rules_is_always_in_sight_and_their_effect_one_step_away(desk: Any, width: int, height: int) -> None:
    page = desk
    page.set_viewport_size({"width": width, "height": height})
    page.get_by_role("link", name="Criteria and rules").click()
    save, effect = page.get_by_role("button", name="Save"), page.get_by_role("heading", name="What this does today")
    expect(save).to_be_in_viewport(ratio=1)
    page.get_by_label("Weight: Need and expertise").fill("90")
    page.keyboard.press("Tab")
    expect(page.get_by_text("than with the defaults").or_(page.get_by_text("as with the defaults"))).to_be_attached()
    if width < 400:
        page.get_by_role("link", name="What this does").click()
    expect(effect).to_be_in_viewport()
    expect(save).to_be_in_viewport(ratio=1)
    accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_is_accessible_on_a_phone(desk: Any, scheme: str) -> None:
    page = desk
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Find the best pairs").click()
    page.get_by_role("link", name="Review on the board").click()
    expect(page.locator("[data-board]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    accessible(page)
    page.get_by_role("link", name=re.compile("History")).click()
    expect(page.get_by_text("Nothing was changed by hand")).to_be_visible()
    accessible(page)
