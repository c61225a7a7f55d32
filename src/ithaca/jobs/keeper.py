"""The thread beside the workers of a process: gives signs of life, renews leases, takes over from the dead,
fires schedules."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable

from django.db import connections
from django.utils import timezone

from ithaca.jobs import schedules
from ithaca.jobs.models import Worker

log = logging.getLogger("ithaca.jobs")


def new_name() -> str:
    """A name for this process as a worker, never used before: host, process and chance."""
    return f"{socket.gethostname()[:40]}.{os.getpid()}.{secrets.token_hex(4)}"


class Keeper(threading.Thread):
    """Calls `care` four times in a lease and looks at the schedules every `beat` seconds, until `stop`.

    Nothing that goes wrong ends it: without a keeper the leases of this process would run out.
    """

    def __init__(self, name: str, *, lease: float, beat: float, care: Callable[[], None]) -> None:
        super().__init__(name="jobs-keeper", daemon=True)
        self.worker, self._care, self._beat, self._every = name, care, beat, lease / 4
        self._ended = threading.Event()

    def run(self) -> None:
        """Beat by beat."""
        cared_at = float("-inf")
        while not self._ended.is_set():
            try:
                if time.monotonic() - cared_at >= self._every:
                    self._care()
                    Worker.objects.update_or_create(name=self.worker, defaults={"seen_at": timezone.now()})
                    cared_at = time.monotonic()
                schedules.fire_due()
            except Exception:
                log.exception("The keeper of the workers met an error and goes on.")
                connections.close_all()
            self._ended.wait(self._beat)
        try:
            Worker.objects.filter(name=self.worker).delete()
        finally:
            connections.close_all()

    def stop(self) -> None:
        """End with the current beat and take leave."""
        self._ended.set()
        self.join(timeout=5)
