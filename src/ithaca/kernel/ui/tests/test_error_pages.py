"""The pages one does not hope to see: kind, with a way back, also where there is no request to ask."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import csrf, defaults

pytestmark = pytest.mark.django_db


def test_unknown_address_says_so_and_leads_home(client: Client) -> None:
    answer = client.get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()


@pytest.mark.parametrize("name", ["404", "403", "403_csrf", "500"])
def test_error_pages_need_no_context(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert "<h1>" in page
    assert "None" not in page


def test_djangos_views_find_them() -> None:
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    assert "broke on our side" in defaults.server_error(request).content.decode()
    assert "once more" in csrf.csrf_failure(request, "no cookie").content.decode()
