"""Addresses of the slice; pages of the installation begin with /-/."""

from __future__ import annotations

from django.urls import path

from ithaca.notifications import development, manage, views

app_name = "notifications"
urlpatterns = [
    path("-/mail/stop/<str:token>/", views.stop, name="stop"),
    path("-/mailbox/", development.mailbox, name="mailbox"),
    path("-/mailbox/<str:code>/", development.kept, name="kept"),
    path("-/mailbox/<str:code>/body/", development.body, name="body"),
    path("o/<slug:organisation>/mail/", views.preferences, name="preferences"),
    path("o/<slug:organisation>/outbox/", manage.outbox, name="outbox"),
    path("o/<slug:organisation>/outbox/<str:code>/again/", manage.post_again, name="post_again"),
]
