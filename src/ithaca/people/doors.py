"""Who may enter a page of an organisation (see `kernel.doors`)."""

from __future__ import annotations

from typing import Any

from ithaca.kernel.doors import Audience
from ithaca.people import permissions
from ithaca.people.rules import COORDINATING, Role

MEMBER = Audience("member", "people of the organisation", lambda request: request.person is not None)


def _has(roles: frozenset[Role]) -> Any:
    return lambda request: request.person is not None and bool(permissions.roles_of(request.person) & roles)


OWNER = Audience("owner", "owners of the organisation", _has(frozenset({Role.OWNER})), second_factor=True)
STAFF = Audience("staff", "owners and coordinators of the organisation", _has(COORDINATING), second_factor=True)
HOST = Audience(
    "host", "who operates the installation", lambda request: getattr(request.user, "is_host", False), second_factor=True
)
