"""The processes: `ithaca run` (the web, and on SQLite the workers beside it in the same process) and `ithaca
worker`."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from ithaca.config.environment import Environment
from ithaca.jobs import crew, running

GRACE = 3
"""Seconds that open requests have after a signal to stop."""
PATIENCE = 20.0
"""Seconds that running jobs have; what is not done by then is taken over when its lease runs out."""
MIGRATING = 0x17ACA
"""Number of the advisory lock that one process holds while it changes the structure."""


def serve(environment: Environment) -> int:
    """Serve until SIGTERM or SIGINT. Brings the database's structure up to date first. Returns the exit code."""
    prepare()
    workers = _embedded(environment)
    if workers is not None:
        workers.start()
    else:
        print("On PostgreSQL, `ithaca worker` does the background jobs in processes of its own.", flush=True)
    host, port = environment["ITHACA_LISTEN"]
    server = uvicorn.Server(
        uvicorn.Config(
            "ithaca.config.asgi:application",
            host=host,
            port=port,
            loop="uvloop" if sys.platform != "win32" else "asyncio",
            http="httptools",
            lifespan="off",
            log_level="warning",
            proxy_headers=True,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
    )
    print(f"Ithaca is at {environment['ITHACA_ADDRESS']} (listening on {host}:{port}).", flush=True)
    # uvicorn gives the signal that ended it back to us; the workers are to end in peace first.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    try:
        server.run()
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)  # A second signal ends at once.
        if workers is not None:
            workers.stop(PATIENCE)
    return 0 if server.started else 1


def work(environment: Environment) -> int:
    """Work on background jobs until SIGTERM or SIGINT. Returns the exit code."""
    if not _structure_is_ready():
        print("ithaca: the database's structure is not up to date; start `ithaca run` first.", file=sys.stderr)
        return 1
    workers = _embedded(environment)
    if workers is None:
        print("Working on background jobs (Procrastinate on PostgreSQL).", flush=True)
        from ithaca.jobs import procrastinate

        procrastinate.Crew(environment["ITHACA_WORKERS"], environment["ITHACA_JOB_LEASE"]).run(PATIENCE)
        return 0
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    workers.start()
    print("Working on background jobs (embedded).", flush=True)
    while not stop.wait(3600):
        pass
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    workers.stop(PATIENCE)
    return 0


def prepare() -> None:
    """Bring the database's structure up to date; of several processes that start together, one does it."""
    open_database()
    if not missing_steps():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET lock_timeout = '60s'")
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
    try:
        steps = missing_steps()
        if steps:
            print(f"Bringing the database up to date ({steps} steps) …", flush=True)
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()  # The lock belongs to the connection.


def open_database(wait: Callable[[float], None] = time.sleep) -> None:
    """Connect. Of two processes that open a new SQLite file at the same time, one is refused at once, without SQLite's usual
    patience, while the other makes the journal: try again for as long as SQLite would have waited."""
    for _ in range(200):
        try:
            connection.ensure_connection()
            return
        except OperationalError as error:
            if connection.vendor != "sqlite" or "locked" not in str(error):
                raise
            connection.close()
            wait(0.1)
    connection.ensure_connection()


def missing_steps() -> int:
    """How many steps of the database's structure are not there yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _structure_is_ready() -> bool:
    """Waits for a web process that is just bringing the structure up to date, a minute at most."""
    for _ in range(60):
        try:
            if not missing_steps():
                return True
        except OperationalError:  # the database is just being made, or held by who makes it
            connection.close()
        time.sleep(1)
    return False


def _embedded(environment: Environment) -> crew.Crew | None:
    """The threads that work on embedded jobs, or None where Procrastinate does them."""
    running.load_tasks()
    if not str(settings.TASKS["default"]["BACKEND"]).endswith("EmbeddedBackend"):
        return None
    return crew.Crew(environment["ITHACA_WORKERS"], environment["ITHACA_JOB_LEASE"])
