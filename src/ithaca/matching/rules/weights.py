"""Weights: any numbers of 0 or more; what counts is each one's share of their sum."""

from __future__ import annotations

from collections.abc import Mapping

NOTHING_COUNTS = (
    "Give at least one criterion a weight above 0: while nothing counts, every pair is as good as any other."
)


def shares(weights: Mapping[str, float]) -> dict[str, int]:
    """Whole per cent of each weight, adding up to exactly 100 (largest remainder first); all 0 if nothing is weighted."""
    whole = sum(weights.values())
    if whole <= 0:
        return dict.fromkeys(weights, 0)
    exact = {key: 100 * weight / whole for key, weight in weights.items()}
    found = {key: int(value) for key, value in exact.items()}
    remainders = sorted(exact, key=lambda key: (found[key] - exact[key], key))
    for key in remainders[: 100 - sum(found.values())]:
        found[key] += 1
    return found
