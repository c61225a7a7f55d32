"""Facts about bringing people in."""

from __future__ import annotations

from dataclasses import dataclass

from ithaca.kernel import events


@dataclass(frozen=True)
class SheetUploaded(events.Event):
    """A spreadsheet was chosen for a cohort; nothing is written yet."""

    key = "intake.uploaded"
    sentence = "{actor} uploaded “{file}” for {cohort}"

    file: str
    cohort: str
    rows: int


@dataclass(frozen=True)
class UploadDiscarded(events.Event):
    """A spreadsheet was discarded without an import."""

    key = "intake.discarded"
    sentence = "{actor} discarded “{file}”; nobody of it was brought into {cohort}"

    file: str
    cohort: str


@dataclass(frozen=True)
class PeopleImported(events.Event):
    """People were brought into a cohort from a spreadsheet."""

    key = "intake.imported"
    sentence = "{actor} imported “{file}” into {cohort}: {new} new, {changed} changed, {rejected} rejected"

    file: str
    cohort: str
    new: int
    changed: int
    unchanged: int
    rejected: int
