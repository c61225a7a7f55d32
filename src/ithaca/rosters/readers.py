"""From the cells of one column into the dictionary of a person, one reader a kind of field; equal cells read once."""

import abc
import re
from collections.abc import Callable
from typing import Any, ClassVar

from ithaca.kernel.sheets import cells, text
from ithaca.kernel.sheets.sheet import Sheet
from ithaca.rosters.answers import choices, hours, languages, levels, places, places_offered
from ithaca.rosters.answers.unclear import Guessed, Unclear
from ithaca.rosters.columns import Column
from ithaca.rosters.findings import Finding

SHORT = {
    "headline": 160,
    "employer": 160,
    "department": 160,
    "reports_to": 200,
    "place": 120,
    "phone": 60,
    "pronouns": 40,
}
"""Longest text of a field, as the tables keep it."""
LONGEST_TEXT = 10_000
LONGEST_ITEM = 200
LEFT_OUT = "and was left out"
NOBODY = frozenset(
    """
    nobody|no one|noone|none so far|none yet|not yet|nobody yet|no one yet|anyone|anybody|no preference|no preferences
    niemand|niemanden|mit niemandem|niemandem|egal|keine praferenz|kein wunsch|keine wunsche|noch niemand
    personne|sans preference|pas de preference|nadie|sin preferencia|ninguna preferencia|nessuno|ninguem
    don t know|not sure|no idea|weiss nicht|je ne sais pas|no se
    """.replace("\n", "|")
    .replace("    ", "")
    .strip("|")
    .split("|")
)
"""Answers to “whom?” that name nobody, folded."""


class Reader(abc.ABC):
    """Reads the cells of one column. `add` puts a value that is not blank into the person; it may raise `Unclear`."""

    def __init__(self, column: Column, sheet: Sheet) -> None:
        self.column, self.sheet = column, sheet

    def is_blank(self, cell: str) -> bool:
        return cells.is_blank(cell)

    def into(self, person: dict[str, Any], cell: str) -> Finding | None:
        """Add what the cell says to the person; a finding where something in it was not understood."""
        if self.is_blank(cell):
            return None
        try:
            self.add(person, cell)
        except Unclear as unclear:
            return Finding(self.column.field, self.column.header, cell, str(unclear))
        return None

    @abc.abstractmethod
    def add(self, person: dict[str, Any], cell: str) -> None:
        """Put what the cell says into the person."""


class Line(Reader):
    """One line of text."""

    def add(self, person: dict[str, Any], cell: str) -> None:
        said = text.one_line(cell)
        longest = SHORT[self.column.field]
        person[self.column.field] = said[:longest]
        if len(said) > longest:
            raise Unclear(f"is longer than {longest} characters and was shortened")


class Paragraphs(Reader):
    """Free text; several columns follow one another."""

    def add(self, person: dict[str, Any], cell: str) -> None:
        before = person.get(self.column.field)
        said = f"{before}\n\n{cell}" if before else cell
        person[self.column.field] = said[:LONGEST_TEXT]
        if len(said) > LONGEST_TEXT:
            raise Unclear(f"is longer than {LONGEST_TEXT:,} characters and was shortened")


class Items(Reader):
    """Several short things in one cell; several columns add up."""

    def __init__(self, column: Column, sheet: Sheet) -> None:
        super().__init__(column, sheet)
        self.splitter = cells.Splitter(list(sheet.column(column.index)))
        self.known: dict[str, tuple[str, ...]] = {}

    def add(self, person: dict[str, Any], cell: str) -> None:
        items = self.known.get(cell)
        if items is None:
            items = self.known[cell] = tuple(self.item(item) for item in self.splitter.split(cell))
        before = person.setdefault(self.column.field, [])
        seen = {item.casefold() for item in before}
        before += [item for item in items if item and item.casefold() not in seen]

    def item(self, item: str) -> str:
        return item[:LONGEST_ITEM]


class Skills(Items):
    """What mentors offer and mentees need in one column: kept under `skills` until the role is known."""


class Wishes(Items):
    """Names or e-mails of other people, best first; the numbers people write before them are dropped, and “nobody”."""

    def is_blank(self, cell: str) -> bool:
        return super().is_blank(cell) or text.folded(cell) in NOBODY

    def item(self, item: str) -> str:
        return re.sub(r"^(?:\d{1,2}\s?(?:st|nd|rd|th)?\s?[.):]\s?|#\d+\s+)", "", item)[:LONGEST_ITEM]


class Spoken(Items):
    """Languages."""

    def __init__(self, column: Column, sheet: Sheet) -> None:
        super().__init__(column, sheet)
        self.coded = _is_coded(self.splitter_cells())

    def splitter_cells(self) -> list[str]:
        return [part for cell in self.sheet.column(self.column.index) for part in re.split(r"[;,|\s/]+", cell) if part]

    def is_blank(self, cell: str) -> bool:
        return super().is_blank(cell) and not (self.coded and cell.casefold() == "no")

    def add(self, person: dict[str, Any], cell: str) -> None:
        items = list(self.splitter.split(cell))
        if self.coded:
            items += [part.strip() for part in re.split(r"[;,|/]", cell) if part.strip().casefold() == "no"]
        codes, unclear = person.setdefault("languages", []), []
        for item in items:
            try:
                codes += [code for code in languages.codes(item) if code not in codes]
            except Unclear as problem:
                unclear.append(f"holds “{item}”, which {problem}")
        if not codes:
            del person["languages"]
        if unclear:
            raise Unclear(unclear[0])


class One(Reader):
    """One value, read by a function of the cell."""

    READ: ClassVar[dict[str, Callable[[str], Any]]] = {
        "time_zone": places.time_zone,
        "meeting_form": choices.meeting_form,
    }

    def __init__(self, column: Column, sheet: Sheet) -> None:
        super().__init__(column, sheet)
        self.read = self.READ.get(column.field)
        self.known: dict[str, tuple[Any, Unclear | None]] = {}

    def add(self, person: dict[str, Any], cell: str) -> None:
        if cell not in self.known:
            try:
                self.known[cell] = (self.value(cell), None)
            except Guessed as guessed:
                self.known[cell] = (guessed.value, guessed)
            except Unclear as unclear:
                self.known[cell] = (None, unclear)
        value, problem = self.known[cell]
        if value is not None:
            person[self.column.field] = value
        if problem is not None:
            raise problem

    def value(self, cell: str) -> Any:
        assert self.read is not None
        return self.read(cell)


class Land(One):
    """A country; in a column of codes, NO is Norway and NA Namibia."""

    def __init__(self, column: Column, sheet: Sheet) -> None:
        super().__init__(column, sheet)
        self.read = places.country
        self.coded = _is_coded([cell for cell in sheet.column(column.index) if cell])

    def is_blank(self, cell: str) -> bool:
        return super().is_blank(cell) and not (self.coded and len(cell) == 2 and cell.isalpha())


class Offered(One):
    """Places; here a word for nobody is an answer."""

    def __init__(self, column: Column, sheet: Sheet) -> None:
        super().__init__(column, sheet)
        self.read = places_offered.places

    def is_blank(self, cell: str) -> bool:
        return super().is_blank(cell) and not places_offered.says_none(cell)


class Level(One):
    """Seniority; the name of the column and the largest number say what a bare number means."""

    def __init__(self, column: Column, sheet: Sheet) -> None:
        super().__init__(column, sheet)
        named = text.folded(column.header).split()
        years = any(word.startswith(("year", "jahr", "annee", "ans", "ano", "erfahrung")) for word in named)
        numbers = [float(cell) for cell in sheet.column(column.index) if re.fullmatch(r"\d{1,3}(?:\.\d+)?", cell)]
        self.measure: levels.Measure = "years" if years or (numbers and max(numbers) > 10) else "scale"

    def value(self, cell: str) -> int:
        return levels.seniority(cell, measure=self.measure)

    def is_blank(self, cell: str) -> bool:
        return super().is_blank(cell) or cell == "?"


class Hours(Reader):
    """Free hours; the columns of a form's grid add up."""

    def __init__(self, column: Column, sheet: Sheet) -> None:
        super().__init__(column, sheet)
        inside = re.search(r"[\[(.]\s*([^\[\]()]+?)\s*[\])]?$", column.header)
        row = inside[1] if inside else column.header
        self.asked = row if any(hours.names_a_time(word) for word in text.folded(row).split()) else ""
        self.known: dict[str, tuple[int, ...]] = {}

    def add(self, person: dict[str, Any], cell: str) -> None:
        if cell.casefold() in ("false", "0", "nein", "non", "unavailable", "not available"):
            return
        if cell not in self.known:
            self.known[cell] = hours.week(cell, asked=self.asked)
        person["availability"] = sorted({*person.get("availability", ()), *self.known[cell]})


class Style(Reader):
    """One statement of the working style, answered from 1 to 5."""

    def add(self, person: dict[str, Any], cell: str) -> None:
        person.setdefault("style", {})[self.column.header] = choices.scale(cell)


class Further(Reader):
    """A further answer, kept as it is under the name of its column."""

    def is_blank(self, cell: str) -> bool:
        return not cell

    def add(self, person: dict[str, Any], cell: str) -> None:
        person.setdefault("extra", {})[self.column.header] = cell[:LONGEST_TEXT]


READERS: dict[str, type[Reader]] = {
    **dict.fromkeys(SHORT, Line),
    **dict.fromkeys(("goals", "about"), Paragraphs),
    **dict.fromkeys(("offers", "needs", "interests", "lived_experience", "lived_experience_wanted"), Items),
    "skills": Skills,
    **dict.fromkeys(("prefers", "avoids"), Wishes),
    **dict.fromkeys(("time_zone", "meeting_form"), One),
    "capacity": Offered,
    "languages": Spoken,
    "country": Land,
    "seniority": Level,
    "availability": Hours,
    "style": Style,
    "extra": Further,
}


def reader(column: Column, sheet: Sheet) -> Reader:
    """The reader of one column of a sheet."""
    return READERS[column.field](column, sheet)


def _is_coded(answers: list[str]) -> bool:
    return bool(answers) and sum(1 for answer in answers if len(answer) <= 3) >= 0.6 * len(answers)
