from django.apps import AppConfig

from ithaca.kernel import events


class ActivityConfig(AppConfig):
    name = "ithaca.activity"

    def ready(self) -> None:
        from ithaca.activity import actions

        events.kept_by(actions.record)
