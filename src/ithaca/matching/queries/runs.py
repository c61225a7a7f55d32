"""Rules, runs and what they found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ithaca.matching.bridge import kinds
from ithaca.matching.models import MatchingRules, Result, Run, Stop, unpacked
from ithaca.matching.rules.board import Pair
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort

PLANS_KEPT = 4
_plans: dict[str, dict[str, Any]] = {}
"""The last plans that this process read, by the code of their run: a result never changes."""


def rules_of(cohort: Cohort) -> MatchingRules:
    """The newest rules of a cohort; unsaved defaults (version 0) if none were saved yet."""
    saved = MatchingRules.objects.filter(cohort=cohort).order_by("-version").first()
    return saved or default_rules_of(cohort)


def default_rules_of(cohort: Cohort) -> MatchingRules:
    """What every cohort starts with, unsaved (version 0)."""
    return MatchingRules(cohort=cohort, version=0, **kinds.defaults())


@dataclass(frozen=True)
class RunRow:
    """One run in a list, with its figures in per cent; None while there are none.

    published   its solution is the one that was published
    passed_over another solution was published: of its board, or of a matching that overtook it
    """

    run: Run
    result: Result | None
    stop: Stop | None
    published: bool
    passed_over: bool
    average: float | None
    worst: float | None


def runs_of(cohort: Cohort) -> Any:
    """All runs of a cohort, newest first, with what became of each."""
    found = Run.objects.filter(cohort=cohort).select_related(
        "board__publication", "rules", "result", "stop", "started_by"
    )
    return found.with_taken().with_overtaken().defer("result__plan").order_by("-pk")


def row_of(run: Run) -> RunRow:
    """A run of `runs_of` as a row."""
    result: Result | None = getattr(run, "result", None)
    stop: Stop | None = getattr(run, "stop", None)
    average = result.total / result.pairs / 100 if result and result.pairs else None
    worst = result.worst / 100 if result and result.pairs else None
    closed = hasattr(run.board, "publication")
    on_board = run.taken == run.pk if run.taken else run.number == 1
    return RunRow(run, result, stop, closed and on_board, closed or run.overtaken, average, worst)


def pairs_of(run: Run) -> frozenset[Pair]:
    """The pairs that a run found."""
    return frozenset((pair["mentor"], pair["mentee"]) for pair in plan_of(run)["pairs"])


def plan_of(run: Run) -> dict[str, Any]:
    """The engine's answer of a finished run, as plain values to read (see `pairing.plan.Plan.to_dict`)."""
    known = _plans.get(run.code)
    if known is None:
        known = _plans[run.code] = unpacked(run.result.plan)
        while len(_plans) > PLANS_KEPT:
            _plans.pop(next(iter(list(_plans))), None)
    return known


def result_of(run: Run) -> dict[str, Any]:
    """What the page of a finished run shows: pairs, mentees without, points in per cent, and the scores' distribution."""
    plan = plan_of(run)
    result = run.result
    pairs = plan["pairs"]
    return {
        "result": result,
        "pairs": len(pairs),
        "without": len(plan["unmatched_mentees"]),  # who has a mentor from before wants no place here
        "places_short": max(0, result.mentees - result.places),
        "average": result.total / len(pairs) / 100 if pairs else None,
        "worst": result.worst / 100 if pairs else None,
        "scores": [pair["points"] / 100 for pair in pairs],
        "objective": plan["objective"],
        "aim": _aim_of(run, plan),
        "gap_percent": result.gap / 100,
        "total_percent": result.total / 100,
        "ways": kinds.ways(run.rules.weights, run.rules.options),
        "kept_apart": _named(plan.get("kept_apart", [])),
        "locked": len({(a, b) for a, b in run.locked} & pairs_of(run)),
        "forbidden": len(run.forbidden) - len(plan.get("kept_apart", [])),
    }


NAMED = 10
"""Mentees without a mentor whom a solution's page names; of more than these the number."""


def without_of(run: Run) -> dict[str, Any]:
    """Who has nobody in a solution that is not on the board, whose own list is about other pairs: names, and how many more."""
    codes = plan_of(run)["unmatched_mentees"]
    names = sorted(Person.objects.filter(code__in=codes).values_list("name", flat=True))[:NAMED]
    return {"without_names": names, "more_without": len(codes) - len(names)}


def _aim_of(run: Run, plan: dict[str, Any]) -> str:
    """What a plan is best at, where that is something else than the highest total; empty for that."""
    if "aim" in plan:
        return str(plan["aim"])
    if run.rules.objective.get("kind") == "worst_first":
        return "The weakest pair first"
    asked_for = [kinds.objective_words(run.rules.objective, several) for several in (False, True)]
    return "" if plan["objective"] in asked_for else "Not the highest total"


def _named(pairs: list[list[str]]) -> list[tuple[str, str]]:
    """The names of these pairs."""
    codes = {code for pair in pairs for code in pair}
    names = dict(Person.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
    return [(names[mentor], names[mentee]) for mentor, mentee in pairs if {mentor, mentee} <= names.keys()]


def scores_of(run: Run) -> dict[Pair, int]:
    """Points by pair of a finished run."""
    return {(pair["mentor"], pair["mentee"]): pair["points"] for pair in plan_of(run)["pairs"]}


def title_of(run: Run) -> str:
    """What a run is called in lists."""
    first = f"Matching {run.board.number}"
    return first if run.number == 1 else f"{first}, solution {run.number}"
