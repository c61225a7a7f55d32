"""Pages of the two people of a mentorship; with the signed link of their introduction also without signing in."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ithaca.kernel import links
from ithaca.kernel.doors import PUBLIC, open_to
from ithaca.mentorships import actions, emails, forms, queries, rules
from ithaca.mentorships.models import Mentorship
from ithaca.people.doors import MEMBER
from ithaca.people.models import Person


@open_to(MEMBER)
@require_GET
def index(request: Any) -> HttpResponse:
    """All mentorships of the visitor; with a single one, that one."""
    own = list(queries.of(request.person))
    if len(own) == 1:
        return redirect("mentorships:mentorship", request.organisation.slug, own[0].code)
    return render(request, "mentorships/index.html", {"mentorships": own})


@open_to(MEMBER)
@require_GET
def mentorship(request: Any, code: str) -> HttpResponse:
    """A mentorship as one of the two sees it, opening on the next step."""
    return _page(request, _own(request, code), request.person, token="")


@open_to(MEMBER)
@require_POST
def contact(request: Any, code: str) -> HttpResponse:
    """Tell that the two are in touch, or take it back."""
    return _told(request, _own(request, code), request.person, token="")


@open_to(MEMBER)
@require_POST
def first_meeting(request: Any, code: str) -> HttpResponse:
    """Tell the day of the first meeting."""
    return _dated(request, _own(request, code), request.person, token="")


@open_to(PUBLIC)
@require_GET
def introduction(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in an introduction: the same as the pair's own page, for this reader only."""
    found, reader = _signed(token)
    return _page(request, found, reader, token=token)


@open_to(PUBLIC)
@require_POST
def introduction_contact(request: HttpRequest, token: str) -> HttpResponse:
    """Tell by the link that the two are in touch, or take it back."""
    found, reader = _signed(token)
    return _told(request, found, reader, token=token)


@open_to(PUBLIC)
@require_POST
def introduction_first_meeting(request: HttpRequest, token: str) -> HttpResponse:
    """Tell by the link the day of the first meeting."""
    found, reader = _signed(token)
    return _dated(request, found, reader, token=token)


def _own(request: Any, code: str) -> Mentorship:
    found: Mentorship = get_object_or_404(queries.of(request.person), code=code)
    return found


def _signed(token: str) -> tuple[Mentorship, Person]:
    """The mentorship and the reader that a link was made for. Whatever is wrong with a link, it opens nothing."""
    try:
        data = links.read(emails.LINK, token, datetime.timedelta(days=rules.LINK_DAYS))
        reader = Person.objects.get(code=data["person"])
        return queries.of(reader).get(code=data["mentorship"]), reader
    except (links.LinkExpired, links.LinkBroken, Person.DoesNotExist, Mentorship.DoesNotExist) as error:
        raise Http404 from error


def _page(
    request: Any, found: Mentorship, reader: Person, *, token: str, form: forms.FirstMeetingForm | None = None
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "sight": queries.sight(found, reader, today),
        "form": form or forms.FirstMeetingForm(initial={"on": today + datetime.timedelta(days=7)}),
        "to_contact": _address(request, "contact", found, token),
        "to_first_meeting": _address(request, "first_meeting", found, token),
        "signed": bool(token),
    }
    template = "mentorships/introduction.html" if token else "mentorships/mentorship.html"
    return render(request, template, context, status=422 if form else 200)


def _told(request: Any, found: Mentorship, reader: Person, *, token: str) -> HttpResponse:
    if "undo" in request.GET:
        actions.take_back_contact(found, by=reader)
    else:
        actions.tell_contact(found, by=reader)
        undo = _address(request, "contact", found, token) + "?undo"
        messages.success(request, "Good. Now agree on a first meeting.", extra_tags=f"undo:{undo}")
    return redirect(_address(request, "", found, token))


def _dated(request: Any, found: Mentorship, reader: Person, *, token: str) -> HttpResponse:
    form = forms.FirstMeetingForm(request.POST)
    if form.is_valid():
        try:
            actions.date_first_meeting(found, on=form.cleaned_data["on"], by=reader)
        except rules.Refused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, "Saved. Your coordinator sees the day, nothing else.")
            return redirect(_address(request, "", found, token))
    return _page(request, found, reader, token=token, form=form)


def _address(request: Any, what: str, found: Mentorship, token: str) -> str:
    slug = request.organisation.slug
    if token:
        name = f"introduction_{what}" if what else "introduction"
        return reverse(f"mentorships:{name}", kwargs={"organisation": slug, "token": token})
    return reverse(f"mentorships:{what or 'mentorship'}", kwargs={"organisation": slug, "code": found.code})
