"""A coordinator signs in by a code, makes a passkey as the second step, and comes back with the passkey alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import expect

from ithaca.kernel import tenancy
from ithaca.people import actions
from ithaca.people.models import Organisation, Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture()
def harbour() -> Organisation:
    organisation = actions.found_organisation(
        name="Harbour", slug="harbour", owner_name="Olga Owner", owner_email="olga@harbour.example"
    )
    with tenancy.scope(organisation):
        actions.add_person(name="Mina Member", email="mina@harbour.example", by=None)
    return organisation


@pytest.fixture()
def violations(page: Any) -> list[str]:
    """What the browser refuses because of the content security policy, and errors of scripts."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if "Security Policy" in message.text else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def with_authenticator(page: Any) -> None:
    """Give the browser a device that holds passkeys and always recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def code_sent_to(email: str) -> str:
    """The code of the last mail to an address; the outbox forgets it as soon as it is sent."""
    return next(
        message.subject.split()[0]
        for message in reversed(mail.outbox)
        if message.to == [email] and "sign-in code" in message.subject
    )


def sign_in_by_code(page: Any, address: str, email: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    page.get_by_label("Code").fill(code_sent_to(email))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def test_a_passkey_is_made_and_opens_the_door(live_server: Any, page: Any, violations: list[str], harbour: Any) -> None:
    with_authenticator(page)
    sign_in_by_code(page, live_server.url, "olga@harbour.example")
    people = f"{live_server.url}/o/harbour/people/"
    page.goto(people)
    expect(page.get_by_role("heading", name="One more lock on the door")).to_be_visible()
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_label("Name of this passkey").fill("Desk")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have kept them, go on").click()
    page.wait_for_url(people)
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()

    page.goto(f"{live_server.url}/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(people)
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(people)
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()
    assert violations == []


def test_the_second_step_is_asked_after_a_code(
    live_server: Any, page: Any, violations: list[str], harbour: Any
) -> None:
    with_authenticator(page)
    sign_in_by_code(page, live_server.url, "mina@harbour.example")
    page.goto(f"{live_server.url}/account/passkeys/add/")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("E-mail address").fill("mina@harbour.example")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    page.get_by_label("Code").fill(code_sent_to("mina@harbour.example"))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto(f"{live_server.url}/o/harbour/me/")
    expect(page.get_by_role("heading", name="Mina Member")).to_be_visible()
    assert violations == []
    assert Person.everywhere.get(email="mina@harbour.example").account is not None


def test_without_a_device_the_page_says_what_else_works(live_server: Any, page: Any, harbour: Any) -> None:
    page.goto(f"{live_server.url}/sign-in/")
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was confirmed")


def test_the_week_is_filled_in_by_keyboard(live_server: Any, page: Any, violations: list[str], harbour: Any) -> None:
    sign_in_by_code(page, live_server.url, "mina@harbour.example")
    page.goto(f"{live_server.url}/o/harbour/me/profile/practical/")
    first = page.locator("input[name=availability][value='9']")
    first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Monday 09:00–10:00")).to_be_visible()
    assert violations == []
