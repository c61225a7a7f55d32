from django.apps import AppConfig


class MentorshipsConfig(AppConfig):
    name = "ithaca.mentorships"

    def ready(self) -> None:
        from ithaca.mentorships import permissions  # noqa: F401
