"""The living page in a real browser: no axe violation in either theme at either width, and the keyboard reaches everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests import browser
from tests.browser import violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def development(settings: Any) -> None:
    settings.DEVELOPMENT = True


@pytest.fixture(scope="module")
def window(chrome: Any) -> Iterator[Any]:
    """One page for all tests of this file: nobody signs in here, and a new one would read everything anew."""
    with browser.fresh(chrome) as page:
        yield page


@pytest.fixture()
def page(window: Any) -> Iterator[Any]:
    """That page, with nothing of the test before but what the browser keeps of files, and asking for nothing after the test."""
    window.context.clear_cookies()
    window.set_viewport_size(browser.SIZE)
    yield window
    window.goto("about:blank")


@pytest.fixture()
def complaints(page: Any) -> Iterator[list[str]]:
    """What the browser wrote to its console: a breach of the content security policy would stand here."""
    found: list[str] = []

    def told(message: Any) -> None:
        if message.type in ("error", "warning"):
            found.append(message.text)

    def failed(error: Any) -> None:
        found.append(str(error))

    page.on("console", told)
    page.on("pageerror", failed)
    yield found
    page.remove_listener("console", told)
    page.remove_listener("pageerror", failed)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("theme", ["paper", "sea"])
def test_nothing_for_axe_to_find(
    page: Any, live_server: Any, complaints: list[str], theme: str, width: int, direction: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/-/ui/?theme={theme}&dir={direction}&toast=1")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []


def test_errors_and_overlays_have_none_either(page: Any, live_server: Any, complaints: list[str]) -> None:
    page.goto(f"{live_server.url}/-/ui/")
    page.get_by_role("button", name="Save").click()
    page.locator("[data-error-summary]:focus").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Open a dialog").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="More").click()
    assert violations(page) == []
    assert complaints == []


def test_a_dialog_takes_the_focus_and_gives_it_back(page: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/-/ui/")
    page.get_by_role("button", name="Open a dialog").press("Enter")
    assert page.evaluate("document.activeElement.closest('dialog')?.id") == "sample"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Open a dialog"


def test_a_menu_works_by_keyboard(page: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/-/ui/")
    page.get_by_role("button", name="More").press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Rename"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Remove"


def test_chips_are_what_the_form_sends(page: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/-/ui/")
    box = page.get_by_label("Can help with")
    box.fill("Budgets, Rhetoric")
    box.press("Enter")
    page.get_by_role("button", name="Remove Negotiation").click()
    assert page.locator("textarea[name=offers]").input_value() == "Public speaking\nBudgets\nRhetoric"


def test_the_week_is_walked_with_arrows(page: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/-/ui/")
    page.get_by_role("checkbox", name="Monday 09:00").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(key)
    assert page.get_by_role("checkbox", name="Wednesday 10:00").is_checked() is False  # it was chosen before
    page.get_by_role("checkbox", name="Friday 12:00").click()
    assert page.get_by_role("checkbox", name="Friday 12:00").is_checked()


def test_the_chosen_theme_lasts_and_comes_with_the_first_byte(page: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/-/ui/")
    with page.expect_response("**/-/theme/"):
        page.get_by_role("button", name="Dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "sea"
    answer = page.goto(f"{live_server.url}/-/ui/")
    assert 'data-theme="sea"' in answer.text()


def test_a_part_that_polls_comes_to_an_end(page: Any, live_server: Any, complaints: list[str]) -> None:
    page.goto(f"{live_server.url}/-/ui/")
    page.get_by_text("All four parts are done.").wait_for()
    assert page.locator("[hx-get*='poll=']").count() == 0
    assert complaints == []


def test_a_toast_can_be_closed_and_undone(page: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/-/ui/?toast=1")
    assert page.locator("[data-toast] form").get_attribute("action") == "/-/ui/"
    page.locator("[data-toast]").get_by_role("button", name="Close").click()
    assert page.locator("[data-toast]").count() == 0
