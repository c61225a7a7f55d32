"""What a criterion is: it describes itself for forms and pages, turns people into primitives, and finds the words."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.side import Side

Chosen = Mapping[str, Any]
"""Every option of a criterion with its chosen value."""


def _nothing(value: Any) -> str:
    return ""


@dataclass(frozen=True)
class Option:
    """One thing a coordinator can set about a criterion. Forms, menus and reference pages are made from it."""

    key: str
    label: str
    help: str
    kind: Literal["yes_no", "whole_number", "choice"]
    default: Any
    lowest: int = 0
    highest: int = 100
    choices: tuple[tuple[str, str], ...] = ()
    """For a choice: (value, label)."""
    missing: Callable[[Any], str] = _nothing
    """For a choice: why a value cannot be had on this machine, in words; empty if it can."""
    no_limit: int | None = None
    """For a number: the one that sets no limit, and is told so."""
    added: bool = False
    """It came when plans were being kept already: at its default it leaves the fingerprints of problems as they were."""

    def told(self, value: Any) -> str:
        """A value as a coordinator reads it beside the label; also one that was typed and is not in its type yet."""
        if self.kind == "yes_no":
            return "yes" if value else "no"
        if self.kind == "choice":
            return dict(self.choices).get(value, str(value))
        return "no limit" if self.no_limit is not None and str(value) == str(self.no_limit) else str(value)

    def clean(self, value: Any) -> Any:
        """The value in its type, or ValueError in words."""
        if self.kind == "yes_no":
            if not isinstance(value, bool):
                raise ValueError(f"“{self.label}” is answered by yes or no, not by “{value}”")
            return value
        if self.kind == "choice":
            if value not in dict(self.choices):
                raise ValueError(f"“{self.label}” is one of {', '.join(dict(self.choices))}, not “{value}”")
            if why := self.missing(value):
                raise ValueError(f"“{self.label}”: {why}")
            return value
        if isinstance(value, bool) or not isinstance(value, int) or not self.lowest <= value <= self.highest:
            raise ValueError(f"“{self.label}” is a whole number from {self.lowest} to {self.highest}, not “{value}”")
        return value


class Criterion(ABC):
    """One reason why two people fit, or do not. Without state: one instance serves every problem."""

    key: ClassVar[str]
    label: ClassVar[str]
    help: ClassVar[str]
    default_weight: ClassVar[int]
    """Of 100. 0: only its hard rule works unless a coordinator gives it weight."""
    mentor_attributes: ClassVar[tuple[str, ...]]
    mentee_attributes: ClassVar[tuple[str, ...]]
    options: ClassVar[tuple[Option, ...]] = ()

    def applies(self, mentors: Side, mentees: Side) -> bool:
        """Whether enough is known for it to say anything; if not, its points go to the other criteria."""
        return any(map(mentors.knows, self.mentor_attributes)) and any(map(mentees.knows, self.mentee_attributes))

    @abstractmethod
    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        """The people as primitives that together give from 0 to `points`; with 0 points only what excludes matters."""

    @abstractmethod
    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        """What it sees in one pair, as a clause without a full stop ("both speak French"); empty for nothing."""

    def way(self, chosen: Chosen) -> str:
        """How it compared, as a sentence for who reads an answer; empty where there is but one way."""
        return ""

    def choose(self, given: Chosen) -> dict[str, Any]:
        """The defaults with the given values in their place. Raises ValueError in words."""
        known = {option.key: option for option in self.options}
        for key in given:
            if key not in known:
                raise ValueError(f"“{self.label}” has no option “{key}”; it has {', '.join(known) or 'none'}")
        return {key: option.clean(given.get(key, option.default)) for key, option in known.items()}
