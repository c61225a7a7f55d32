"""Weights, rules and wishes of the coordinator from a TOML file.

[weights]                  # shares of their sum; what is not named keeps its default
expertise = 40
[rules.hours]              # options of one criterion
at_least = 2
[objective]
kind = "worst_first"       # or "total"
floor_percent = 20
[people]
capacity = 1               # where the sheet says nothing
time_zone = "Europe/Paris" # of those who did not say
on = 2027-03-01            # the day whose clock counts (summer or winter time)
[pairs]
fixed = [["mentor@example.org", "Mentee Name"]]
apart = []
"""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ithaca.pairing.criteria import registry
from ithaca.pairing.problem import Objective, Weighted, default_criteria
from ithaca.pairing.side import ProblemError

TABLES = {
    "weights": tuple(registry.BY_KEY),
    "rules": tuple(registry.BY_KEY),
    "objective": ("kind", "floor_percent"),
    "people": ("capacity", "time_zone", "on"),
    "pairs": ("fixed", "apart"),
}


@dataclass(frozen=True)
class People:
    """How to read what the sheets leave open."""

    on: datetime.date
    capacity: int = 1
    time_zone: str = "UTC"


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
        Weighted(default.key, weights.get(default.key, default.weight), rules.get(default.key, {}))
        for default in default_criteria()
    )
    objective, persons, pairs = data.get("objective", {}), data.get("people", {}), data.get("pairs", {})
    return Options(
        People(persons.get("on", today), persons.get("capacity", 1), persons.get("time_zone", "UTC")),
        criteria,
        Objective(objective.get("kind", "total"), round(100 * objective.get("floor_percent", 0))),
        _pairs(path.name, pairs.get("fixed", [])),
        _pairs(path.name, pairs.get("apart", [])),
    )


def _known(name: str, data: Mapping[str, Any]) -> None:
    findings = []
    for table, entries in data.items():
        if table not in TABLES or not isinstance(entries, Mapping):
            findings.append(f"{name}: there is no table [{table}]; there are {', '.join(TABLES)}.")
            continue
        for key in entries:
            if key not in TABLES[table]:
                findings.append(f"{name}: [{table}] has nothing called “{key}”; it has {', '.join(TABLES[table])}.")
    if findings:
        raise ProblemError(findings)


def _pairs(name: str, written: Any) -> tuple[tuple[str, str], ...]:
    if not all(isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) for p in pair) for pair in written):
        raise ProblemError([f'{name}: pairs are lists of two names, the mentor first: [["Mentor", "Mentee"]].'])
    return tuple((mentor, mentee) for mentor, mentee in written)
