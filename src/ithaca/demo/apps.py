from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "ithaca.demo"
