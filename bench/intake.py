# ruff: noqa: SIM905 - lists of words read best as lines of words
"""Bringing in 100,000 people from one sheet: processor seconds per phase, memory, and the ratio to bare reading.

    python -m bench intake [--rows 100000] [--kind csv|xlsx|both]

Each kind runs in a process of its own on a fresh SQLite database (or the one ITHACA_DATABASE names, which must be empty).
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HEADER = [
    "Timestamp", "Full name", "E-mail", "Job title", "Company", "Department", "Town", "Country", "Time zone",
    "Skills you can offer", "Languages", "Years of experience", "Availability", "How would you like to meet?",
    "Number of mentees", "Interests", "What do you hope for?",
]  # fmt: skip
GIVEN = "Ada Bruno Chidi Dalia Emre Freya Goran Hana Ines Jonas Kofi Lena Marek Noor Olga Pavel Quinn Rosa Sven Tala".split()
FAMILY = "Abara Berg Costa Dietz Evans Ferri Gupta Horvat Ito Jansen Keller Lopez Maier Novak Okoye Petit Rossi Silva".split()
SKILLS = [f"Skill {number}" for number in range(1, 80)]
FREE = ["Mon-Fri mornings", "Tuesdays 17-19", "weekday evenings", "Mon, Wed 18:00-20:00", "Thursday afternoons"]
HOPES = ["Pass on what I learned the slow way.", "Meet people outside my own trade.", "Become a better listener.", ""]


def rows(count: int) -> Iterator[list[str]]:
    """Invented people, always the same for a number."""
    chance = random.Random(7)
    zones = ["Europe/Lisbon", "Europe/Berlin", "CET", "Africa/Lagos"]
    for number in range(count):
        letters = "".join(chr(97 + number // 26**power % 26) for power in range(4))
        yield [
            "2026-09-01 09:12", f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}-{letters.title()}", f"{letters}@example.org",
            f"Adviser {number % 300}", f"Firm {number % 900}", f"Team {number % 40}", "Porto",
            chance.choice(["Portugal", "Germany", "Nigeria", "Japan"]), chance.choice(zones),
            "; ".join(chance.sample(SKILLS, 4)), "English, Portuguese" if number % 3 else "German", str(number % 35),
            chance.choice(FREE), chance.choice(["Online", "In person", "Either"]), str(1 + number % 3),
            "Hiking, Choir", chance.choice(HOPES),
        ]  # fmt: skip


def sheet(kind: str, count: int) -> bytes:
    """The file."""
    from ithaca.kernel.sheets import write

    return write.xlsx(HEADER, rows(count)) if kind == "xlsx" else write.csv(HEADER, rows(count))


@contextmanager
def phase(name: str, took: dict[str, float]) -> Iterator[None]:
    """Note the seconds of the processor for what is inside: what else runs on the machine does not count."""
    began = time.process_time()
    yield
    took[name] = time.process_time() - began
    if os.environ.get("BENCH_MEMORY"):
        resident = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
        print(
            f"{name}: {resident:,.0f} MB now, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most"
        )


def bare(kind: str, data: bytes) -> int:
    """Reading alone, by the library below; the number of rows."""
    if kind == "csv":
        return sum(1 for _ in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    import python_calamine

    return len(python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python())


def measure(kind: str, path: Path) -> None:
    """One kind in this process: prints its table."""
    data = path.read_bytes()
    took: dict[str, float] = {}
    with phase("bare reading", took):
        count = bare(kind, data) - 1
    cohort = _cohort()
    import ithaca.intake.actions as intake
    from ithaca.intake.models import Outcome, Preview, Upload
    from ithaca.kernel.sheets import reading
    from ithaca.rosters import columns, people

    with phase("reading", took):
        table = reading.read(data, path.name)
    with phase("guessing columns", took):
        mapping = columns.guess(table, "mentor")
    with phase("understanding rows", took):
        people.clean(table, mapping)
    del table
    with phase("upload (reads, guesses, keeps)", took):
        upload = intake.receive(cohort, name=path.name, data=data, role="mentor", by=None)
    upload = intake.confirm(upload, choices={}, by=None)
    with phase("preview (reads, understands, compares)", took):
        intake.prepare.call(upload.organisation_id, upload.code, "")
    with phase("import (plans again, writes all)", took):
        intake.start(upload, by=None)
        intake.run_import.call(upload.organisation_id, upload.code)
    done = Outcome.objects.get(run__upload=upload).counts
    again = intake.confirm(
        intake.receive(cohort, name=path.name, data=data, role="mentor", by=None), choices={}, by=None
    )
    with phase("preview of the same file again", took):
        intake.prepare.call(again.organisation_id, again.code, "")
    second = Preview.objects.get(upload=Upload.objects.get(pk=again.pk)).counts
    _tell(kind, count, len(data), took, f"first: {done}; again: {second}")
    if done["new"] != count or second["unchanged"] != count:
        sys.exit("the import did not do what it should")


def _tell(kind: str, count: int, size: int, took: dict[str, float], came: str) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{kind}: {count:,} rows × {len(HEADER)} columns, {size / 2**20:.1f} MB; peak memory {memory:,.0f} MB")
    print(f"| {'phase':<42} | CPU s   | × bare reading |\n|{'-' * 44}|--------:|---------------:|")
    for name, seconds in took.items():
        print(f"| {name:<42} | {seconds:7.2f} | {seconds / took['bare reading']:14.1f} |")
    print(f"{came}\n", flush=True)


def _cohort() -> Any:
    """A cohort in an empty database, its organisation in scope for the rest of the process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ithaca.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
    call_command("migrate", verbosity=0)
    from ithaca.kernel import tenancy
    from ithaca.people.models import Organisation
    from ithaca.programmes.tests import worlds

    tenancy.enter(Organisation.objects.create(slug="bench", name="Bench"))
    return worlds.cohort()


def main() -> int:
    """Write the files and measure each kind in a process of its own."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--kind", choices=["csv", "xlsx", "both"], default="both")
    asked.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.measure:
        measure(given.kind, given.measure)
        return 0
    worst = 0
    for kind in ("csv", "xlsx") if given.kind == "both" else (given.kind,):
        with tempfile.TemporaryDirectory(prefix="ithaca-bench-") as folder:
            path = Path(folder) / f"people.{kind}"
            path.write_bytes(sheet(kind, given.rows))
            environment = {**os.environ, "ITHACA_DATA": folder, "ITHACA_MODE": "development", "ITHACA_FILE": os.devnull}
            command = [sys.executable, __file__, "--kind", kind, "--measure", str(path)]
            worst = max(worst, subprocess.run(command, env=environment, check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
