from django.urls import path

from ithaca.kernel.ui import views

app_name = "ui"
urlpatterns = [
    path("-/theme/", views.theme, name="theme"),
    path("-/ui/", views.living, name="living"),
]
