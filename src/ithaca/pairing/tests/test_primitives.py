"""Every primitive says the same of a block as of single pairs, and of a tile as of a matrix."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.pairing import tiles
from ithaca.pairing.compiled import Compiled, Part
from ithaca.pairing.points import VETO, Array
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.dot import Dot
from ithaca.pairing.primitives.overlap import Overlap
from ithaca.pairing.primitives.pairs import Pairs
from ithaca.pairing.primitives.same import Same
from ithaca.pairing.primitives.table import Table

Chance = np.random.Generator


def overlap(chance: Chance, mentors: int, mentees: int) -> Overlap:
    universe = int(chance.choice([3, 9, 64, 130]))
    often = chance.choice([0.02, 0.2, 0.9])
    sides = [np.zeros((people, -(-universe // 64) * 64), bool) for people in (mentors, mentees)]
    for side in sides:
        side[:, :universe] = chance.random((len(side), universe)) < often
    left, right = (np.packbits(side, axis=1, bitorder="little").view(np.uint64) for side in sides)
    points = chance.integers(0, 900, (chance.integers(1, 6), chance.integers(1, 6)))
    return Overlap(left, right, points, int(chance.integers(0, 4)), "too few")


def table(chance: Chance, mentors: int, mentees: int) -> Table:
    points = chance.choice([VETO, 0, 70, 900], chance.integers(1, 90, 2))
    left, right = (chance.integers(0, width, people) for width, people in zip(points.shape, (mentors, mentees)))
    return Table(left, right, points)


def same(chance: Chance, mentors: int, mentees: int) -> Same:
    classes = int(chance.choice([1, 4, 63, 64, 500]))
    alike, different, blank = (int(value) for value in chance.choice([VETO, 0, 70, 900], 3))
    left, right = (chance.integers(0, classes + 1, people) for people in (mentors, mentees))
    return Same(left, right, alike, different, blank)


def dot(chance: Chance, mentors: int, mentees: int) -> Dot:
    size = int(chance.choice([1, 7, 64, 65, 150]))
    left, right = (chance.integers(-128, 128, (people, size)) for people in (mentors, mentees))
    return Dot(left, right, int(chance.choice([0, 1, 9_000, 100_000_000])), int(chance.choice([0, 12, 30])), 800)


def pairs(chance: Chance, mentors: int, mentees: int) -> Pairs:
    count = int(chance.integers(0, 2 * mentors)) if mentors and mentees else 0
    named = zip(
        chance.integers(0, max(1, mentors), count).tolist(),
        chance.integers(0, max(1, mentees), count).tolist(),
        chance.choice([VETO, 5, 300], count).tolist(),
    )
    return Pairs.of((mentors, mentees), named)


KINDS: tuple[Callable[[Chance, int, int], Primitive], ...] = (overlap, table, same, dot, pairs)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers(0, 1 << 32), mentors=st.integers(0, 80), mentees=st.integers(0, 80))
@settings(max_examples=40, deadline=None)
def test_a_block_has_the_points_of_its_pairs(
    kind: Callable[[Chance, int, int], Primitive], seed: int, mentors: int, mentees: int
) -> None:
    chance = np.random.default_rng(seed)
    primitive = kind(chance, mentors, mentees)
    assert primitive.shape == (mentors, mentees)
    rows = chance.integers(0, mentors, chance.integers(0, 100)) if mentors else np.zeros(0, np.int64)
    columns = chance.integers(0, mentees, chance.integers(0, 100)) if mentees else np.zeros(0, np.int64)
    block = primitive.block(rows, columns)
    assert (block == by_pairs(primitive, rows, columns)).all()


def by_pairs(primitive: Primitive, rows: Array, columns: Array) -> Array:
    each = primitive.at(np.repeat(rows, len(columns)), np.tile(columns, len(rows)))
    return each.reshape(len(rows), len(columns))


@given(seed=st.integers(0, 1 << 32), cells=st.sampled_from([1, 7, 60, 500]), floor=st.sampled_from([0, 1, 400]))
@settings(max_examples=40, deadline=None)
def test_any_tiles_make_the_same_matrix(seed: int, cells: int, floor: int) -> None:
    chance = np.random.default_rng(seed)
    most = 40 if cells > 20 else 12  # each tile costs the same, however few its pairs
    shape = int(chance.integers(1, most)), int(chance.integers(1, most))
    parts = tuple(Part(kind.__name__, 100, (kind(chance, *shape),)) for kind in KINDS)
    compiled = Compiled(parts, np.ones(shape[0]), np.ones(shape[1]), floor=floor)
    everybody = np.arange(shape[0]), np.arange(shape[1])
    expected: Array = np.sum([by_pairs(primitive, *everybody) for primitive in compiled.primitives], axis=0)
    expected[expected < floor] = VETO
    before = tiles.CELLS, tiles.WIDTH
    tiles.CELLS, tiles.WIDTH = cells, max(1, cells // 3)
    try:
        assert (compiled.matrix() == expected).all()
    finally:
        tiles.CELLS, tiles.WIDTH = before


def test_work_on_tiles_keeps_their_order_and_passes_errors_on() -> None:
    everybody = np.arange(3_000)
    asked = list(tiles.of(everybody, everybody))
    seen = list(tiles.each(lambda tile, room: (tile[0][0], tile[1][0]), iter(asked)))
    assert seen == [(rows[0], columns[0]) for rows, columns in asked]
    assert sum(len(rows) * len(columns) for rows, columns in asked) == 9_000_000

    def refuse(tile: tiles.Tile, room: object) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        list(tiles.each(refuse, asked))
