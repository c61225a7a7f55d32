from django.urls import path

from ithaca.studies import manage

app_name = "studies"

urlpatterns = [
    path("matching/boards/<slug:board>/fairness/", manage.fairness, name="fairness"),
    path("matching/boards/<slug:board>/study/<slug:kind>/", manage.study, name="study"),
    path("matching/boards/<slug:board>/study/<slug:kind>/stop/", manage.stop, name="stop"),
    path("matching/boards/<slug:board>/study/<slug:kind>/<slug:key>/take/", manage.take, name="take"),
]
