"""Pages of the members of a circle; with the signed link of their letter also without signing in."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ithaca.circles import emails, queries, rules
from ithaca.kernel import links
from ithaca.kernel.doors import PUBLIC, open_to
from ithaca.people.doors import MEMBER
from ithaca.people.models import Person


@open_to(MEMBER)
@require_GET
def circle(request: Any, code: str) -> HttpResponse:
    """A circle as its members see it."""
    return _page(request, code, request.person, "circles/circle.html")


@open_to(PUBLIC)
@require_GET
def introduction(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in a letter: the same, for this reader only. Whatever is wrong with a link, it opens nothing."""
    try:
        data = links.read(emails.LINK, token, datetime.timedelta(days=rules.LINK_DAYS))
        reader = Person.objects.get(code=data["person"])
    except (links.LinkExpired, links.LinkBroken, Person.DoesNotExist) as error:
        raise Http404 from error
    return _page(request, data["circle"], reader, "circles/letter.html")


def _page(request: Any, code: str, reader: Person, template: str) -> HttpResponse:
    found = queries.circle_of(reader, code)
    if found is None:
        raise Http404
    others = [(person, queries.told_of(person)) for person in found.others(reader)]
    context = {
        "circle": found,
        "reader": reader,
        "others": others,
        "left": queries.left_from(found),
        "write_to": queries.write_to(found, reader),
    }
    return render(request, template, context)
