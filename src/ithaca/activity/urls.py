"""Addresses of the ledger, below `/o/<slug>/`."""

from __future__ import annotations

from django.urls import path

from ithaca.activity import views

app_name = "activity"
urlpatterns = [
    path("me/looks/", views.about_me, name="about_me"),
    path("record/", views.ledger, name="ledger"),
]
