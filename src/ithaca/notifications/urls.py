"""Addresses of the slice; pages of the installation begin with /-/."""

from __future__ import annotations

from django.urls import path

from ithaca.notifications import views

app_name = "notifications"
urlpatterns = [
    path("-/mail/stop/<str:token>/", views.stop, name="stop"),
    path("o/<slug:organisation>/mail/", views.preferences, name="preferences"),
]
