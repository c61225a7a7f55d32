"""What every test may use: the database on demand, a real browser, and the switch of the second run on PostgreSQL."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import is_hypothesis_test
from tests import browser as chromium
from tests import processes

ENGINE = Path(__file__).parent / "src/ithaca/pairing"
JOURNEYS = Path(__file__).parent / "tests/journeys"

os.environ.setdefault("ITHACA_MODE", "development")
# What is compiled is kept, for this process and those that it starts: without that, each compiles Django anew.
os.environ.update(processes.environ())
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode, sys.pycache_prefix = False, os.environ["PYTHONPYCACHEPREFIX"]
# Playwright's synchronous interface runs an event loop in the test's thread, where Django would refuse to read the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A slow or busy machine is no fault of a test. (With CI set, Hypothesis also tries the same examples every time.)
patient = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("patient", hypothesis.settings(), **patient)
hypothesis.settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=_turn)
    _try_more_examples(items, int(os.environ.get("ITHACA_EXAMPLES", "1")))
    if config.getoption("--database-only"):
        kept = [item for item in items if item.get_closest_marker("django_db") or _uses_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def pytest_collection_finish() -> None:
    """Leave what is loaded by now out of the search for garbage, and search less often: it took a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _try_more_examples(items: list[pytest.Item], times: int) -> None:
    """Let each property test try so many times the examples that it asks for."""
    functions = {item.obj for item in items if is_hypothesis_test(getattr(item, "obj", None))} if times > 1 else ()
    for function in functions:
        asked = function._hypothesis_internal_use_settings
        function._hypothesis_internal_use_settings = hypothesis.settings(asked, max_examples=asked.max_examples * times)


def _turn(item: pytest.Item) -> int:
    """The engine first: what it compiles on a fresh checkout takes longest, and others need it. Browsers last, and of those the
    long journeys before the short looks at one page, so that all processes are busy to the end."""
    if "chrome" in getattr(item, "fixturenames", ()):
        return 2 if JOURNEYS in item.path.parents else 3
    return 0 if ENGINE in item.path.parents else 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Hide the event loop that Playwright leaves running in the thread from tests that know nothing of browsers."""
    left = None if "chrome" in getattr(item, "fixturenames", ()) else asyncio._get_running_loop()
    if left is None:
        return (yield)
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(left)


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & {"db", "transactional_db", "live_server"})


@pytest.fixture(autouse=True)
def jobs_run_at_once(settings: Any) -> None:
    """A job runs where it is enqueued and raises what it raises; the conformance suite of `jobs` uses real workers."""
    settings.TASKS_IN_EARNEST = settings.TASKS
    settings.TASKS = {"default": {"BACKEND": "ithaca.jobs.immediate.ImmediateBackend", "QUEUES": []}}


@pytest.fixture(scope="session")
def chrome() -> Iterator[Any]:
    """One headless Chromium for the whole run."""
    path = chromium.chromium()
    if path is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=chromium.PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=chromium.ARGUMENTS)
        loop = asyncio._get_running_loop()
        yield browser
        asyncio._set_running_loop(loop)  # the last test may be one that it was hidden from
        browser.close()


@pytest.fixture()
def page(chrome: Any) -> Iterator[Any]:
    """A fresh page in a fresh profile, 1280 px wide."""
    with chromium.fresh(chrome) as page:
        yield page
