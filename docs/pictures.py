"""`python docs/pictures.py`: makes the README's picture from the demo world, with headless Chromium.

Builds the demo in a temporary folder, serves it on loopback, signs in by the demo's links, and lays Today, the matching board and
a mentee's Home side by side.
"""

from __future__ import annotations

import base64
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
FRAME = """<body style="margin:0;padding:36px;background:#e9e2d4;display:flex;gap:28px;align-items:flex-start;width:2154px">
<style>img{{border-radius:18px;box-shadow:0 10px 40px #0003;display:block}}</style>
<img src="{today}" width="900"><img src="{board}" width="900"><img src="{home}" width="298"></body>"""


def main() -> None:
    """Write docs/pictures/ithaca.png."""
    with tempfile.TemporaryDirectory(prefix="ithaca-pictures-") as folder:
        environment = _environment(folder)
        ithaca = [sys.executable, "-m", "ithaca.cli"]
        said = subprocess.run([*ithaca, "demo"], env=environment, check=True, capture_output=True, text=True).stdout
        links = dict(re.findall(r"^\s+(\w+)\s+(http\S+)$", said, flags=re.M))
        server = subprocess.Popen([*ithaca, "run"], env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait(environment["ITHACA_ADDRESS"])
            _take(links)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _environment(folder: str) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{probe.getsockname()[1]}"
    ours = {
        "ITHACA_MODE": "development",
        "ITHACA_DATA": folder,
        "ITHACA_LISTEN": listen,
        "ITHACA_ADDRESS": f"http://{listen}",
    }
    return {**os.environ, **ours}


def _wait(address: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/-/health", timeout=5).close()
            return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError("the server did not start")


def _take(links: dict[str, str]) -> None:
    from playwright.sync_api import sync_playwright
    from tests import browser as chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.chromium(), args=chromium.ARGUMENTS)
        coordinator = _signed_in(browser, links["Coordinator"], 1180, "light")
        today = _picture(coordinator)
        coordinator = _signed_in(browser, links["Coordinator"], 1180, "dark")
        coordinator.get_by_role("link", name="Programmes").first.click()
        coordinator.get_by_role("link", name="Cohort 7").first.click()
        main = coordinator.get_by_role("main")
        main.get_by_role("link", name="Matching", exact=True).click()
        main.get_by_role("link", name="Matching 1").click()
        main.get_by_role("link", name="board").first.click()
        board = _picture(coordinator)
        home = _picture(_signed_in(browser, links["Mentee"], 390, "light"), height=844)
        page = browser.new_page(viewport={"width": 2226, "height": 800})
        page.set_content(FRAME.format(today=today, board=board, home=home))
        page.screenshot(path=ROOT / "docs/pictures/ithaca.png", full_page=True)
        browser.close()


def _signed_in(browser: Any, link: str, width: int, scheme: str) -> Any:
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme, device_scale_factor=1)
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state("networkidle")
    return page


def _picture(page: Any, height: int = 844) -> str:
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    return "data:image/png;base64," + base64.b64encode(page.screenshot()).decode()


if __name__ == "__main__":
    main()
