"""Signing in: the page that asks for an address first, and the way to a second step."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import RequestLoginCodeView
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from ithaca.kernel.doors import SIGNED_IN, open_to
from ithaca.people import actions, permissions

AFTER_SET_UP = "after_second_factor"
"""Key of the session: where somebody was going when a second step was asked for."""


class RequestCodeView(RequestLoginCodeView):  # type: ignore[misc]
    """Asks for an address and sends a code. Known and unknown addresses get the same answer."""

    def get_initial(self) -> dict[str, Any]:
        """The address that a link in an invitation carries."""
        return {"email": self.request.GET.get("email", "")[:254]}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actions.provide_account(email=request.POST.get("email", ""))
        answer: HttpResponseBase = super().post(request, *args, **kwargs)
        return answer


request_code = RequestCodeView.as_view()


@require_GET
@open_to(SIGNED_IN)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second step is needed, and the two ways to set one up; who has one proves it and goes on."""
    target = _safe(request, request.GET.get("next", "/"))
    if permissions.has_second_factor(request):
        return redirect(target)
    if permissions.has_authenticator(request.user):
        methods = get_adapter().get_reauthentication_methods(request.user)
        second = next(method for method in methods if method["id"] != "reauthenticate")
        return redirect(second["url"] + f"?next={target}")
    request.session[AFTER_SET_UP] = target
    return render(request, "people/second_factor.html", {"target": target})


def _safe(request: HttpRequest, target: str) -> str:
    """An address of this site; anything else becomes the start page."""
    hosts = {request.get_host(), *settings.ALLOWED_HOSTS}
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=hosts) else "/"
