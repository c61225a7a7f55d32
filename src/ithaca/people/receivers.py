"""When allauth says that somebody proved an address, their people become theirs."""

from __future__ import annotations

from typing import Any

from allauth.account import signals
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.dispatch import receiver

from ithaca.people import actions


@receiver(signals.user_logged_in)
def link_people_at_sign_in(user: Any, **_: Any) -> None:
    actions.link_account(account=user)


@receiver(signals.email_changed)
def follow_changed_address(user: Any, **_: Any) -> None:
    user.refresh_from_db()
    actions.follow_address(account=user)


@receiver(mfa_signals.authenticator_added)
def remember_second_factor(request: Any, user: Any, authenticator: Any, **_: Any) -> None:
    """Setting up a passkey or an app proves it as well: nobody is asked for it again a moment later."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", type=authenticator.type, reauthenticated=True)
