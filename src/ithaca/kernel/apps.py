import gc

from django.apps import AppConfig

ALLOCATIONS = 50_000, 20, 20
"""Objects made between two looks for garbage in circles. Python's own 700 makes reading a cohort of thousands, or a page of
many lines, a third slower, since nearly all of what is made then stays; what is no longer needed goes by counting anyway."""


class KernelConfig(AppConfig):
    name = "ithaca.kernel"

    def ready(self) -> None:
        gc.set_threshold(*ALLOCATIONS)
