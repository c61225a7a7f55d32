from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "ithaca.people"

    def ready(self) -> None:
        from ithaca.people import receivers  # noqa: F401
