"""How Ithaca differs from django-allauth's defaults."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import Login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.functional import lazystr

from ithaca.people import permissions


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made for people whom an organisation knows, not by anybody who passes by."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": lazystr("This is not the code we are waiting for. Please look at it once more."),
        "email_password_mismatch": lazystr("Address and password do not fit together. You can also sign in by a code."),
        "too_many_login_attempts": lazystr("That were many attempts in a short time. Please wait five minutes."),
        "rate_limited": lazystr("That were many requests in a short time. Please wait a minute."),
        "account_inactive": lazystr("This sign-in is closed. Please ask your coordinator."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no user name."""

    def is_login_by_code_required(self, login: Login) -> bool:
        """A password alone never opens the door: who has no second step gets a code by mail as well."""
        records = get_authentication_records(self.request, login.user)
        by_password = bool(records) and records[-1]["method"] == "password"
        return by_password and not permissions.has_authenticator(login.user)

    def format_email_subject(self, subject: str) -> str:
        return str(subject)


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Words of the second step."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": lazystr("This is not the code we are waiting for. Please look at it once more."),
        "unverified_email": lazystr("Please sign in once by a code first, so that we know the address is yours."),
    }
