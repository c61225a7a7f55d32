"""How the spreadsheets were read: what each column was taken for, and what was noticed."""

from html import escape

from ithaca.match import headers
from ithaca.match.headers import Taken
from ithaca.match.reading import Reading


def section(read: Reading) -> str:
    """Both sheets, column by column; then the notes."""
    sheets = "".join(map(_sheet, read.taken))
    items = "".join(f"<li>{escape(note)}</li>\n" for note in read.notes)
    noticed = f"<h3>What was noticed</h3>\n<ul>\n{items}</ul>\n" if items else ""
    return (
        f'<section id="reading">\n<h2>How the spreadsheets were read</h2>\n<div class="beside">\n{sheets}</div>\n'
        f"{noticed}</section>\n"
    )


def _sheet(taken: Taken) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(column.header)}</th><td>{escape(headers.read_as(column.field))}</td></tr>\n'
        for column in taken.mapping.columns
    )
    return f"<div>\n<h3>{escape(taken.called)}</h3>\n<table>\n{rows}</table>\n</div>\n"
