"""Signing in as somebody of the demo world; in development only."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ithaca.demo import actions, world
from ithaca.kernel import links
from ithaca.kernel.doors import PUBLIC, open_to
from ithaca.people import permissions
from ithaca.people.models import Person


@open_to(PUBLIC)
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button; pressing it signs in as the person that the link was made for."""
    person = _person_of(token)
    if request.method == "GET":
        return render(request, "demo/sign_in.html", {"visitor": person})
    account = actions.let_in(person)
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[permissions.DEVELOPMENT_SIGN_IN] = True
    return redirect(f"/o/{person.organisation.slug}/")


def _person_of(token: str) -> Person:
    if not settings.DEVELOPMENT:
        raise Http404
    try:
        data = links.read(world.PURPOSE, token, world.VALID_FOR)
    except (links.LinkBroken, links.LinkExpired) as error:
        raise Http404 from error
    # The link itself names the person; no organisation is in scope before the sign-in.
    person: Person | None = Person.everywhere.select_related("organisation").filter(code=data.get("person")).first()
    if person is None:
        raise Http404
    return person
