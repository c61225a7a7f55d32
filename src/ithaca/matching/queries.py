"""Reads of matching: current rules, runs, and a board as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from ithaca.matching.bridge import kinds
from ithaca.matching.models import Board, Change, MatchingRules, Result, Run, Undone, unpacked
from ithaca.matching.rules import board as board_rules
from ithaca.matching.rules.board import Kind, Pair, Places, State
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort, Enrolment


def rules_of(cohort: Cohort) -> MatchingRules:
    """The newest rules of a cohort; unsaved defaults (version 0) if none were saved yet."""
    saved = MatchingRules.objects.filter(cohort=cohort).order_by("-version").first()
    return saved or MatchingRules(cohort=cohort, version=0, **kinds.defaults())


def runs_of(cohort: Cohort) -> Any:
    """All runs of a cohort, newest first, with what became of each."""
    found = Run.objects.filter(cohort=cohort).select_related(
        "board__publication", "rules", "result", "stop", "started_by"
    )
    return found.defer("result__plan").order_by("-pk")


def pairs_of(run: Run) -> frozenset[Pair]:
    """The pairs that a run found."""
    return frozenset((pair["mentor"], pair["mentee"]) for pair in plan_of(run)["pairs"])


def plan_of(run: Run) -> dict[str, Any]:
    """The engine's answer of a finished run, as plain values (see `pairing.plan.Plan.to_dict`)."""
    return dict(unpacked(run.result.plan))


@dataclass(frozen=True)
class Line:
    """One pair as the board shows it. `score` in points of 10,000; `broken`: hard rules it breaks, in words."""

    mentor: str
    mentee: str
    score: int
    locked: bool
    by_hand: bool
    broken: tuple[str, ...] = ()

    @property
    def pair(self) -> Pair:
        return self.mentor, self.mentee

    @property
    def percent(self) -> float:
        return self.score / 100


class Standing:
    """A board as it stands: the pairs of its last solution and everything done by hand since. Reads once, in four queries."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.changes: list[Change] = list(
            Change.objects.filter(board=board).select_related("mentor", "mentee", "other_mentor", "other_mentee", "by")
        )
        undone = Undone.objects.filter(change__board=board).order_by("pk").values_list("change__number", flat=True)
        self.undone: list[int] = list(undone)
        taken = [change for change in self.standing if change.kind == Kind.SOLVE]
        runs = Run.objects.filter(board=board).select_related("result", "rules").exclude(result=None)
        wanted = [change.run_id for change in taken]
        self.run: Run | None = runs.get(pk=wanted[-1]) if wanted else runs.order_by("number").first()

    @cached_property
    def standing(self) -> list[Change]:
        """Changes that count, in order."""
        undone = set(self.undone)
        return [change for change in self.changes if change.number not in undone]

    @cached_property
    def plan(self) -> dict[str, Any]:
        """The plan of the last solution; empty while there is none."""
        return plan_of(self.run) if self.run else {"pairs": [], "unmatched_mentees": [], "unmatched_mentors": []}

    @cached_property
    def state(self) -> State:
        """Pairs, locks and exclusions. A solution is only taken onto the board it was made for, so its own suffice."""
        if self.run is None:
            return State(frozenset())
        pairs = frozenset((pair["mentor"], pair["mentee"]) for pair in self.plan["pairs"])
        last = max((at for at, change in enumerate(self.standing) if change.kind == Kind.SOLVE), default=-1)
        locked = frozenset((a, b) for a, b in self.run.locked) & pairs
        made = {pair for change in self.standing[: max(last, 0)] for pair in change.plain().made}
        state = State(pairs, locked, frozenset((a, b) for a, b in self.run.forbidden) - pairs, locked & made)
        for change in self.standing[last + 1 :]:
            state = state.after(change.plain())
        return state

    @property
    def last_number(self) -> int:
        """Number of the last change that counts; 0 for none."""
        return board_rules.undoable([change.number for change in self.changes], self.undone) or 0

    def change_numbered(self, number: int | None) -> Change | None:
        return next((change for change in self.changes if change.number == number), None)

    @property
    def undoable(self) -> Change | None:
        """The change that undo would take back."""
        return self.change_numbered(board_rules.undoable([c.number for c in self.changes], self.undone))

    @property
    def redoable(self) -> Change | None:
        """The change that redo would bring back."""
        return self.change_numbered(board_rules.redoable([c.number for c in self.changes], self.undone))

    @cached_property
    def lines(self) -> list[Line]:
        """Every pair of the board, best first."""
        judged = {(j["mentor"], j["mentee"]): j for change in self.standing for j in change.judged}
        scores = {pair: found["score"] for pair, found in judged.items()}
        scores |= {(pair["mentor"], pair["mentee"]): pair["points"] for pair in self.plan["pairs"]}
        state = self.state
        lines = [
            Line(*pair, scores.get(pair, 0), pair in state.locked, pair in state.by_hand, _broken(judged.get(pair)))
            for pair in state.pairs
        ]
        return sorted(lines, key=lambda line: (-line.score, line.pair))

    @cached_property
    def people(self) -> dict[str, Card]:
        """Who takes part today, and whoever else is on the board, by code."""
        return people_of(self.board.cohort, {code for pair in self.state.pairs for code in pair})

    @cached_property
    def places(self) -> Places:
        """How many partners each may have in this plan: as the engine saw it when it solved."""
        seen = self.plan.get("places", {})
        return Places(seen.get("mentors", {}), seen.get("mentees", {}))

    @property
    def unmatched_mentees(self) -> list[str]:
        """Mentees with places who have nobody on this board."""
        load = board_rules.load_of_mentees(self.state.pairs)
        return [code for code, places in self.places.mentees.items() if places and not load[code]]

    @property
    def free_mentors(self) -> list[tuple[str, int]]:
        """Mentors with places left on this board: (code, how many)."""
        load = board_rules.load_of_mentors(self.state.pairs)
        return [(code, places - load[code]) for code, places in self.places.mentors.items() if places > load[code]]

    @property
    def total(self) -> int:
        """Points of all pairs."""
        return sum(line.score for line in self.lines)


def _broken(judged: dict[str, Any] | None) -> tuple[str, ...]:
    return tuple(judged["broken"]) if judged else ()


@dataclass(frozen=True)
class Card:
    """How a person is shown in a list."""

    code: str
    name: str
    headline: str = ""
    employer: str = ""
    languages: tuple[str, ...] = ()

    @property
    def sub(self) -> str:
        return " · ".join(filter(None, (self.headline, self.employer)))


def people_of(cohort: Cohort, also: Iterable[str] = ()) -> dict[str, Card]:
    """Everybody enrolled in the cohort (and those of `also`) as cards by code, in one query."""
    enrolled = Enrolment.objects.filter(cohort=cohort).values("person")
    found = Person.objects.filter(Q(pk__in=enrolled) | Q(code__in=list(also)))
    columns = ("code", "name", "profile__headline", "profile__employer", "profile__languages")
    return {
        code: Card(code, name, headline or "", employer or "", tuple(languages or ()))
        for code, name, headline, employer, languages in found.values_list(*columns)
    }
