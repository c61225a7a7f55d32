"""Addresses below /o/<slug>/."""

from django.urls import path

from ithaca.intake.manage import imports, previews, uploads

app_name = "intake"
urlpatterns = [
    path("cohorts/<slug:code>/import/", uploads.index, name="index"),
    path("imports/<slug:code>/columns/", uploads.columns, name="columns"),
    path("imports/<slug:code>/sheet/", uploads.sheet, name="sheet"),
    path("imports/<slug:code>/discard/", uploads.discard, name="discard"),
    path("imports/<slug:code>/preview/", previews.preview, name="preview"),
    path("imports/<slug:code>/answers/", previews.answers, name="answers"),
    path("imports/<slug:code>/start/", imports.start, name="start"),
    path("imports/<slug:code>/", imports.outcome, name="outcome"),
    path("imports/<slug:code>/rejected/", imports.rejected, name="rejected"),
]
