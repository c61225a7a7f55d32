"""Compiled problems by chance from a seed, with every kind of primitive and its blanks and vetoes."""

from __future__ import annotations

import numpy as np

from ithaca.pairing.compiled import Compiled, Part
from ithaca.pairing.points import VETO
from ithaca.pairing.primitives.dot import Dot
from ithaca.pairing.primitives.overlap import Overlap
from ithaca.pairing.primitives.pairs import Pairs
from ithaca.pairing.primitives.same import Same
from ithaca.pairing.primitives.table import Table


def sets(rng, n: int, universe: int, most: int) -> np.ndarray:
    """uint64[n, words]: up to `most` elements each, some sets blank."""
    words = -(-universe // 64)
    bits = np.zeros((n, words), np.uint64)
    for row, size in enumerate(rng.integers(0, most + 1, n)):
        for element in rng.integers(0, universe, size):
            bits[row, element // 64] |= np.uint64(1) << np.uint64(element % 64)
    return bits


def overlap(rng, mentors: int, mentees: int, universe: int, most: int, points: int, at_least: int = 0) -> Overlap:
    table = np.sort(rng.integers(0, points + 1, (rng.integers(1, 6), rng.integers(1, 12))), axis=1)
    return Overlap(sets(rng, mentors, universe, most), sets(rng, mentees, universe, most), table, at_least, "shared")


def table(rng, mentors: int, mentees: int, a: int, b: int, points: int) -> Table:
    values = rng.integers(0, points + 1, (a, b))
    values[rng.random((a, b)) < 0.2] = VETO
    return Table(rng.integers(0, a, mentors), rng.integers(0, b, mentees), values, "class")


def same(rng, mentors: int, mentees: int, classes: int, points: tuple[int, int, int]) -> Same:
    return Same(rng.integers(0, classes, mentors), rng.integers(0, classes, mentees), *points, reason="same")


def dot(rng, mentors: int, mentees: int, width: int, points: int) -> Dot:
    vectors = [rng.integers(-60, 100, (n, width)) for n in (mentors, mentees)]
    return Dot(*vectors, points * 65536 // (60 * 60 * width), 16, points)


def pairs(rng, mentors: int, mentees: int, count: int) -> Pairs:
    named = zip(
        rng.integers(0, mentors, count).tolist(),
        rng.integers(0, mentees, count).tolist(),
        np.where(rng.random(count) < 0.5, VETO, rng.integers(0, 3000, count)).tolist(),
        strict=True,
    )
    return Pairs.of((mentors, mentees), named, "named")


def mixed(seed: int, mentors: int, mentees: int, *, capacity: int = 2, places: int = 1, floor: int = 0) -> Compiled:
    """A little of everything, chosen by the seed."""
    rng = np.random.default_rng(seed)
    shape = mentors, mentees
    veto_or = [VETO, 0, 300]
    choices = [
        overlap(rng, *shape, 100, 6, 3500),
        overlap(rng, *shape, 12, 9, 1000, at_least=int(rng.integers(0, 3))),
        table(rng, *shape, 5, 4, 1500),
        table(rng, *shape, 40, 40, 500),
        same(rng, *shape, 4, (500, 0, 100)),
        same(rng, *shape, 9, (veto_or[rng.integers(3)], 200, veto_or[rng.integers(3)])),
        same(rng, *shape, 3, (400, veto_or[rng.integers(3)], veto_or[rng.integers(3)])),
        dot(rng, *shape, 16, 2000),
        pairs(rng, *shape, int(rng.integers(0, 3 * mentees))),
        pairs(rng, *shape, mentees // 2),
    ]
    chosen = [primitive for primitive in choices if rng.random() < 0.6]
    return Compiled(
        tuple(Part(str(k), 0, (primitive,)) for k, primitive in enumerate(chosen)),
        rng.integers(0, capacity + 1, mentors),
        rng.integers(places > 1, places + 1, mentees) if places > 1 else np.ones(mentees, int),
        rng.random(mentees) < 0.9,
        rng.integers(0, 2, mentees) * 50,
        floor,
    )
