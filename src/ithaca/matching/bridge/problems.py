"""From plain rows and a coordinator's rules to the engine's problem, and the problem of a finished run again."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ithaca.matching.bridge import kinds
from ithaca.matching.bridge.picture import Picture
from ithaca.matching.models import MatchingRules, Run, RunInput, unpacked
from ithaca.matching.rules.board import Pair, State
from ithaca.pairing import plan, side
from ithaca.pairing import problem as engine
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.criteria import registry
from ithaca.pairing.explain import Explainer
from ithaca.pairing.plan import Plan

KEPT = 4
"""Pictures, and problems of runs, held in memory by each process; a run never changes, so what is held is never wrong."""

_runs: OrderedDict[tuple[str, int], Asked] = OrderedDict()
_People = tuple[side.Side, side.Side, frozenset[Pair]]
"""Mentors, mentees, and who was introduced already."""
_pictures: OrderedDict[bytes, _People] = OrderedDict()
_turn = threading.Lock()

ProblemError = side.ProblemError
"""The input cannot be solved; `findings` says why in sentences."""


class Asked:
    """The problem of a finished run with the engine's plan, ready for questions."""

    def __init__(self, problem: engine.Problem, answer: Plan) -> None:
        self.problem = problem
        self.explainer = Explainer(problem, answer)

    @property
    def compiled(self) -> Compiled:
        return self.explainer.compiled


@dataclass(frozen=True)
class Question:
    """What a board asks of the engine as it stands."""

    problem: engine.Problem
    plan: Plan | None
    """The plan of the board's solution, while that answers this very problem."""


def problem_of(
    picture: Picture,
    rules: MatchingRules,
    *,
    locked: Iterable[Sequence[str]] = (),
    forbidden: Iterable[Sequence[str]] = (),
) -> engine.Problem:
    """The engine's problem. Locks and exclusions of people who are not in the picture are left out. Raises ProblemError."""
    return _problem(_read(picture), rules, locked, forbidden)


def problem_from(
    seen: bytes, rules: MatchingRules, *, locked: Iterable[Sequence[str]] = (), forbidden: Iterable[Sequence[str]] = ()
) -> engine.Problem:
    """As `problem_of`, from a packed picture. While the same picture is asked about again, its people are not read again."""
    return _problem(_people_in(seen), rules, locked, forbidden)


def could_stay(seen: bytes, locked: Iterable[Sequence[str]]) -> frozenset[Pair]:
    """The locked pairs that a plan for a packed picture has: both are there, and they are not introduced already."""
    mentors, mentees, introduced = _people_in(seen)
    return _present(locked, mentors, mentees) - introduced


def forget() -> None:
    """Let go of everything held in memory: somebody was erased."""
    with _turn:
        _pictures.clear()
        _runs.clear()


def _people_in(seen: bytes) -> _People:
    key = hashlib.sha256(seen).digest()
    known = _pictures.get(key)
    if known is None:
        known = _read(unpacked(seen))
    _keep(_pictures, key, known)
    return known


def _read(picture: Picture) -> _People:
    mentors = side.from_table("mentor", picture["mentors"])
    mentees = side.from_table("mentee", picture["mentees"])
    return mentors, mentees, _present(picture["introduced"], mentors, mentees)


def _problem(
    people: _People, rules: MatchingRules, locked: Iterable[Sequence[str]], forbidden: Iterable[Sequence[str]]
) -> engine.Problem:
    mentors, mentees, introduced = people
    held = _present(locked, mentors, mentees) - introduced
    constraints = engine.Constraints(locked=held, forbidden=(_present(forbidden, mentors, mentees) | introduced) - held)
    return engine.Problem(mentors, mentees, _criteria(rules.weights, rules.options), constraints, objective_of(rules))


def objective_of(rules: MatchingRules) -> engine.Objective:
    """What 'best' means in these rules."""
    return engine.Objective(**rules.objective)


def of_run(run: Run) -> Asked | None:
    """The problem that a finished run answered; None if what the engine saw is not kept any more, or `kinds.missing` says why."""
    if kinds.missing(run.rules.options):
        return None
    revision = RunInput.objects.filter(run=run).values_list("revision", flat=True).first()
    if revision is None:
        return None
    known = _runs.get((run.code, revision))
    if known is None:
        seen = bytes(RunInput.objects.get(run=run).data)
        problem = problem_from(seen, run.rules, locked=run.locked, forbidden=run.forbidden)
        known = Asked(problem, plan.from_dict(unpacked(run.result.plan)))
    _keep(_runs, (run.code, revision), known)
    return known


def of_board(run: Run, state: State) -> Question | None:
    """The problem of the run whose solution a board shows, with what was decided by hand since; None as for `of_run`."""
    asked = of_run(run)
    if asked is None:
        return None
    if (state.locked, state.forbidden) == (_pairs(run.locked), _pairs(run.forbidden)):
        return Question(asked.problem, asked.explainer.plan)
    seen = bytes(RunInput.objects.get(run=run).data)
    return Question(problem_from(seen, run.rules, locked=state.locked, forbidden=state.forbidden), None)


def _pairs(rows: Iterable[Sequence[str]]) -> frozenset[Pair]:
    return frozenset((a, b) for a, b in rows)


def _keep(store: OrderedDict[Any, Any], key: object, value: object) -> None:
    """Hold it as the newest of a few."""
    with _turn:
        store[key] = value
        store.move_to_end(key)
        while len(store) > KEPT:
            store.popitem(last=False)


def _criteria(weights: Mapping[str, float], options: Mapping[str, Mapping[str, Any]]) -> tuple[engine.Weighted, ...]:
    """Every criterion of the registry, so that its hard rules hold at weight 0 too."""
    return tuple(
        engine.Weighted(criterion.key, weights.get(criterion.key, 0), options.get(criterion.key, {}))
        for criterion in registry.CRITERIA
    )


def _present(pairs: Iterable[Sequence[str]], mentors: side.Side, mentees: side.Side) -> frozenset[Pair]:
    return frozenset((a, b) for a, b in pairs if a in mentors.position and b in mentees.position)
