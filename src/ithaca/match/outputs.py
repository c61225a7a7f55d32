"""What a call leaves behind: tables as .csv or .xlsx by the ending of the name, and reports; all of it or none."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ithaca.kernel.sheets import write
from ithaca.pairing.side import ProblemError

TABLES = (".csv", ".xlsx")


@dataclass(frozen=True)
class Table:
    """One sheet: its name, the names of its columns, its rows."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[write.Cell]]


class Outputs:
    """Files to be written at the end. Whatever would stand in the way is said at the beginning, before any work."""

    def __init__(self, inputs: Iterable[Path | None], tables: Iterable[Path | None], pages: Iterable[Path | None] = ()):
        """`inputs` are never written over. Raises ProblemError naming every file that cannot be written."""
        wanted = [(path, TABLES) for path in tables if path] + [(path, (".html", ".htm")) for path in pages if path]
        read = {_real(path) for path in inputs if path}
        findings = [finding for path, endings in wanted if (finding := _obstacle(path, endings, read))]
        if len({_real(path) for path, _ in wanted}) < len(wanted):
            findings.append("Two outputs have the same name. Please give each its own.")
        if findings:
            raise ProblemError(dict.fromkeys(findings))
        self._contents: dict[Path, bytes] = {}

    def table(self, path: Path, *tables: Table, alone: Table | None = None) -> None:
        """Sheets of one workbook; a .csv holds only one: `alone`, or the first."""
        if path.suffix.lower() == ".csv":
            one = alone or tables[0]
            self._contents[path] = write.csv(one.header, one.rows)
        else:
            self._contents[path] = write.workbook([(table.name, table.header, table.rows) for table in tables])

    def page(self, path: Path, html: str) -> None:
        """A report."""
        self._contents[path] = html.encode("utf-8")

    def save(self) -> None:
        """Write under names of passage, then give all their names. Raises ProblemError; then nothing is left behind."""
        passing = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in self._contents}
        try:
            for path, content in self._contents.items():
                passing[path].write_bytes(content)
            for path, there in passing.items():
                there.replace(path)
        except OSError as problem:
            why = problem.strerror or "unknown reason"
            raise ProblemError(
                [f"The results could not be written ({why}). Please check the disk and your rights."]
            ) from problem
        finally:
            for there in passing.values():
                there.unlink(missing_ok=True)


def _real(path: Path) -> str:
    return os.path.normcase(path.resolve())


def _obstacle(path: Path, endings: tuple[str, ...], read: set[str]) -> str:
    """Why nothing can be written there, or nothing."""
    if path.suffix.lower() not in endings:
        return f"“{path}” is no name for this: please let it end in {' or '.join(endings)}."
    if _real(path) in read:
        return f"“{path}” is one of the files to be read and is not written over. Please choose another name."
    if path.is_dir():
        return f"“{path}” is a folder. Please choose another name."
    if not path.parent.is_dir():
        return f"The folder “{path.parent}” is not there. Please make it, or choose another name."
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        return f"“{path}” may not be written. Please choose another name or folder."
    return ""
