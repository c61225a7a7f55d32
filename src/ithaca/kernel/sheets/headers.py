"""The row of column names: where it is, what its columns are called, and columns of one name made one."""

from collections import defaultdict
from collections.abc import Sequence

from ithaca.kernel.sheets import text as cleaning
from ithaca.kernel.sheets.sheet import Conflict

LOOKED_AT = 20
"""Rows in which the column names are looked for, below titles and notes."""

Rows = list[tuple[str, ...]]


def row(records: Sequence[Sequence[str]]) -> int | None:
    """Index of the row of column names: the first that is at least half as wide as the rows below it usually are."""
    start = [(index, _filled(record)) for index, record in enumerate(records) if any(record)][:LOOKED_AT]
    if not start:
        return None
    widths = sorted(count for _, count in start)
    enough = max(1, (widths[len(widths) // 2] + 1) // 2, (widths[-1] + 1) // 3)
    return next(index for index, count in start if count >= enough)


def _filled(record: Sequence[str]) -> int:
    return sum(1 for cell in record if cell)


def named(record: Sequence[str], width: int) -> tuple[str, ...]:
    """Column names in one line each; a column without a name is called by its letter."""
    cells = [cleaning.one_line(cell) for cell in record] + [""] * (width - len(record))
    return tuple(cell or f"Column {letter(index)}" for index, cell in enumerate(cells))


def letter(index: int) -> str:
    """A spreadsheet's letter for a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def merged(
    header: tuple[str, ...], rows: Rows, numbers: Sequence[int]
) -> tuple[tuple[str, ...], Rows, tuple[Conflict, ...]]:
    """Columns of one name made one: the first answer that is not blank wins, another answer is a ``Conflict``.

    A form that branches writes the same question once for each branch; Microsoft Forms adds a digit to the name.
    Two columns that hold different answers in most rows are two questions and stay apart, the second numbered.
    """
    groups = [group for group in _groups(header, rows) if len(group) > 1 and not _apart(group, rows)]
    dropped = {column for group in groups for column in group[1:]}
    first_of = {group[0]: group for group in groups}
    if not dropped:
        return _distinct(header), rows, ()
    kept = [column for column in range(len(header)) if column not in dropped]
    conflicts: list[Conflict] = []
    result: Rows = []
    for number, cells in zip(numbers, rows, strict=True):
        line = []
        for column in kept:
            cell = cells[column]
            for other in first_of.get(column, ())[1:]:
                if cells[other] and cell and cells[other] != cell:
                    conflicts.append(Conflict(number, header[column], cell, cells[other]))
                cell = cell or cells[other]
            line.append(cell)
        result.append(tuple(line))
    return _distinct(tuple(header[column] for column in kept)), result, tuple(conflicts)


def _groups(header: tuple[str, ...], rows: Rows) -> list[list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for column, name in enumerate(header):
        folded = name.casefold()
        stem = folded[:-1]
        numbered = folded[-1:] in "23456789" and (stem[-1:].isalpha() or stem[-1:] in "?!.:)")
        if numbered and stem in groups and not _both(groups[stem][0], column, rows):
            groups[stem].append(column)
            continue
        groups[folded].append(column)
    return list(groups.values())


def _both(left: int, right: int, rows: Rows) -> int:
    return sum(1 for cells in rows if cells[left] and cells[right])


def _apart(group: list[int], rows: Rows) -> bool:
    different = answered = 0
    for cells in rows:
        answers = {cells[column] for column in group} - {""}
        answered += bool(answers)
        different += len(answers) > 1
    return different >= 5 and different > answered / 2


def _distinct(header: tuple[str, ...]) -> tuple[str, ...]:
    seen: dict[str, int] = defaultdict(int)
    names = []
    for name in header:
        seen[name.casefold()] += 1
        times = seen[name.casefold()]
        names.append(name if times == 1 else f"{name} ({times})")
    return tuple(names)
