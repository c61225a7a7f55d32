from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "ithaca.programmes"

    def ready(self) -> None:
        from ithaca.programmes import permissions  # noqa: F401
