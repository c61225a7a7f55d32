from django.urls import path

from ithaca.matching.manage import board, compare, criteria, overview, pairs, publish, runs, turns

app_name = "matching"

urlpatterns = [
    path("matching/<slug:cohort>/", overview.overview, name="overview"),
    path("matching/<slug:cohort>/rules/", criteria.edit, name="rules"),
    path("matching/<slug:cohort>/rules/effect/", criteria.effect, name="effect"),
    path("matching/<slug:cohort>/turns/", turns.show, name="turns"),
    path("matching/<slug:cohort>/compare/", compare.show, name="compare"),
    path("matching/<slug:cohort>/start/", runs.start, name="start"),
    path("matching/runs/<slug:run>/", runs.show, name="run"),
    path("matching/runs/<slug:run>/stop/", runs.stop, name="stop"),
    path("matching/boards/<slug:board>/", board.show, name="board"),
    path("matching/boards/<slug:board>/change/", board.change, name="change"),
    path("matching/boards/<slug:board>/undo/", board.undo, name="undo"),
    path("matching/boards/<slug:board>/redo/", board.redo, name="redo"),
    path("matching/boards/<slug:board>/solve/", runs.solve_again, name="solve_again"),
    path("matching/boards/<slug:board>/take/<slug:run>/", runs.take, name="take"),
    path("matching/boards/<slug:board>/pairs/<slug:mentor>/<slug:mentee>/", pairs.show, name="pair"),
    path("matching/boards/<slug:board>/mentees/<slug:person>/", pairs.mentee, name="mentee"),
    path("matching/boards/<slug:board>/mentors/<slug:person>/", pairs.mentor, name="mentor"),
    path("matching/boards/<slug:board>/publish/", publish.show, name="publish"),
    path(
        "matching/boards/<slug:board>/letters/<slug:mentor>/<slug:mentee>/<slug:reader>/",
        publish.letter,
        name="letter",
    ),
]
