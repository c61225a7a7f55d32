"""What a page costs: queries and CPU milliseconds of the five first pages, beside a bare Django page with the same layout.

Each page is asked as its own reader in a cohort of 1, 30 and 500 pairs. `ratio` is its CPU time over that of an empty page that
extends the same layout (`ui/page.html`): what the page itself adds. Times are CPU times of this thread, medians of 15.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

SIZES = (1, 30, 500)
TIMES = 15


def main() -> None:
    """Print the table."""
    os.environ.update(ITHACA_MODE="development", ITHACA_DATA=tempfile.mkdtemp(prefix="ithaca-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.page_settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(f"{'page':<12} {'pairs':>6} {'queries':>8} {'CPU ms':>8} {'ratio':>7}")
    for size in SIZES:
        _measure(size)


def _measure(size: int) -> None:
    from bench import page_world

    world = page_world.build(size)
    bare_cost, _ = _cost(world.coordinator, "/bare/")
    for name, client, address in world.pages():
        cost, queries = _cost(client, address)
        print(f"{name:<12} {size:>6} {queries:>8} {cost:>8.1f} {cost / bare_cost:>7.1f}", flush=True)


def _cost(client: Any, address: str) -> tuple[float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    queries = len(captured)  # before the next request clears the log
    return statistics.median(_timed(lambda: client.get(address)) for _ in range(TIMES)) * 1000, queries


def _timed(call: Callable[[], Any]) -> float:
    before = time.thread_time()
    call()
    return time.thread_time() - before


if __name__ == "__main__":
    main()
