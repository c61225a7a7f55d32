"""What one searching person asks of the masks of a block: written once a person, run on every block.

A *program* says whom a rule excludes (remove, require), which elements to count, and what a class is worth above the least class
(gain). Rules with too many classes to be worth their masks are left to the exact score.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ithaca.pairing.solvers.priced.blocks import NOBODY, Blocks
from ithaca.pairing.solvers.priced.flat import Array, People, Rules
from ithaca.pairing.solvers.priced.jit import bare, inlined, kernel, whole
from ithaca.pairing.solvers.priced.simd import lowest_bit
from ithaca.pairing.solvers.priced.sparse import Int32, Int64

MOST_GAINS = 12  # of one table
MOST_REMOVED = 24  # of one table


class Programs(NamedTuple):
    """Of a batch of searching people; the first axis is the person."""

    elements: Array  # uint32[n, *]: masks to count, overlap after overlap
    elements_ptr: Int32  # [n, overlaps + 1]
    removed: Array  # uint32[n, *]
    required: Array  # uint32[n, sames, 2]: who is in neither is excluded
    gain_mask: Array  # uint32[n, *]
    gain: Int64
    counts: Int32  # [n, 3]: how many removed, required, gains
    sliced: Array  # bool[n, tables]: the table's points are all in `base` and gains
    table_base: Int64  # [n, tables]: points of the least class, if sliced
    same_base: Int64  # [n]
    same_top: Int64  # [n]; below zero: nobody is allowed


@kernel
def programs(rules: Rules, blocks: Blocks, people: People, mentors: bool, who: Int64) -> Programs:
    """For the people `who` (`mentors`: they are mentors) who search these blocks of the other side."""
    n = len(who)
    tables = len(rules.table_width)
    sames = len(rules.same_classes)
    most = 1
    for j in who:
        most = max(most, people.size[j].sum())
    p = Programs(
        np.zeros((n, most), np.uint32),
        np.zeros((n, len(rules.at_least) + 1), np.int32),
        np.zeros((n, MOST_REMOVED * tables + 2 * sames + 1), np.uint32),
        np.zeros((n, sames + 1, 2), np.uint32),
        np.zeros((n, MOST_GAINS * tables + 2 * sames + 1), np.uint32),
        np.zeros((n, MOST_GAINS * tables + 2 * sames + 1), np.int64),
        np.zeros((n, 3), np.int32),
        np.zeros((n, tables), np.bool_),
        np.zeros((n, tables), np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
    )
    _write(p, rules, blocks, people, mentors, who)
    return p


@bare
def _write(p: Programs, rules: Rules, blocks: Blocks, people: People, mentors: bool, who: Int64) -> None:
    for a in range(len(who)):
        _count_elements(p, a, rules, blocks, people, who[a])
        for t in range(len(rules.table_width)):
            _slice_table(p, a, t, rules, blocks, people.table[who[a], t], mentors)
        for k in range(len(rules.same_classes)):
            _slice_same(p, a, k, rules, blocks, people.same[who[a], k])


@inlined
def _count_elements(p: Programs, a: int, rules: Rules, blocks: Blocks, people: People, j: int) -> None:
    n = 0
    for o in range(len(rules.at_least)):
        for w in range(rules.word[o], rules.word[o + 1]):
            rest = people.bits[j, w]
            while rest:
                row = blocks.layout.element[w * 64 + lowest_bit(rest)]
                rest &= rest - np.uint64(1)
                if row >= 0:
                    p.elements[a, n] = row
                    n += 1
        p.elements_ptr[a, o + 1] = n


@inlined
def _gain(p: Programs, a: int, row: int, points: int) -> None:
    p.gain_mask[a, p.counts[a, 2]] = row
    p.gain[a, p.counts[a, 2]] = points
    p.counts[a, 2] += 1


@inlined
def _remove(p: Programs, a: int, row: int) -> None:
    p.removed[a, p.counts[a, 0]] = row
    p.counts[a, 0] += 1


@inlined
def _table_points(rules: Rules, t: int, mine: int, theirs: int, mentors: bool) -> int:
    i, j = (theirs, mine) if mentors else (mine, theirs)
    return whole(rules.table_points[rules.table_start[t] + i * rules.table_width[t] + j])


@bare
def _slice_table(p: Programs, a: int, t: int, rules: Rules, blocks: Blocks, theirs: int, mentors: bool) -> None:
    start = blocks.layout.table_start[t]
    classes = blocks.layout.table_start[t + 1] - start
    base = whole(1) << 40
    excluded = 0
    for c in range(classes):
        points = _table_points(rules, t, c, theirs, mentors)
        excluded += points < 0
        if points >= 0:
            base = min(base, points)
    gains = 0
    for c in range(classes):
        gains += _table_points(rules, t, c, theirs, mentors) > base
    p.sliced[a, t] = gains <= MOST_GAINS
    p.table_base[a, t] = base
    for c in range(classes):
        points = _table_points(rules, t, c, theirs, mentors)
        if points < 0 and excluded <= MOST_REMOVED:
            _remove(p, a, blocks.layout.table[start + c])
        elif points > base and p.sliced[a, t]:
            _gain(p, a, blocks.layout.table[start + c], points - base)


@bare
def _slice_same(p: Programs, a: int, k: int, rules: Rules, blocks: Blocks, theirs: int) -> None:
    same, different, blank = rules.same_points[k]
    if theirs == 0:
        p.same_base[a] += max(0, blank)
        p.same_top[a] = -1 if blank < 0 else (p.same_top[a] + blank if p.same_top[a] >= 0 else -1)
        return
    top = max(same, different, blank)
    p.same_top[a] = -1 if top < 0 or p.same_top[a] < 0 else p.same_top[a] + top
    start = blocks.layout.same_start[k]
    row = blocks.layout.same[start + theirs]
    if row < 0:
        p.same_base[a] += max(0, top)
        return
    base = max(0, different)
    p.same_base[a] += base
    if different < 0:
        p.required[a, p.counts[a, 1], 0] = row if same >= 0 else NOBODY
        p.required[a, p.counts[a, 1], 1] = blocks.layout.same[start] if blank >= 0 else NOBODY
        p.counts[a, 1] += 1
    else:
        if same < 0:
            _remove(p, a, row)
        if blank < 0:
            _remove(p, a, blocks.layout.same[start])
    if same > base:
        _gain(p, a, row, same - base)
    if blank > base:
        _gain(p, a, blocks.layout.same[start], blank - base)
