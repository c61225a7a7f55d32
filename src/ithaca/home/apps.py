from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "ithaca.home"

    def ready(self) -> None:
        from ithaca.home import desk, receivers  # noqa: F401
