from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "ithaca.kernel"
