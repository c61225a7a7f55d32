"""Addresses of this slice; those of signing in are in `account_urls.py`."""

from __future__ import annotations

from django.urls import path

from ithaca.people import manage, views

app_name = "people"

HERE = "o/<slug:organisation>"

urlpatterns = [
    path("sign-in/", views.request_code, name="sign_in"),
    path("account/second-step/", views.second_factor, name="second_factor"),
    path("organisations/", views.organisations, name="organisations"),
    path("-/organisations/", manage.hosted, name="hosted"),
    path(f"{HERE}/me/", views.me, name="me"),
    path(f"{HERE}/me/account/", views.my_account, name="my_account"),
    path(f"{HERE}/me/data/", views.my_data, name="my_data"),
    path(f"{HERE}/me/data/download/", views.download_my_data, name="download_my_data"),
    path(f"{HERE}/me/data/erasure/", views.ask_erasure, name="ask_erasure"),
    path(f"{HERE}/me/data/erasure/withdraw/", views.withdraw_erasure, name="withdraw_erasure"),
    path(f"{HERE}/me/profile/<slug:section>/", views.profile_section, name="profile_section"),
    path(f"{HERE}/people/", manage.people, name="people"),
    path(f"{HERE}/people/add/", manage.add_person, name="add_person"),
    path(f"{HERE}/people/<slug:code>/", views.person, name="person"),
    path(f"{HERE}/people/<slug:code>/edit/", manage.edit_person, name="edit_person"),
    path(f"{HERE}/people/<slug:code>/invite/", manage.invite_person, name="invite_person"),
    path(f"{HERE}/people/<slug:code>/roles/", manage.grant_role, name="grant_role"),
    path(f"{HERE}/people/<slug:code>/roles/end/", manage.revoke_role, name="revoke_role"),
    path(f"{HERE}/people/<slug:code>/erase/", manage.erase_person, name="erase_person"),
    path(f"{HERE}/organisation/", manage.organisation, name="organisation"),
]
