from django.urls import path

from ithaca.circles import views
from ithaca.circles.manage import introductions, rounds

app_name = "circles"

urlpatterns = [
    path("matching/<slug:cohort>/circles/", rounds.index, name="index"),
    path("matching/circles/<slug:round>/", rounds.show, name="round"),
    path("matching/circles/<slug:round>/discard/", rounds.discard, name="discard"),
    path("matching/circles/<slug:round>/groups.<slug:sheet>", rounds.file, name="file"),
    path("matching/circles/<slug:round>/introduce/", introductions.show, name="introduce"),
    path("matching/circles/<slug:round>/letters/<slug:reader>/", introductions.letter, name="letter"),
    path("circles/<slug:code>/", views.circle, name="circle"),
    path("circles/letter/<str:token>/", views.introduction, name="introduction"),
]
