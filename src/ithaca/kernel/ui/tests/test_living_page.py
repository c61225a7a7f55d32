"""The living page and the choice of light or dark, without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def development(settings: Any) -> None:
    settings.DEVELOPMENT = True


def test_in_production_the_living_page_asks_who_is_there(client: Client, settings: Any) -> None:
    settings.DEVELOPMENT = False
    answer = client.get("/-/ui/")
    assert answer.status_code == 302
    assert "next=/-/ui/" in answer["Location"]


def test_living_page_shows_every_kind_of_field(client: Client) -> None:
    page = client.get("/-/ui/").content.decode()
    for part in ('type="date"', 'type="radio"', 'type="checkbox"', "data-chips", "data-drop", "<dialog", "popover"):
        assert part in page, part


def test_a_sent_form_shows_its_errors_with_the_fields(client: Client) -> None:
    page = client.post("/-/ui/", {"name": ""}).content.decode()
    assert "data-error-summary" in page
    assert 'href="#id_name"' in page
    assert 'aria-invalid="true"' in page


def test_the_choice_of_theme_is_kept_and_a_foreign_address_is_not_followed(client: Client) -> None:
    answer = client.post("/-/theme/", {"theme": "sea", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert 'data-theme="sea"' in client.get("/-/ui/").content.decode()


def test_a_visitor_can_follow_the_device_again(client: Client) -> None:
    client.post("/-/theme/", {"theme": "sea"})
    client.post("/-/theme/", {"theme": ""})
    assert "data-theme=" not in client.get("/-/ui/").content.decode()
