"""Signing in: by code, by password with a second step, and never for whom nobody knows."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ithaca.kernel import tenancy
from ithaca.notifications.models import OutboxLetter
from ithaca.people import actions
from ithaca.people.models import Account, Organisation, Person
from ithaca.people.tests.conftest import signed_in

CODE = r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b"


def ask(client: Client, email: str) -> str:
    response = client.post(reverse("people:sign_in"), {"email": email}, follow=True)
    return response.content.decode()


def code_sent_to(email: str) -> str:
    """The code of the last mail to an address; the outbox forgets it as soon as it is sent."""
    subject = next(message.subject for message in reversed(mail.outbox) if message.to == [email])
    found = re.search(CODE, subject)
    assert found, subject
    return found.group()


def test_a_known_address_signs_in_by_code(client: Client, member: Person) -> None:
    page = ask(client, "Mina@harbour.example")
    assert "a code is on its way" in page
    answer = client.post(reverse("account_confirm_login_code"), {"code": code_sent_to("mina@harbour.example")})
    assert answer.status_code == 302
    member.refresh_from_db()
    assert member.account is not None
    assert EmailAddress.objects.get(user=member.account).verified
    assert client.get(reverse("people:me", args=["harbour"])).status_code == 200


def test_an_unknown_address_gets_the_same_page_and_no_mail(client: Client, member: Person) -> None:
    known = ask(client, "mina@harbour.example").replace("mina@harbour.example", "…")
    letters = OutboxLetter.everywhere.count()
    unknown = ask(Client(), "nobody@nowhere.example").replace("nobody@nowhere.example", "…")
    assert _without_tokens(known) == _without_tokens(unknown)
    assert OutboxLetter.everywhere.count() == letters == 1
    assert not Account.objects.filter(email="nobody@nowhere.example").exists()


def test_a_wrong_code_three_times_begins_anew(client: Client, member: Person) -> None:
    ask(client, member.email)
    page = client.post(reverse("account_confirm_login_code"), {"code": "WRON-GCOD"}).content.decode()
    assert "not the code we are waiting for" in page
    for _ in range(2):
        response = client.post(reverse("account_confirm_login_code"), {"code": "WRON-GCOD"})
    assert response.status_code == 302
    assert client.get(reverse("people:me", args=["harbour"])).status_code == 302


def test_asking_too_often_is_refused(client: Client, member: Person) -> None:
    for _ in range(3):
        Client().post(reverse("people:sign_in"), {"email": member.email})
    page = Client().post(reverse("people:sign_in"), {"email": member.email}).content.decode()
    assert "many attempts" in page
    assert OutboxLetter.everywhere.count() == 3


def test_nobody_can_sign_up(client: Client, db: None) -> None:
    for address in ("/account/signup/", "/accounts/signup/", "/sign-up/", "/account/signup/passkey/"):
        assert client.get(address).status_code == 404


def test_a_password_alone_is_not_enough(client: Client, member: Person) -> None:
    account = _with_password(member)
    answer = client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert answer.url.startswith(reverse("account_confirm_login_code"))
    client.post(reverse("account_confirm_login_code"), {"code": code_sent_to(member.email)})
    assert client.session["_auth_user_id"] == str(account.pk)


def test_a_password_and_an_app(client: Client, member: Person) -> None:
    account = _with_password(member)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    RecoveryCodes.activate(account)
    answer = client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "not the code" in wrong
    recovery = Authenticator.objects.get(user=account, type="recovery_codes").wrap().get_unused_codes()[0]
    client.post(reverse("mfa_authenticate"), {"code": recovery})
    assert client.session["_auth_user_id"] == str(account.pk)


def test_wrong_passwords_sound_the_same_for_known_and_unknown(client: Client, member: Person) -> None:
    _with_password(member)
    pages = [
        Client().post(reverse("account_login"), {"login": email, "password": "not-the-password-1"}).content.decode()
        for email in (member.email, "nobody@nowhere.example")
    ]
    assert all("do not fit together" in page for page in pages)


def test_staff_are_led_to_a_second_step(coordinator: Person, member: Person) -> None:
    browser = signed_in(coordinator, second_factor=False)
    address = reverse("people:people", args=["harbour"])
    answer = browser.get(address)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("people:second_factor"))
    assert "One more lock" in browser.get(answer.url).content.decode()
    assert signed_in(coordinator).get(address).status_code == 200
    assert signed_in(member, second_factor=False).get(reverse("people:me", args=["harbour"])).status_code == 200


def test_a_session_from_before_proves_the_second_step(coordinator: Person) -> None:
    browser = signed_in(coordinator, second_factor=False)
    Authenticator.objects.create(user=coordinator.account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    answer = browser.get(reverse("people:people", args=["harbour"]), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("mfa_reauthenticate"))


def test_a_development_link_needs_no_second_step(coordinator: Person, settings: pytest.FixtureRequest) -> None:
    browser = signed_in(coordinator, second_factor=False)
    session = browser.session
    session["development_sign_in"] = True
    session.save()
    address = reverse("people:people", args=["harbour"])
    settings.DEVELOPMENT = True
    assert browser.get(address).status_code == 200
    settings.DEVELOPMENT = False
    assert browser.get(address).status_code == 302


def test_somebody_added_while_signed_in_is_let_in(member: Person, elsewhere: Organisation) -> None:
    browser = signed_in(member)
    address = reverse("people:me", args=["elsewhere"])
    assert browser.get(address).status_code == 404
    with tenancy.scope(elsewhere):
        Person.objects.create(name="Mina", email=member.email)
    assert browser.get(address).status_code == 200
    assert b"Elsewhere" in browser.get(reverse("people:organisations")).content


def test_sessions_are_listed_and_ended(member: Person) -> None:
    first, second = signed_in(member), signed_in(member)
    for browser in (first, second):
        browser.get(reverse("people:me", args=["harbour"]))
    assert "this browser" in first.get(reverse("usersessions_list")).content.decode()
    first.post(reverse("usersessions_list"))
    assert first.get(reverse("people:me", args=["harbour"])).status_code == 200
    assert second.get(reverse("people:me", args=["harbour"])).status_code == 302


def test_the_address_of_the_sign_in_changes_by_code(member: Person) -> None:
    browser = signed_in(member, second_factor=False)
    browser.post(reverse("account_email"), {"email": "mina@new.example", "action_add": "1"})
    code = code_sent_to("mina@new.example")
    browser.post(reverse("account_email_verification_sent"), {"code": code})
    member.refresh_from_db()
    assert member.email == "mina@new.example"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "mfa_index",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_activate_totp",
            "usersessions_list",
            "account_email",
        ),
        *("account_set_password", "account_logout"),
    ],
)
def test_every_page_of_the_sign_in_opens(member: Person, name: str) -> None:
    answer = signed_in(member, second_factor=False).get(reverse(name))
    assert answer.status_code == 200
    assert "Ithaca" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive"]
)
def test_every_page_before_the_sign_in_opens(client: Client, name: str, db: None) -> None:
    assert client.get(reverse(name)).status_code == 200


PASSWORD = "a-long-walk-by-the-sea"


def _with_password(member: Person) -> Account:
    account = actions.provide_account(email=member.email)
    account.set_password(PASSWORD)
    account.save()
    EmailAddress.objects.filter(user=account).update(verified=True)
    return account


def _without_tokens(page: str) -> str:
    page = re.sub(r'"X-CSRFToken": "[^"]+"', "", page)
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|-\d+"', "", page)


def test_looking_at_pages_does_not_write_each_time(member: Person) -> None:
    browser = signed_in(member)
    browser.get(reverse("people:me", args=["harbour"]))
    with CaptureQueriesContext(connection) as asked:
        browser.get(reverse("people:me", args=["harbour"]))
    assert not [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
