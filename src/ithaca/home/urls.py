"""Addresses of the doors."""

from django.urls import path

from ithaca.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("o/<slug:organisation>/", views.home, name="home"),
    path("o/<slug:organisation>/today/", views.today, name="today"),
]
