"""The shape of a spreadsheet that has been read, its limits, and the one error reading can give."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELLS = 6_000_000
"""Rows times columns: what bounds the memory of one reading, at about 60 bytes a cell."""
MAX_CELL_CHARACTERS = 100_000


class SheetError(ValueError):
    """A file that cannot be read; its text is one sentence for the person who chose the file."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two columns of the same name held different answers in one row; the first was kept."""

    row: int
    header: str
    kept: str
    dropped: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of text.

    ``rows`` are as long as ``header``; ``numbers[i]`` is the row number a spreadsheet program shows for ``rows[i]``.
    ``original_header`` and ``original_rows`` are the table before columns of the same name were merged.
    """

    name: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    numbers: Sequence[int]
    header_number: int = 1
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    original_header: tuple[str, ...] = ()
    original_rows: list[tuple[str, ...]] = field(default_factory=list)

    def column(self, index: int) -> Iterator[str]:
        """Every cell of one column, blanks included, from the top."""
        return (row[index] for row in self.rows)
