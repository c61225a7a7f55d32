"""Every view says who may enter: `@open_to(MEMBER)`.

An `Audience` is declared by the slice that knows the people (`people.doors`, `programmes.doors`). Whom it does not admit finds
nothing (404), so that nobody learns what exists; who is not signed in is asked to sign in, unless the door is public.
The house's tests fail for a view without a declaration and try every address as every role.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Audience:
    """People whom a door admits. `signed_in` tells whether a visitor is asked to sign in first, `second_factor` whether
    they must have proved who they are twice (whoever sees other people's data)."""

    key: str
    label: str
    admits: Callable[[Any], bool]
    signed_in: bool = True
    second_factor: bool = False


PUBLIC = Audience("public", "everybody", lambda request: True, signed_in=False)
SIGNED_IN = Audience("signed_in", "who is signed in", lambda request: bool(request.user.is_authenticated))


def open_to(*audiences: Audience) -> Callable[[View], View]:
    """Admit the request if any of `audiences` does; the view carries `view.audiences` for the tests."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if any(audience.admits(request) for audience in audiences):
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated and all(audience.signed_in for audience in audiences):
                return redirect_to_login(request.get_full_path())
            raise Http404

        guarded.audiences = audiences  # type: ignore[attr-defined]
        return guarded

    return decorate
