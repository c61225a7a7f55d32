"""Links in mail: signed, for one purpose, for one time span, leading to a page with a button.

Mail scanners follow links, so opening one changes nothing; the page behind it asks for a POST.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing


class LinkExpired(ValueError):
    """The link was right but is too old."""


class LinkBroken(ValueError):
    """The link was not made by us for this purpose (or lost a piece on its way)."""


def sign(purpose: str, data: dict[str, Any]) -> str:
    """A token that carries `data` and serves `purpose` only."""
    return signing.dumps(data, salt=f"ithaca.links.{purpose}", compress=True)


def read(purpose: str, token: str, valid_for: timedelta) -> dict[str, Any]:
    """The data of a token. Raises LinkExpired or LinkBroken."""
    try:
        found = signing.loads(token, salt=f"ithaca.links.{purpose}", max_age=valid_for)
    except signing.SignatureExpired as error:
        raise LinkExpired("This link has expired.") from error
    except signing.BadSignature as error:
        raise LinkBroken("This link is incomplete or was changed on its way.") from error
    return dict(found)
