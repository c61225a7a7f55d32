"""`python -m tests.wheel`: the wheel built from the tree serves the pages with nothing but Python.

Builds it, installs it with the pinned dependencies into a fresh environment that sees no node and no checkout, builds the demo
world, starts the server on loopback, and looks at the first pages and their style sheet.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("/", "/-/health", "/static/ui/dist/ithaca.css", "/sign-in/")


def main() -> int:
    """Returns 1 if a page is not served."""
    with tempfile.TemporaryDirectory(prefix="ithaca-wheel-") as name:
        folder = Path(name)
        wheel = _build(folder)
        environment = _install(folder, wheel)
        return _serve(folder, environment)


def _build(folder: Path) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.whl"))


def _install(folder: Path, wheel: Path) -> dict[str, str]:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True)
    uv = [str(Path(sys.executable).parent / "uv"), "pip", "install", "-q", "--python", str(folder / "venv/bin/python")]
    subprocess.run([*uv, "-r", str(ROOT / "requirements/run.txt")], check=True)
    subprocess.run([*uv, "--no-deps", str(wheel)], check=True)
    return {
        "PATH": f"{folder}/venv/bin",
        "HOME": str(folder),
        "ITHACA_MODE": "development",
        "ITHACA_DATA": str(folder / "data"),
        "ITHACA_LISTEN": f"127.0.0.1:{_free_port()}",
    }


def _serve(folder: Path, environment: dict[str, str]) -> int:
    address = f"http://{environment['ITHACA_LISTEN']}"
    environment["ITHACA_ADDRESS"] = address
    ithaca = str(folder / "venv/bin/ithaca")
    subprocess.run([ithaca, "demo", "--once"], check=True, env=environment, cwd=folder, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([ithaca, "run"], env=environment, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        missing = [page for page in PAGES if not _answers(address + page)]
    finally:
        server.terminate()
        server.wait(timeout=20)
    print(f"the wheel does not serve {missing}" if missing else "the wheel serves its pages with nothing but Python")
    return int(bool(missing))


def _answers(address: str, patience: float = 60) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return bool(answer.status == 200 and answer.read(1))
        except urllib.error.HTTPError:
            return False
        except OSError:
            time.sleep(0.3)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    sys.exit(main())
