"""Addresses below /o/<slug>/."""

from django.urls import path

from ithaca.mentorships import manage, views

app_name = "mentorships"
urlpatterns = [
    path("mentorships/", views.index, name="index"),
    path("mentorships/<slug:code>/", views.mentorship, name="mentorship"),
    path("mentorships/<slug:code>/contact/", views.contact, name="contact"),
    path("mentorships/<slug:code>/first-meeting/", views.first_meeting, name="first_meeting"),
    path("introduction/<str:token>/", views.introduction, name="introduction"),
    path("introduction/<str:token>/contact/", views.introduction_contact, name="introduction_contact"),
    path(
        "introduction/<str:token>/first-meeting/", views.introduction_first_meeting, name="introduction_first_meeting"
    ),
    path("cohorts/<slug:code>/mentorships/", manage.mentorships, name="cohort"),
    path("outline/<slug:code>/", manage.outline, name="outline"),
    path("outline/<slug:code>/close/", manage.close, name="close"),
    path("outline/<slug:code>/reopen/", manage.reopen, name="reopen"),
]
