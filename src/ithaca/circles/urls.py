from django.urls import path

from ithaca.circles import manage

app_name = "circles"

urlpatterns = [
    path("matching/<slug:cohort>/circles/", manage.index, name="index"),
    path("matching/circles/<slug:round>/", manage.show, name="round"),
    path("matching/circles/<slug:round>/discard/", manage.discard, name="discard"),
    path("matching/circles/<slug:round>/groups.<slug:sheet>", manage.file, name="file"),
]
