"""Facts that this slice announces."""

from __future__ import annotations

from dataclasses import dataclass

from ithaca.kernel import events


@dataclass(frozen=True)
class RulesSaved(events.Event):
    """A new version of a cohort's criteria, weights and hard rules."""

    key = "matching.rules_saved"
    sentence = "{actor} saved version {version} of the matching rules of {cohort}"
    cohort: str
    version: int


@dataclass(frozen=True)
class RunStarted(events.Event):
    """The engine was asked for a plan."""

    key = "matching.run_started"
    sentence = "{actor} started matching {board}, run {run}, of {cohort}"
    cohort: str
    board: int
    run: int


@dataclass(frozen=True)
class RunFinished(events.Event):
    """The engine answered."""

    key = "matching.run_finished"
    sentence = "Matching {board}, run {run}, of {cohort} found {pairs} pairs for {served} of {mentees} mentees"
    code: str
    cohort: str
    board: int
    run: int
    pairs: int
    served: int
    mentees: int


@dataclass(frozen=True)
class RunStopped(events.Event):
    """A run ended without an answer."""

    key = "matching.run_stopped"
    sentence = "Matching {board}, run {run}, of {cohort} ended without a result: {why}"
    cohort: str
    board: int
    run: int
    why: str


@dataclass(frozen=True)
class BoardChanged(events.Event):
    """Something was done to a board by hand; `what` names the pair and the deed."""

    key = "matching.board_changed"
    sentence = "{actor} changed matching {board} of {cohort}: {what}"
    cohort: str
    board: int
    what: str


@dataclass(frozen=True)
class ChangeUndone(events.Event):
    """A change of the board no longer counts."""

    key = "matching.change_undone"
    sentence = "{actor} took back a change of matching {board} of {cohort}: {what}"
    cohort: str
    board: int
    what: str


@dataclass(frozen=True)
class ChangeRedone(events.Event):
    """A change that was taken back counts again."""

    key = "matching.change_redone"
    sentence = "{actor} made a change of matching {board} of {cohort} again: {what}"
    cohort: str
    board: int
    what: str


@dataclass(frozen=True)
class BoardPublished(events.Event):
    """A plan became mentorships and every introduction is in the outbox."""

    key = "matching.published"
    sentence = "{actor} published matching {board} of {cohort}: {pairs} pairs"
    code: str
    cohort: str
    board: int
    pairs: int


@dataclass(frozen=True)
class LaterTurnDecided(events.Event):
    """Others come first for scarce places. Nobody is named: it stands with the mentorship that it is about."""

    key = "matching.later_turn_decided"
    sentence = "{actor} decided that others come first when mentors are scarce in {cohort}"
    cohort: str


@dataclass(frozen=True)
class LaterTurnTakenBack(events.Event):
    """The mentee's turn is as everybody's again."""

    key = "matching.later_turn_taken_back"
    sentence = "{actor} took back that others come first when mentors are scarce in {cohort}"
    cohort: str
