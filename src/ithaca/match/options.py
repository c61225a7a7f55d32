"""Weights, rules and wishes of the coordinator from a TOML file.

[weights]                  # shares of their sum; what is not named keeps its default
expertise = 40
[rules.hours]              # options of one criterion
at_least = 2
[rules.goals]
by = "meaning"             # goals by what they mean, not by the words they share; needs pip install 'ithaca[meaning]'
[objective]
kind = "worst_first"       # or "total"
floor_percent = 20         # no pair below it
cost_percent = 5           # worst_first: raise the next worst too, at this share of the highest total at most
[people]
capacity = 1               # mentees of a mentor, where the sheet says nothing
time_zone = "Europe/Paris" # of those who did not say; without it, that of all the others if they have one in common
on = 2027-03-01            # the day whose clock counts (summer or winter time)
left_out = ["Mentee Name"] # who had nobody last round: they come first
unknown_apart = "refuse"   # or "leave out": go on where a sheet keeps somebody apart from a person who is not found
[pairs]
fixed = [["mentor@example.org", "Mentee Name"]]
apart = []
[columns]                  # what a column is, where it was read wrongly: `ithaca match columns` lists what there is
"Your strong sides" = "Can help with"
"""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from ithaca.match import headers
from ithaca.pairing import attributes
from ithaca.pairing.criteria import registry
from ithaca.pairing.problem import Objective, Weighted, default_criteria
from ithaca.pairing.side import ProblemError
from ithaca.rosters import fields

UNKNOWN_APART = ("refuse", "leave out")
TABLES = {
    "weights": tuple(registry.BY_KEY),
    "rules": tuple(registry.BY_KEY),
    "objective": ("kind", "floor_percent", "cost_percent"),
    "people": ("capacity", "time_zone", "on", "left_out", "unknown_apart"),
    "pairs": ("fixed", "apart"),
}


@dataclass(frozen=True)
class People:
    """How to read what the sheets leave open."""

    on: datetime.date
    capacity: int = 1
    """Mentees of a mentor who did not say how many."""
    time_zone: str | None = None
    """Of those who did not say; None where the sheets decide (`clocks`)."""
    left_out: tuple[str, ...] = ()
    """Mentees as written who had nobody in the last round."""
    unknown_apart_is_left_out: bool = False
    """Whether to go on where somebody to be kept apart from is not found."""
    columns: tuple[tuple[str, str], ...] = ()
    """Names of columns, each with the key of what it is (`rosters.fields`)."""


@dataclass(frozen=True)
class Options:
    """Everything a coordinator can set; names in pairs are as written, not yet looked up."""

    people: People
    criteria: tuple[Weighted, ...] = field(default_factory=default_criteria)
    objective: Objective = field(default_factory=Objective)
    fixed: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


def read(path: Path | None, today: datetime.date) -> Options:
    """The options of the file, or the defaults without one. Raises ProblemError naming what is not understood."""
    if path is None:
        return Options(People(today))
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise ProblemError([f"The file {path} cannot be opened. Please check its name."]) from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ProblemError([f"{path.name} is not TOML: {problem}."]) from problem
    _known(path.name, data)
    weights, rules = data.get("weights", {}), data.get("rules", {})
    criteria = tuple(
        Weighted(default.key, weights.get(default.key, default.weight), _table(path.name, default.key, rules))
        for default in default_criteria()
    )
    pairs = data.get("pairs", {})
    return Options(
        replace(
            _people(path.name, data.get("people", {}), today), columns=_columns(path.name, data.get("columns", {}))
        ),
        criteria,
        _objective(path.name, data.get("objective", {})),
        _pairs(path.name, pairs.get("fixed", [])),
        _pairs(path.name, pairs.get("apart", [])),
    )


def _people(name: str, persons: Mapping[str, Any], today: datetime.date) -> People:
    on, capacity, zone = persons.get("on", today), persons.get("capacity", 1), persons.get("time_zone")
    left_out, unknown_apart = persons.get("left_out", []), persons.get("unknown_apart", UNKNOWN_APART[0])
    findings = []
    if not isinstance(on, datetime.date):
        findings.append(f"{name}: “on” is a day, such as 2027-03-01, not “{on}”.")
    if not _is_whole(capacity) or not 0 <= capacity <= attributes.MOST:
        findings.append(f"{name}: “capacity” is a whole number of 0 or more, not “{capacity}”.")
    if zone is not None and (not isinstance(zone, str) or zone not in available_timezones()):
        findings.append(f"{name}: there is no time zone “{zone}”; they are called like “Europe/Paris”.")
    if not isinstance(left_out, list) or not all(isinstance(each, str) for each in left_out):
        findings.append(f'{name}: “left_out” is a list of names: ["Mentee Name"].')
    if unknown_apart not in UNKNOWN_APART:
        findings.append(f"{name}: “unknown_apart” is “refuse” or “leave out”, not “{unknown_apart}”.")
    if findings:
        raise ProblemError(findings)
    day = on.date() if isinstance(on, datetime.datetime) else on
    return People(day, capacity, zone, tuple(left_out), unknown_apart == UNKNOWN_APART[1])


def _columns(name: str, written: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    keys = {header: headers.named(said) if isinstance(said, str) else None for header, said in written.items()}
    there_are = ", ".join(field.label for field in fields.FIELDS)
    findings = [
        f"{name}: [columns] takes “{header}” for “{written[header]}”, which does not exist; there are {there_are}."
        for header, key in keys.items()
        if key is None
    ]
    if findings:
        raise ProblemError(findings)
    return tuple((header, key) for header, key in keys.items() if key is not None)


def _table(name: str, key: str, rules: Mapping[str, Any]) -> Mapping[str, Any]:
    found = rules.get(key, {})
    if not isinstance(found, Mapping):
        raise ProblemError([f"{name}: the rules of “{key}” are a table: [rules.{key}], and below it a line for each."])
    return found


def _objective(name: str, written: Mapping[str, Any]) -> Objective:
    kind, floor, cost = written.get("kind", "total"), written.get("floor_percent", 0), written.get("cost_percent")
    findings = []
    if kind not in ("total", "worst_first"):
        findings.append(f"{name}: “kind” is “total” or “worst_first”, not “{kind}”.")
    if not (_is_whole(floor) or isinstance(floor, float)) or not 0 <= floor <= 100:
        findings.append(f"{name}: “floor_percent” is a number from 0 to 100, not “{floor}”.")
    if cost is not None and (not _is_whole(cost) or not 0 <= cost <= 100):
        findings.append(f"{name}: “cost_percent” is a whole number from 0 to 100, not “{cost}”.")
    if cost is not None and kind == "total":
        findings.append(f"{name}: “cost_percent” belongs to kind = “worst_first”.")
    if findings:
        raise ProblemError(findings)
    return Objective(kind, round(100 * floor), cost)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _known(name: str, data: Mapping[str, Any]) -> None:
    findings = []
    for table, entries in data.items():
        if (table in TABLES or table == "columns") and not isinstance(entries, Mapping):
            findings.append(f"{name}: “{table}” is a table: [{table}], and below it a line for each entry.")
            continue
        if table not in TABLES and table != "columns":
            findings.append(f"{name}: there is no table [{table}]; there are {', '.join(TABLES)}, columns.")
            continue
        if table == "columns":  # the names of columns are the coordinator's
            continue
        for key in entries:
            if key not in TABLES[table]:
                findings.append(f"{name}: [{table}] has nothing called “{key}”; it has {', '.join(TABLES[table])}.")
    if findings:
        raise ProblemError(findings)


def _pairs(name: str, written: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(written, list) or not all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) for p in pair) for pair in written
    ):
        raise ProblemError([f'{name}: pairs are lists of two names, the mentor first: [["Mentor", "Mentee"]].'])
    return tuple((mentor, mentee) for mentor, mentee in written)
