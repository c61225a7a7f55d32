"""The table of addresses. Pages of an organisation live below /o/<slug>/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ithaca.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("-/health", health.health, name="health"),
    path("-/ready", health.ready, name="ready"),
    path("-/metrics", health.metrics, name="metrics"),
    path("", include("ithaca.people.account_urls")),
    path("", include("ithaca.home.urls")),
    path("", include("ithaca.people.urls")),
    path("o/<slug:organisation>/", include("ithaca.activity.urls")),
    path("", include("ithaca.notifications.urls")),
    path("o/<slug:organisation>/", include("ithaca.programmes.urls")),
    path("o/<slug:organisation>/", include("ithaca.intake.urls")),
    path("o/<slug:organisation>/", include("ithaca.matching.urls")),
    path("o/<slug:organisation>/", include("ithaca.studies.urls")),
    path("o/<slug:organisation>/", include("ithaca.circles.urls")),
    path("o/<slug:organisation>/", include("ithaca.mentorships.urls")),
    path("", include("ithaca.kernel.ui.urls")),
    path("", include("ithaca.demo.urls")),
]
