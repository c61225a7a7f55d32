"""The table of addresses. Pages of an organisation live below /o/<slug>/."""

from __future__ import annotations

from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path

from ithaca.config import health

PACKAGE = Path(__file__).resolve().parent.parent


def _slice(prefix: str, name: str) -> list[URLPattern | URLResolver]:
    file = PACKAGE / name.replace(".", "/") / "urls.py"
    return [path(prefix, include(f"ithaca.{name}.urls"))] if file.exists() else []


urlpatterns: list[URLPattern | URLResolver] = [
    path("-/health", health.health, name="health"),
    path("-/ready", health.ready, name="ready"),
    path("-/metrics", health.metrics, name="metrics"),
    path("", include("ithaca.people.account_urls")),
    *_slice("", "home"),
    *_slice("", "people"),
    *_slice("o/<slug:organisation>/", "activity"),
    *_slice("", "notifications"),
    *_slice("o/<slug:organisation>/", "programmes"),
    *_slice("o/<slug:organisation>/", "intake"),
    *_slice("o/<slug:organisation>/", "matching"),
    *_slice("o/<slug:organisation>/", "mentorships"),
    *_slice("", "kernel.ui"),
    *_slice("", "demo"),
]
