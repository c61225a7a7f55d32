"""Addresses below /o/<slug>/."""

from django.urls import path

from ithaca.programmes import views
from ithaca.programmes.manage import cohorts, people, programmes, roles

app_name = "programmes"
urlpatterns = [
    path("programmes/", programmes.index, name="index"),
    path("programmes/new/", programmes.new, name="new"),
    path("programmes/<slug:code>/", programmes.programme, name="programme"),
    path("programmes/<slug:code>/edit/", programmes.edit, name="edit"),
    path("programmes/<slug:code>/about/", views.about, name="about"),
    path("programmes/<slug:code>/roles/", roles.roles, name="roles"),
    path("programmes/<slug:code>/roles/revoke/", roles.revoke, name="revoke_role"),
    path("programmes/<slug:code>/cohorts/new/", cohorts.new, name="new_cohort"),
    path("cohorts/<slug:code>/", cohorts.cohort, name="cohort"),
    path("cohorts/<slug:code>/dates/", cohorts.dates, name="dates"),
    path("cohorts/<slug:code>/people/add/", people.add, name="add_person"),
    path("cohorts/<slug:code>/people/<slug:side>/", people.side, name="people"),
    path("enrolments/<slug:code>/capacity/", people.capacity, name="capacity"),
    path("enrolments/<slug:code>/withdraw/", people.withdraw, name="withdraw"),
    path("enrolments/<slug:code>/restore/", people.restore, name="restore"),
    path("enrolments/<slug:code>/pause/", people.pause, name="pause"),
    path("enrolments/<slug:code>/resume/", people.resume, name="resume"),
]
