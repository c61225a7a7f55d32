"""Mail about signing in goes through the outbox as well: what allauth wants to say, in Ithaca's words.

Such letters belong to no organisation (a sign-in serves several) and are confidential: they hold codes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from ithaca.notifications import actions
from ithaca.notifications.categories import SIGN_IN
from ithaca.notifications.letters import Address, Block, Code, Facts, Letter
from ithaca.people.adapter import AccountAdapter as PeopleAdapter

Context = dict[str, Any]
WHY = "somebody, most likely you, is signing in with this address"


class AccountAdapter(PeopleAdapter):
    """Posts allauth's mail into the outbox."""

    def send_mail(self, template_prefix: str, email: str, context: Context) -> None:
        """One letter, by the name of allauth's template."""
        kind = template_prefix.rsplit("/", 1)[-1]
        actions.post(LETTERS[kind](email, context), cause=f"sign-in:{kind}")


def _code(email: str, context: Context) -> Letter:
    code = context["code"]
    return _letter(
        email,
        subject=f"{code} is your sign-in code",
        preheader="It works once, for fifteen minutes.",
        blocks=[
            "here is your code for signing in:",
            Code(code),
            "It works once, in the browser where you asked for it, for fifteen minutes. If you did not ask for it, you can "
            "leave this letter alone: nobody gets in without the code.",
        ],
    )


def _verify(email: str, context: Context) -> Letter:
    return _letter(
        email,
        subject=f"{context['code']} confirms your address",
        preheader="To use this address for signing in.",
        blocks=[
            "to use this address for signing in, please type this code into the page that is waiting for it:",
            Code(context["code"]),
            "If you did not ask for this, you can leave this letter alone: nothing changes without the code.",
        ],
    )


def _new_password(email: str, context: Context) -> Letter:
    return _letter(
        email,
        subject="Choose a new password",
        preheader="The link works once.",
        blocks=[
            "you asked for a new password. The link below works once. If it was not you, leave this letter alone and your "
            "password stays as it is. You never need a password here: a code by mail is enough.",
        ],
        action=("Choose a new password", context["password_reset_url"]),
    )


def _notice(what: str) -> Callable[[str, Context], Letter]:
    """A letter that something about the sign-in has changed."""

    def write(email: str, context: Context) -> Letter:
        facts = [("When", f"{context['timestamp']:%d %B %Y, %H:%M} UTC"), ("From", str(context["ip"]))]
        return _letter(
            email,
            subject=what,
            preheader="If this was you, all is well.",
            blocks=[
                f"a change of your sign-in: {what[0].lower()}{what[1:]}.",
                Facts([*facts, ("Browser", str(context["user_agent"])[:120])]),
                "If this was you, all is well. If not, please end your other sessions and tell your coordinator.",
            ],
            action=("See your sign-in", reverse("mfa_index")),
        )

    return write


def _letter(email: str, *, subject: str, preheader: str, blocks: list[Block], action: Any = None) -> Letter:
    return Letter(
        to=Address(email),
        subject=subject,
        category=SIGN_IN,
        preheader=preheader,
        blocks=blocks,
        action=action,
        why=WHY,
        confidential=True,
    )


LETTERS: dict[str, Callable[[str, Context], Letter]] = {
    "login_code": _code,
    "email_confirmation": _verify,
    "email_confirmation_signup": _verify,
    "password_reset_key": _new_password,
    "password_reset": _notice("Your password was changed"),
    "password_changed": _notice("Your password was changed"),
    "password_set": _notice("A password was set"),
    "email_changed": _notice("The address of your sign-in was changed"),
    "email_deleted": _notice("An address of your sign-in was removed"),
    "totp_activated": _notice("An authenticator app was added"),
    "totp_deactivated": _notice("The authenticator app was removed"),
    "recovery_codes_generated": _notice("New recovery codes were made"),
    "webauthn_added": _notice("A passkey was added"),
    "webauthn_removed": _notice("A passkey was removed"),
}
"""allauth's names for its mails, and what is written."""
