from django.apps import AppConfig


class CirclesConfig(AppConfig):
    name = "ithaca.circles"

    def ready(self) -> None:
        from ithaca.circles import looks  # noqa: F401
