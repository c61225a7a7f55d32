"""What a set of rules does to the people of a cohort, before anything is solved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ithaca.matching.bridge import problems
from ithaca.matching.bridge.picture import Picture
from ithaca.matching.models import MatchingRules
from ithaca.pairing import scoring
from ithaca.pairing.compiled import Compiled
from ithaca.pairing.criteria import registry
from ithaca.pairing.points import Array

MOST_CELLS = 25_000_000
"""Mentors times mentees up to which a preview is worked out while somebody waits."""


@dataclass(frozen=True)
class RuleEffect:
    """One hard rule: pairs it excludes, and mentees who would have somebody if only this rule were dropped."""

    reason: str
    pairs: int
    mentees: int


@dataclass(frozen=True)
class Effect:
    """All rules together. `silent`: criteria with a weight about which nothing is known on both sides."""

    possible: int
    excluded: int
    mentees_without: int
    mentors_without: int
    rules: tuple[RuleEffect, ...]
    silent: tuple[str, ...]
    below: int = 0
    """Pairs that the rules allow and the floor leaves out."""
    mentees_below: int = 0
    """Mentees who would have somebody without the floor."""

    @property
    def percent(self) -> float:
        return 100 * self.excluded / self.possible if self.possible else 0


def of(picture: Picture, rules: MatchingRules) -> Effect | None:
    """Work out the effect; None for a cohort too large to wait for. Raises ProblemError for rules that cannot be."""
    people = {side: [row for row in picture[side] if row["capacity"]] for side in ("mentors", "mentees")}
    problem = problems.problem_of({**picture, **people}, rules)
    mentors, mentees = len(problem.mentors), len(problem.mentees)
    if mentors * mentees > MOST_CELLS:
        return None
    used = {weighted.key for weighted in scoring.at_work(problem)}
    silent = tuple(registry.BY_KEY[w.key].label for w in problem.criteria if w.weight and w.key not in used)
    compiled = scoring.compiled(problem)
    everybody = np.arange(mentors), np.arange(mentees)
    times = np.zeros((mentors, mentees), np.int16)
    vetoes: dict[str, Array] = {}
    for primitive in compiled.primitives:
        out = primitive.block(*everybody) < 0
        if out.any():
            vetoes[primitive.reason] = vetoes.get(primitive.reason, False) | out
    for out in vetoes.values():
        times += out
    alone = (times > 0).all(axis=0)
    found = [
        RuleEffect(reason, int(out.sum()), int((alone & ((times - out) == 0).any(axis=0)).sum()))
        for reason, out in vetoes.items()
    ]
    found.sort(key=lambda rule: -rule.pairs)
    none = mentors * mentees == 0
    below = _below(compiled, times) if compiled.floor else np.zeros((mentors, mentees), bool)
    left = (times > 0) | below
    return Effect(
        possible=mentors * mentees,
        excluded=int((times > 0).sum()),
        mentees_without=0 if none else int(left.all(axis=0).sum()),
        mentors_without=0 if none else int(left.all(axis=1).sum()),
        rules=tuple(found),
        silent=silent,
        below=int(below.sum()),
        mentees_below=0 if none else int((left.all(axis=0) & ~alone).sum()),
    )


def _below(compiled: Compiled, times: Array) -> Array:
    """bool[M, N]: pairs that no rule excludes and that score below the floor."""
    out: Array = (compiled.matrix() < 0) & (times == 0)
    return out
