"""Addresses of the demo."""

from django.urls import path

from ithaca.demo import views

app_name = "demo"
urlpatterns = [path("-/demo/<str:token>/", views.sign_in, name="sign_in")]
