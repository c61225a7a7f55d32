from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "ithaca.studies"

    def ready(self) -> None:
        from ithaca.studies import looks, receivers  # noqa: F401
