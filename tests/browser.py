"""Debian's Chromium for the journeys, and axe in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SIZE = {"width": 1280, "height": 900}
PATIENCE = 60_000
"""Milliseconds that a page may take to show what a test waits for: only a broken run takes so long."""
STILL = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (;;) {
    await frame();
    await frame();
    const ends = (animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime);
    const moving = document.getAnimations().filter(ends);
    if (!moving.length) return;
    await Promise.allSettled(moving.map((animation) => animation.finished));
  }
}"""
"""Waits until nothing moves any more, else axe meets a colour on its way: where one movement ends, an inner one may begin."""


def chromium() -> str | None:
    """Path of the browser, or None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def fresh(chrome: Any) -> Iterator[Any]:
    """A fresh page in a fresh profile, 1280 px wide."""
    context = chrome.new_context(viewport=SIZE)
    context.set_default_timeout(PATIENCE)
    try:
        yield context.new_page()
    finally:
        context.close()


def violations(page: Any) -> list[str]:
    """What axe finds wrong with the page once nothing moves, one line each. Axe is read once for each document."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(STILL)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then((result) => result.violations)")
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]
