"""A board as it stands, and what its tabs list."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ithaca.kernel import codes
from ithaca.matching.models import Board, Change, Run, Undone
from ithaca.matching.queries.runs import plan_of
from ithaca.matching.rules import board as board_rules
from ithaca.matching.rules.board import Kind, Pair, Places, State
from ithaca.people.models import Person, Profile
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.rosters import words

if TYPE_CHECKING:
    from ithaca.matching.forms import Wanted
    from ithaca.matching.queries.swaps import Swap


MANY = 500
"""People of whom all are asked for rather than one by one."""
GONE = "Somebody who has left"
CODE = re.compile(rf"\b[{codes.ALPHABET}]{{{codes.LENGTH}}}\b")
MUTUAL = "each of the two mentors the other"
"""A rule that no single pair breaks: the engine keeps it, and by hand both pairs can be made."""


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

    @property
    def whole_percent(self) -> int:
        return round(self.score / 100)


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
        locked, forbidden = (frozenset((a, b) for a, b in rows) for rows in (self.run.locked, self.run.forbidden))
        made = {pair for change in self.standing[: max(last, 0)] for pair in change.plain().made}
        decided = State(frozenset(), locked, forbidden, locked & made)
        state = decided.after(board_rules.Change(Kind.SOLVE, pairs=pairs))
        for change in self.standing[last + 1 :]:
            state = state.after(change.plain())
        return state

    @property
    def last_number(self) -> int:
        """Number of the last change that counts; 0 for none."""
        return board_rules.undoable([change.number for change in self.changes], self.undone) or 0

    @property
    def step(self) -> int:
        """The last change by hand since the solution was taken; 0 while the board is as it was found."""
        last = self.standing[-1] if self.standing else None
        return 0 if last is None or last.kind == Kind.SOLVE else last.number

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
        scores: dict[Pair, int] = {pair: found["score"] for pair, found in judged.items()}
        scores |= {(pair["mentor"], pair["mentee"]): pair["points"] for pair in self.plan["pairs"]}
        state = self.state
        lines = [
            Line(
                *pair,
                scores.get(pair, 0),
                pair in state.locked,
                pair in state.by_hand,
                _broken(judged.get(pair), pair[::-1] in state.pairs),
            )
            for pair in state.pairs
        ]
        return sorted(lines, key=lambda line: (-line.score, line.pair))

    @cached_property
    def people(self) -> dict[str, Card]:
        """Who takes part today, and whoever else is on the board, by code."""
        return people_of(self.board.cohort, {code for pair in self.state.pairs for code in pair})

    def cards(self, codes: Iterable[str]) -> dict[str, Card]:
        """These people by code, in one query; of a large board a page shows a few."""
        wanted = set(codes)
        if "people" in self.__dict__ or len(wanted) > MANY:
            return self.people
        return _cards(Person.objects.filter(code__in=wanted))

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
    def scores(self) -> dict[Pair, int]:
        """Points by pair."""
        return {line.pair: line.score for line in self.lines}

    def tabs(self) -> list[tuple[str, int]]:
        """What the board lists, each with its length; free places are counted, not the mentors who have them."""
        return [
            ("pairs", len(self.state.pairs)),
            ("mentees", len(self.unmatched_mentees)),
            ("mentors", sum(free for _, free in self.free_mentors)),
            ("apart", len(self.state.forbidden)),
            ("history", len(self.changes)),
        ]

    def entries(self, changes: Iterable[Change]) -> list[Entry]:
        """Changes as lines of the history."""
        undone = set(self.undone)
        return [
            Entry(
                sentence(change),
                change.by.name if change.by else "Ithaca",
                change.at,
                change.number in undone,
                change.why,
            )
            for change in changes
        ]


@dataclass(frozen=True)
class Entry:
    """One line of a board's history."""

    words: str
    by: str
    at: datetime.datetime
    undone: bool
    why: str


def _broken(judged: dict[str, Any] | None, is_mutual: bool) -> tuple[str, ...]:
    broken = tuple(judged["broken"]) if judged else ()
    return (*broken, MUTUAL) if is_mutual else broken


@dataclass(frozen=True)
class Card:
    """How a person is shown in a list."""

    code: str
    name: str
    headline: str = ""
    employer: str = ""
    languages: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def sub(self) -> str:
        return " · ".join(filter(None, (self.headline, self.employer)))


def people_of(cohort: Cohort, also: Iterable[str] = ()) -> dict[str, Card]:
    """Everybody enrolled in the cohort (and those of `also`) as cards by code."""
    enrolled = Enrolment.objects.filter(cohort=cohort).values("person")
    found = _cards(Person.objects.filter(pk__in=enrolled))
    others = set(also) - found.keys()
    return found | _cards(Person.objects.filter(code__in=others)) if others else found


def by_name(words: str) -> str:
    """The engine's words about people, whom it knows by their codes, as they are shown: what is kept holds no names."""
    perhaps = set(CODE.findall(words))
    names = dict(Person.objects.filter(code__in=perhaps).values_list("code", "name")) if perhaps else {}
    return CODE.sub(lambda found: names.get(found[0], found[0]), words)


def _cards(people: Any) -> dict[str, Card]:
    columns = ("code", "name", "profile__headline", "profile__employer", "profile__languages")
    return {
        code: Card(code, name, headline or "", employer or "", tuple(languages or ()))
        for code, name, headline, employer, languages in people.values_list(*columns)
    }


@dataclass(frozen=True)
class Row:
    """One line of the board with the two people."""

    line: Line
    mentor: Card
    mentee: Card
    swap: Swap | None = None
    """While a pair is chosen to swap mentors with: what that would come to."""


@dataclass(frozen=True)
class Alone:
    """Somebody with places left."""

    card: Card
    places: int
    all_places: int


def tab_of(standing: Standing, tab: str, wanted: Wanted) -> Sequence[Any]:
    """What a tab of the board lists: rows of pairs, people with places left, pairs kept apart, or changes."""
    if tab == "mentees":
        return _alone(standing, standing.places.mentees, [(code, 1) for code in standing.unmatched_mentees], wanted)
    if tab == "mentors":
        return _alone(standing, standing.places.mentors, standing.free_mentors, wanted)
    if tab == "apart":
        rows = Rows(standing, [Line(*pair, 0, False, False) for pair in sorted(standing.state.forbidden)])
        return [row for row in rows[:] if _mentions(wanted.text, row.mentor, row.mentee)]
    if tab == "history":
        return standing.changes[::-1]
    return rows_of(standing, wanted)


class Rows(Sequence[Row]):
    """Pairs of a board with their people, who are asked for as far as they are looked at."""

    def __init__(self, standing: Standing, lines: Sequence[Line]) -> None:
        self.standing, self.lines = standing, lines

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[Row]:
        return iter(self[:])

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, int):
            return self[at : at + 1 or None][0]
        lines = self.lines[at]
        cards = self.standing.cards(code for line in lines for code in line.pair)
        return [_row(cards, line) for line in lines]


def rows_of(standing: Standing, wanted: Wanted) -> Sequence[Row]:
    """The pairs that were asked for, in the order asked for."""
    lines = standing.lines if wanted.order == "best" else standing.lines[::-1]
    only = {
        "locked": [line for line in lines if line.locked],
        "open": [line for line in lines if not line.locked],
        "hand": [line for line in lines if line.by_hand],
        "broken": [line for line in lines if line.broken],
    }
    kept = only.get(wanted.only, lines)
    rows = Rows(standing, [line for line in kept if wanted.lowest <= line.score <= wanted.highest])
    if not wanted.text.strip() and not wanted.language:
        return rows
    standing.people  # noqa: B018 - all of them, since any may be meant
    return [
        row
        for row in rows[:]
        if _mentions(wanted.text, row.mentor, row.mentee)
        and (not wanted.language or all(wanted.language in card.languages for card in (row.mentor, row.mentee)))
    ]


def line_of(standing: Standing, named: str) -> Row | None:
    """The board's pair behind "mentor:mentee", or None."""
    mentor, _, mentee = named.partition(":")
    found = next((line for line in standing.lines if line.pair == (mentor, mentee)), None)
    return Rows(standing, [found])[0] if found else None


def languages_of(standing: Standing) -> list[tuple[str, str]]:
    """Languages of the people on the board: (code, name), by name."""
    told = Profile.objects.filter(person__enrolments__cohort=standing.board.cohort)
    codes = {code for one in told.values_list("languages", flat=True).order_by().distinct() for code in one}
    return sorted(((code, words.language(code)) for code in codes), key=lambda item: item[1])


def sentence(change: Change) -> str:
    """What a change did, in words. Its people must have been selected with it."""
    fields = ("mentor", "mentee", "other_mentor", "other_mentee")
    names = {field: person.name if (person := getattr(change, field)) else "" for field in fields}
    if change.kind == Kind.SOLVE:
        return "A new solution was taken"
    if change.kind == Kind.SWAP:
        return "{mentor} is now with {other_mentee}, {other_mentor} with {mentee}".format(**names)
    return f"{names['mentor']} and {names['mentee']} {Kind(change.kind).label}"


def card_of(standing: Standing, code: str) -> Card:
    """How a person is shown; somebody who was erased has no name any more."""
    return standing.people.get(code) or Card(code, GONE)


def _row(cards: Mapping[str, Card], line: Line) -> Row:
    mentor, mentee = (cards.get(code) or Card(code, GONE) for code in line.pair)
    return Row(line, mentor, mentee)


def _mentions(text: str, *cards: Card) -> bool:
    looked_for = text.strip().casefold()
    return not looked_for or any(looked_for in f"{card.name} {card.sub}".casefold() for card in cards)


def _alone(standing: Standing, places: Any, found: Iterable[tuple[str, int]], wanted: Wanted) -> list[Alone]:
    found = list(found)
    cards = standing.cards(code for code, _ in found)
    people = [Alone(cards.get(code) or Card(code, GONE), free, places[code]) for code, free in found]
    return sorted((one for one in people if _mentions(wanted.text, one.card)), key=lambda one: one.card.name.casefold())
