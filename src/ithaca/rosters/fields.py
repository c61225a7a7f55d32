"""What a column of a spreadsheet can be; labels, help and telling words stand in `fields.toml`."""

import tomllib
from dataclasses import dataclass
from importlib import resources

EXTRA = "extra"
LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column can be. ``sure``, ``likely`` and ``never`` are the word patterns that `fields.toml` explains."""

    key: str
    label: str
    help: str = ""
    sure: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    several_columns: bool = False


def _read() -> tuple[Field, ...]:
    table = tomllib.loads(resources.files("ithaca.rosters").joinpath("fields.toml").read_text(encoding="utf-8"))
    return tuple(
        Field(
            key,
            entry["label"],
            entry.get("help", ""),
            tuple(entry.get("sure", ())),
            tuple(entry.get("likely", ())),
            tuple(entry.get("never", ())),
            entry.get("several_columns", False),
        )
        for key, entry in table.items()
    )


FIELDS: tuple[Field, ...] = _read()
BY_KEY = {field.key: field for field in FIELDS}
