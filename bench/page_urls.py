"""The product's addresses and one bare page that extends the same layout."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from ithaca.config.urls import urlpatterns as product


def bare(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/page.html")


urlpatterns = [path("bare/", bare), *product]
