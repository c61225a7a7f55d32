"""Which organisation a request is in, who the visitor is there, and whether they have proved it well enough."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation

from ithaca.kernel import tenancy
from ithaca.people import actions, permissions
from ithaca.people.models import Organisation, Person


class OrganisationMiddleware:
    """Puts the organisation of addresses below `/o/<slug>/` in scope, and the visitor's Person there on the request.

    `request.organisation` and `request.person` are None elsewhere. Whoever is signed in but unknown to the organisation
    finds nothing; who is signed out has no person and is asked to sign in by the view's door. Who may see other
    people's data is led to set up a second step of signing in first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.organisation = None
        request.person = None
        try:
            with tenancy.request_scope():
                return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponseBase | None:
        slug = kwargs.pop("organisation", None)
        if slug is not None:
            self._enter(request, slug)
        if permissions.needs_second_factor(request, view):
            return self._to_second_factor(request)
        return None

    def _enter(self, request: Any, slug: str) -> None:
        organisation = Organisation.objects.filter(slug=slug).first()
        if organisation is None:
            if request.user.is_authenticated:
                raise Http404
            return
        tenancy.enter(organisation)
        request.organisation = organisation
        if request.user.is_authenticated:
            request.person = _person_of(request.user)
            if request.person is None:
                raise Http404
            _speak_to(request)

    def _to_second_factor(self, request: Any) -> HttpResponseBase:
        address = f"{reverse('people:second_factor')}?{urlencode({'next': request.get_full_path()})}"
        if getattr(request, "htmx", False):
            return HttpResponse(headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)


def _person_of(account: Any) -> Person | None:
    """The visitor in the organisation in scope; somebody added while signed in is recognised here."""
    person: Person | None = Person.objects.filter(account=account).select_related("organisation").first()
    if person is None and actions.link_account(account=account):
        person = Person.objects.filter(account=account).select_related("organisation").first()
    return person


def _speak_to(request: Any) -> None:
    """Show dates in the person's time zone and words in their language, else in the organisation's."""
    timezone.activate(request.person.time_zone or request.organisation.time_zone)
    language = request.person.language or request.organisation.language
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()


class SessionsMiddleware:
    """Notes for the list of sessions that one is in use, every few minutes: a look at a page must not write each time."""

    EVERY = 300  # seconds

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        now = int(time.time())
        if request.user.is_authenticated and now - request.session.get("seen", 0) >= self.EVERY:
            request.session["seen"] = now
            UserSession.objects.create_from_request(request)
        return self.get_response(request)
