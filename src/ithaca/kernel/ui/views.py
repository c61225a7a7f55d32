"""The kit's own pages: the choice of light or dark, and the living page that shows every component."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from ithaca.kernel.doors import PUBLIC, Audience, open_to
from ithaca.kernel.ui import samples

THEMES = ("paper", "sea")
YEAR = 60 * 60 * 24 * 365
WORKSHOP = Audience(
    "workshop",
    "everybody in development, else who operates the installation",
    lambda request: settings.DEVELOPMENT or getattr(request.user, "is_host", False),
)
PARTS = (
    ("words", "Words and colours"),
    ("basics", "Actions and notices"),
    ("pages", "Parts of a page"),
    ("charts", "Charts"),
    ("forms", "Fields"),
)


@open_to(PUBLIC)
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie, so that the next page comes in it from its first byte; anything else forgets the choice."""
    there = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(there if safe else "/")
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        response.delete_cookie("theme")
    return response


@open_to(WORKSHOP)
@require_http_methods(["GET", "POST"])
def living(request: HttpRequest) -> HttpResponse:
    """Every component in every state; `?theme=` and `?dir=` show it dark or right-to-left, a sent form shows its errors."""
    if request.GET.get("poll", "").isdecimal():
        return render(request, "ui/living/poll.html", samples.job(int(request.GET["poll"])))
    context = samples.context(request.POST if request.method == "POST" else None)
    if "toast" in request.GET:
        messages.success(request, "The pair is locked.", extra_tags="undo:" + request.path)
    if request.GET.get("theme") in THEMES:
        context["theme"] = request.GET["theme"]
    if request.GET.get("dir") in ("ltr", "rtl"):
        context["direction"] = request.GET["dir"]
    context["parts"] = [{"key": key, "label": label, "template": f"ui/living/{key}.html"} for key, label in PARTS]
    return render(request, "ui/living/page.html", context)
