"""Doors: every address × every role × (own, same programme, other programme, other organisation, signed out).

What is expected follows from the audience that a view declares (`ADMITTED`). An address with an object in it needs one line
more in `SEEN`: of which objects a role that the door admits finds which. The rest is *not found*, so that nobody learns what
exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from ithaca.people import account_urls
from ithaca.people.models import Account
from tests.house import routes, world
from tests.house.routes import Route
from tests.house.world import OTHER, OWN, PEOPLE, ROLES, SAME, SCOPES

COORDINATING = frozenset({"owner", "coordinator"})
ADMITTED: dict[str, frozenset[str]] = {
    "public": frozenset({*ROLES, "signed out"}),
    "workshop": frozenset({*ROLES, "signed out"}),  # the tests run in development
    "developers": frozenset({*ROLES, "signed out"}),
    "signed_in": frozenset(ROLES),
    "member": frozenset(PEOPLE),
    "staff": COORDINATING,
    "owner": frozenset({"owner"}),
    "coordinator": COORDINATING | {"programme coordinator"},
    "host": frozenset({"host"}),
}
"""Key of an audience → who enters."""

Seen = dict[str, frozenset[str]]
EVERYBODY = frozenset(PEOPLE)
BY_PROGRAMME: Seen = {
    OWN: COORDINATING | {"programme coordinator"},
    SAME: COORDINATING | {"programme coordinator"},
    OTHER: COORDINATING,
}
BY_STAFF: Seen = dict.fromkeys(SCOPES, COORDINATING)
BY_PAIR: Seen = {OWN: frozenset({"mentor", "mentee"}), SAME: frozenset(), OTHER: frozenset()}

SEEN: dict[str, Seen] = {
    "people:person": {
        OWN: COORDINATING | {"programme coordinator", "mentor", "mentee"},  # the mentee's page
        SAME: COORDINATING | {"programme coordinator", "mentor", "mentee"},  # of the same cohort: what is told to it
        OTHER: COORDINATING,
    },
    "people:": BY_STAFF,
    "notifications:": BY_STAFF,
    "programmes:about": {
        OWN: EVERYBODY,
        SAME: EVERYBODY,
        OTHER: COORDINATING | {"screener", "sponsor"},
    },
    "programmes:": BY_PROGRAMME,
    "matching:": BY_PROGRAMME,
    "studies:": BY_PROGRAMME,
    "circles:circle": {
        OWN: frozenset({"mentor", "mentee"}),  # of the circle of the whole cohort
        SAME: frozenset({"mentor", "mentee"}),
        OTHER: frozenset(),
    },
    "circles:": BY_PROGRAMME,
    "mentorships:mentorship": BY_PAIR,
    "mentorships:contact": BY_PAIR,
    "mentorships:first_meeting": BY_PAIR,
    "mentorships:": BY_PROGRAMME,
    "intake:rejected": dict.fromkeys(SCOPES, frozenset()),  # there is nothing before a preview
    "intake:": BY_PROGRAMME,
}
"""Name of an address, or the beginning of it → who finds the object of which scope."""

BEFORE = {
    *("account_request_login_code", "account_confirm_login_code", "account_login", "mfa_login_webauthn"),
    *("mfa_authenticate", "account_inactive", "account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key_done", "account_reset_password_from_key", "account_logout"),
    *("account_email_verification_sent", "people:sign_in"),
}
"""Pages of signing in, open to who is signed out; all other pages of allauth ask for a sign-in."""

MACHINES = {"health", "ready", "metrics"}
"""Asked by machines, not by people: no session; the metrics ask for a token."""

OF_ALLAUTH = [route for route in routes.every() if route.name in {entry.name for entry in account_urls.urlpatterns}]
EVERY = [
    route for route in routes.every() if route not in OF_ALLAUTH and route.name not in {"people:sign_in", *MACHINES}
]


def named(route: Route) -> str:
    return route.name


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[world.World, world.World]]:
    """Both organisations, built once for all tests of this file and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world.build("harbour"), world.build("elsewhere")
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(worlds: tuple[world.World, world.World]) -> dict[str, Client]:
    """A signed-in browser for each role; “elsewhere” is the owner of the other organisation."""
    harbour, elsewhere = worlds
    cache.clear()
    found = {role: world.browser(world.account_of(harbour.people[role])) for role in PEOPLE}
    found["host"] = world.browser(Account.objects.create_user("host@host.example", is_host=True))
    found["elsewhere"] = world.browser(world.account_of(elsewhere.people["owner"]))
    return found | {"signed out": world.browser()}


@pytest.fixture
def asking(browsers: dict[str, Client], db: None) -> dict[str, Client]:
    """The browsers; whatever a test changes is rolled back."""
    return browsers


POSTED: set[str] = set()
"""Addresses that do not answer GET, as far as they were asked: the next who comes sends the form at once."""


def answer(browser: Client, path: str, form: dict[str, str] | None = None) -> str:
    """“in”, “not found” or “sign in”. Where an address does not answer GET, it is sent the form, and rolled back."""
    response = None if path in POSTED else browser.get(path)
    if response is None or response.status_code == 405:
        POSTED.add(path)
        with transaction.atomic():
            response = browser.post(path, form or {})
            transaction.set_rollback(True)
    if response.status_code == 404:
        return "not found"
    if response.status_code == 302 and response.url.startswith("/sign-in/"):
        return "sign in"
    assert response.status_code < 500, f"{path}: {response.status_code}"
    return "in"


def admitted(route: Route) -> frozenset[str]:
    """Roles that one of the view's doors admits."""
    return frozenset().union(*(ADMITTED[door] for door in route.doors))


def seen(route: Route) -> Seen | None:
    """The line of SEEN that fits best."""
    keys = [key for key in SEEN if route.name == key or (key.endswith(":") and route.name.startswith(key))]
    return SEEN[max(keys, key=len)] if keys else None


def test_every_view_declares_its_audience() -> None:
    open_ends = [f"{route.name} ({route.pattern})" for route in EVERY if not route.doors]
    assert not open_ends, (
        f"{open_ends}: decorate the view with @open_to(…) (kernel.doors, people.doors, programmes.doors)"
    )


def test_every_audience_is_known() -> None:
    unknown = {door for route in EVERY for door in route.doors} - set(ADMITTED)
    assert not unknown, f"{unknown}: write into ADMITTED of tests/house/test_doors.py which roles enter by this door"


def test_every_placeholder_is_known() -> None:
    unknown = [f"{route.name}: {name}" for route in EVERY for name, kind in route.objects.items() if not kind]
    assert not unknown, f"{unknown}: write into KINDS of tests/house/routes.py which kind of object stands there"


def test_every_address_with_an_object_says_who_sees_it() -> None:
    silent = [route.name for route in EVERY if route.objects and route.is_of_an_organisation and seen(route) is None]
    assert not silent, (
        f"{silent}: write into SEEN of tests/house/test_doors.py who finds an object of the own pair, of the same programme "
        "and of another programme (BY_PROGRAMME and BY_STAFF are the usual answers)"
    )


def test_no_page_of_allauth_is_exposed_but_the_listed_ones() -> None:
    exposed = {route.name for route in routes.every() if route.view.__module__.startswith("allauth.")}
    assert exposed <= {route.name for route in OF_ALLAUTH}


@pytest.mark.django_db
@pytest.mark.parametrize("route", EVERY, ids=named)
def test_doors(route: Route, worlds: tuple[world.World, world.World], asking: dict[str, Client]) -> None:
    """Each role finds what it may and nothing else, in the own organisation."""
    harbour, _ = worlds
    wrong = []
    form = {"person": harbour.people["screener"].code, "role": "screener"}
    for scope in SCOPES if route.objects else (OWN,):
        path = route.path("harbour", world.codes(harbour.objects[scope]))
        for role in (*ROLES, "signed out"):
            expected = expectation(route, role, scope)
            got = answer(asking[role], path, form)
            if got != expected and not (expected == "any" and got != "sign in"):
                wrong.append(f"{role}, {scope}: expected “{expected}”, got “{got}”")
    assert not wrong, f"{route.name} ({route.pattern})\n" + "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("route", [route for route in EVERY if route.is_of_an_organisation], ids=named)
def test_nothing_of_another_organisation_is_found(
    route: Route, worlds: tuple[world.World, world.World], asking: dict[str, Client]
) -> None:
    """Neither below the other organisation's address, nor its objects below one's own."""
    harbour, elsewhere = worlds
    if "public" in route.doors:
        pytest.skip("opened by a signed link, not by who one is")
    theirs = world.codes(elsewhere.objects[OWN])
    ours = world.codes(harbour.objects[OWN])
    for role in ("owner", "mentee"):
        assert answer(asking[role], route.path("elsewhere", theirs)) == "not found", role
        if route.objects:
            assert answer(asking[role], route.path("harbour", theirs)) == "not found", role
            assert answer(asking[role], route.path("elsewhere", ours)) == "not found", role
    assert answer(asking["elsewhere"], route.path("harbour", ours)) == "not found"
    if route.objects:
        assert answer(asking["elsewhere"], route.path("elsewhere", ours)) == "not found"


@pytest.mark.django_db
@pytest.mark.parametrize("route", OF_ALLAUTH, ids=named)
def test_pages_of_the_sign_in_ask_for_one(route: Route, asking: dict[str, Client]) -> None:
    if route.pattern.startswith("^") or route.name in BEFORE:
        return
    path = "/" + routes.PLACEHOLDER.sub("1", route.pattern)
    assert answer(asking["signed out"], path) == "sign in", f"add {route.name} to BEFORE only if it works signed out"


def expectation(route: Route, role: str, scope: str) -> str:
    """What this role gets for an object of this scope."""
    if route.name == "home:start" and role == "signed out":
        return "sign in"
    if "public" in route.doors:
        return "in" if not route.is_of_an_organisation and "token" not in route.pattern else "any"
    if role not in admitted(route):
        return "sign in" if role == "signed out" else "not found"
    if route.objects and not route.is_of_an_organisation:
        return "any"
    found = seen(route) if route.objects else None
    return "in" if found is None or role in found[scope] else "not found"
