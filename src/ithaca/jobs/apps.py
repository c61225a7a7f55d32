from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "ithaca.jobs"
