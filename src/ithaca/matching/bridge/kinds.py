"""The engine's criteria as the platform's forms and pages need them, and what a set of rules does to a cohort's people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ithaca.pairing.criteria import registry
from ithaca.pairing.criteria.base import Criterion
from ithaca.pairing.problem import Objective

CRITERIA: tuple[Criterion, ...] = registry.CRITERIA
"""Every criterion with key, label, help, options and default weight, in reading order."""


def label_of(key: str) -> str:
    """What people call a criterion."""
    return registry.BY_KEY[key].label if key in registry.BY_KEY else key


def defaults() -> dict[str, dict[str, Any]]:
    """Weights, options and objective that a cohort starts with."""
    return {
        "weights": {criterion.key: criterion.default_weight for criterion in CRITERIA},
        "options": {criterion.key: criterion.choose({}) for criterion in CRITERIA},
        "objective": {"kind": "total", "floor": 0},
    }


def objective_words(objective: Mapping[str, Any], several: bool) -> str:
    """What 'best' means, as a coordinator reads it; `several`: some mentees take more than one mentor."""
    return Objective(**objective).words(several)


def missing(options: Mapping[str, Mapping[str, Any]]) -> str:
    """Why rules that were saved elsewhere or earlier cannot be followed on this machine, in words; empty if they can."""
    for criterion in CRITERIA:
        given = options.get(criterion.key, {})
        for option in criterion.options:
            if why := option.missing(given.get(option.key, option.default)):
                return why
    return ""


def ways(weights: Mapping[str, float], options: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """How people were compared where there is more than one way, a sentence each."""
    if missing(options):
        return []
    said = (c.way(c.choose(options.get(c.key, {}))) for c in CRITERIA if weights.get(c.key, 0))
    return [sentence for sentence in said if sentence]


def cleaned(options: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Options of every criterion in their types. Raises ValueError in words."""
    return {criterion.key: criterion.choose(options.get(criterion.key, {})) for criterion in CRITERIA}
