"""A letter in a frame of a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ithaca.notifications import framing
from ithaca.notifications.tests.conftest import introduction
from ithaca.people.models import Person


def test_only_pages_of_the_house_may_frame_a_letter_and_nothing_runs_in_it(ada: Person) -> None:
    @framing.framed
    def view(request: HttpRequest) -> HttpResponse:
        return framing.shown(request, introduction(ada))

    answer = view(RequestFactory().get("/"))
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer._csp_replace == framing.POLICY
    assert "<html" in answer.content.decode()
    text = view(RequestFactory().get("/?text=1"))
    assert text.headers["Content-Type"].startswith("text/plain")
    assert "<html" not in text.content.decode()
