"""What is said at the keyboard: progress and notes beside, results in front."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from ithaca.match.apart import UNKEPT

NOTES_SHOWN = 20


def refusal(findings: Iterable[str]) -> None:
    """Why nothing was done, a line each."""
    for finding in findings:
        print(f"ithaca match: {finding}{'' if finding.endswith(('.', '?')) else '.'}", file=sys.stderr)


def notes(found: list[str], listed_in: Path | None = None, most: int = NOTES_SHOWN) -> None:
    """What reading the files noticed; where the rest is told. Whom it did not keep apart is told first, and all of it."""
    first = [note for note in found if note.startswith(UNKEPT)]
    others = [note for note in found if not note.startswith(UNKEPT)]
    for note in (*first, *others[:most]):
        print(f"Note: {note}", file=sys.stderr)
    if len(others) > most:
        where = "the report lists all" if listed_in else "`ithaca match columns` lists all"
        print(f"Note: and {len(others) - most:,} more; {where}.", file=sys.stderr)


def written(*paths: tuple[str, Path | None]) -> None:
    """Which files there are now."""
    for name, path in paths:
        if path is not None:
            print(f"{name}: {path}")


def progress() -> Callable[[float, str], None] | None:
    """A line that is written over, where somebody is looking."""
    return _tell if sys.stderr.isatty() else None


def _tell(fraction: float, words: str) -> None:
    print(f"\r{fraction:4.0%}  {words:<60}", end="\n" if fraction >= 1 else "", file=sys.stderr, flush=True)
