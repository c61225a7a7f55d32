"""Which organisation a request is in, and who the visitor is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from ithaca.kernel import tenancy
from ithaca.people.models import Organisation, Person


class OrganisationMiddleware:
    """Puts the organisation of addresses below `/o/<slug>/` in scope, and the visitor's Person there on the request.

    `request.organisation` and `request.person` are None elsewhere. Whoever is signed in but unknown to the organisation finds
    nothing; who is signed out has no person and is asked to sign in by the view's door.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.organisation = None
        request.person = None
        try:
            return self.get_response(request)
        finally:
            tenancy.leave()

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        slug = kwargs.pop("organisation", None)
        if slug is None:
            return
        organisation = Organisation.objects.filter(slug=slug).first()
        if organisation is None and request.user.is_authenticated:
            raise Http404
        if organisation is None:
            return
        tenancy.enter(organisation)
        request.organisation = organisation
        if request.user.is_authenticated:
            request.person = Person.objects.filter(account=request.user).first()
            if request.person is None:
                raise Http404
