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

CROWDED = """() => {
  const found = [], seen = [];
  const shown = (line, element) => {
    const box = {left: line.left, right: line.right, top: line.top + line.height / 4, bottom: line.bottom - line.height / 4};
    for (let up = element; up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.position === "fixed" || style.clipPath !== "none") return null;
      if (up.matches("svg, .skip, .tabs-line, dialog, [popover]")) return null;
      if (style.overflowX === "visible") continue;
      const at = up.getBoundingClientRect();
      if (up.scrollWidth > up.clientWidth + 1) found.push(`hides a part: ${up.className} ${element.textContent.trim().slice(0, 40)}`);
      box.left = Math.max(box.left, at.left);
      box.right = Math.min(box.right, at.right);
    }
    return box.right - box.left > 2 ? box : null;
  };
  const covered = (box, element) => [box.left + 2, box.right - 2].some((x) => {
    const top = document.elementFromPoint(x, (box.top + box.bottom) / 2);
    return top && !top.contains(element) && !element.contains(top) && !top.closest(".row-link, .skip, nav, label");
  });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.data.trim().slice(0, 40);
    if (!words || !node.parentElement.checkVisibility({visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of [...range.getClientRects()].map((line) => shown(line, node.parentElement)).filter(Boolean)) {
      if (box.right > innerWidth + 1 || box.left < -1) found.push(`beyond the screen: ${words}`);
      if (covered(box, node.parentElement)) found.push(`covered: ${words}`);
      for (const [other, at] of seen) {
        const wide = Math.min(box.right, at.right) - Math.max(box.left, at.left);
        const high = Math.min(box.bottom, at.bottom) - Math.max(box.top, at.top);
        if (wide > 3 && high > 3) found.push(`${other} lies under ${words}`);
      }
      seen.push([words, box]);
    }
  }
  return [...new Set(found)];
}"""
"""Lines of text that lie on or under something else, stand beyond the screen, or are in a box that has to be scrolled sideways.
A row of tabs may be: it shows that it goes on."""


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


def crowded(page: Any) -> list[str]:
    """What cannot be read on the page where it stands: overlapping, beyond the screen or scrolled out of a box."""
    size = page.viewport_size
    page.set_viewport_size({**size, "height": page.evaluate("document.documentElement.scrollHeight")})
    page.evaluate(STILL)
    found: list[str] = page.evaluate(CROWDED)
    page.set_viewport_size(size)
    return found
