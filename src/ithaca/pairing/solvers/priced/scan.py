"""The exact blocked scan: for each person the k best partners at the present prices, or the proof that there is none.

For one person and one block: (1) if the best that the block could give does not beat the person's threshold, pass on; (2) masks leave
out whoever a rule excludes; elements are counted for 512 people at once, and whoever has too few of them to reach the threshold is
left out as well; (3) all that masks can tell is added up, minus prices, and compared; (4) who is left is scored exactly.
Every step keeps whoever might count: an upper bound decides, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from ithaca.pairing.solvers.priced.blocks import ALIVE, NOBODY, PEOPLE, ROOM, Blocks
from ithaca.pairing.solvers.priced.flat import Array, People, Rules
from ithaca.pairing.solvers.priced.jit import bare, inlined, kernel, whole
from ithaca.pairing.solvers.priced.programs import Programs, programs
from ithaca.pairing.solvers.priced.score import dot_points, dots, is_named, score_above
from ithaca.pairing.solvers.priced.simd import LEVELS, above, count_levels, lowest_bit, meet, remove
from ithaca.pairing.solvers.priced.sparse import Int32, Int64

BATCH = 128  # people who go through the blocks together, so that a block is read once for all of them
FEW_PAIRS = 1 << 21  # one thread has looked at so many before they are shared out
FAR_BELOW = -(1 << 40)


class Best(NamedTuple):
    """The k best partners of each person as heaps, the least first: score minus price, and number (-1: none)."""

    profit: Int64  # [n, k]
    who: Int32  # [n, k]


class Work(NamedTuple):
    """Working memory of one thread."""

    mask: Array  # uint64[8]
    levels: Array  # uint64[overlaps, 7, 8]
    addresses: Array  # uint64[*]
    gains: Int64
    tops: Int64  # [tables + overlaps + 1]
    sums: Array  # int16[512]: what masks tell of each person, less the price


def scan(
    rules: Rules,
    blocks: Blocks,
    people: People,
    mentors: bool,
    who: Int64,
    threshold: Int64,
    k: int,
    *,
    threads: int = 2,
    pause: Callable[[], None] = lambda: None,
) -> Best:
    """The best of `blocks` for the people `who` of the other side (`mentors`: they are), each above its threshold.

    `pause` is called between batches and may raise to stop.
    """
    best = Best(np.repeat(threshold[:, None], k, axis=1), np.full((len(who), k), -1, np.int32))

    def batch(start: int) -> None:
        pause()
        part = slice(start, min(start + size, len(who)))
        scan_batch(rules, blocks, people, mentors, who[part], Best(best.profit[part], best.who[part]), start // BATCH)

    size = 8  # a power of two, so that where a person begins does not hang on the number of threads
    while size < BATCH and 4 * threads * size < len(who):
        size *= 2
    if len(who) * len(blocks.who) <= FEW_PAIRS:
        size = max(1, len(who))
    starts = range(0, len(who), size)
    if len(starts) <= 1 or threads == 1:
        for start in starts:
            batch(start)
    else:
        with ThreadPoolExecutor(threads) as pool:
            for _ in pool.map(batch, starts):
                pass
    return best


@kernel
def scan_batch(rules: Rules, blocks: Blocks, people: People, mentors: bool, who: Int64, best: Best, turn: int) -> None:
    """Fill `best`, beginning with block `turn`."""
    p = programs(rules, blocks, people, mentors, who)
    overlaps = len(rules.at_least)
    work = Work(
        np.zeros(8, np.uint64),
        np.zeros((overlaps, LEVELS, 8), np.uint64),
        np.zeros(p.gain.shape[1] + (LEVELS + 1) * overlaps, np.uint64),
        np.zeros(p.gain.shape[1] + (LEVELS + 1) * overlaps, np.int64),
        np.zeros(len(rules.table_width) + overlaps + 1, np.int64),
        np.zeros(512, np.int16),
    )
    _search(work, p, rules, blocks, people, mentors, who, best, turn)


@bare
def _search(
    work: Work,
    p: Programs,
    rules: Rules,
    blocks: Blocks,
    people: People,
    mentors: bool,
    who: Int64,
    best: Best,
    turn: int,
) -> None:
    for step in range(len(blocks.cheapest)):
        b = (step + turn) % len(blocks.cheapest)
        for a in range(len(who)):
            need = best.profit[a, 0] + blocks.cheapest[b]
            hope = _hope(work.tops, p, a, rules, blocks, b, people, mentors, who[a])
            if hope > need and _narrow(work, p, a, rules, blocks, b, people, mentors, who[a], need, hope):
                rest = _compare(work, p, a, rules, blocks, b, people, mentors, who[a], need)
                _score(work, rules, blocks, b, people, mentors, who[a], rest, best.profit[a], best.who[a])


@inlined
def _level_of(people: People, mentors: bool, j: int, o: int, b: int, sizes: int) -> int:
    """Which row of `blocks.level` holds: the block, or the mentee's size."""
    return b if mentors else min(whole(people.size[j, o]), sizes - 1)


@bare
def _hope(
    tops: Int64, p: Programs, a: int, rules: Rules, blocks: Blocks, b: int, people: People, mentors: bool, j: int
) -> int:
    """The most that anybody in block b could be worth to person j, by rule in `tops`; FAR_BELOW if all are excluded."""
    if p.same_top[a] < 0:
        return FAR_BELOW
    total = p.same_top[a]
    tables = len(rules.table_width)
    for t in range(tables):
        tops[t] = blocks.table_top[b, blocks.other_start[t] + people.table[j, t]]
        if tops[t] < 0:
            return FAR_BELOW
        total += tops[t]
    sizes = rules.shared_points.shape[1]
    for o in range(len(rules.at_least)):
        if people.size[j, o] == 0:
            tops[tables + o] = blocks.blank_points[o]
        else:
            tops[tables + o] = blocks.level[o, _level_of(people, mentors, j, o, b, sizes), LEVELS]
            if blocks.present[b, blocks.layout.blank[o]]:
                tops[tables + o] = max(tops[tables + o], blocks.blank_points[o])
        total += tops[tables + o]
    dots = whole(0)
    for k in range(len(rules.dot_form)):
        dots += dot_points(rules, k, people.length[j, k] * blocks.longest[b, k])
    tops[-1] = dots
    return whole(total + dots)


@bare
def _narrow(
    work: Work,
    p: Programs,
    a: int,
    rules: Rules,
    blocks: Blocks,
    b: int,
    people: People,
    mentors: bool,
    j: int,
    need: int,
    hope: int,
) -> bool:
    """Leave in `work.mask` whom no rule excludes and who shares enough of each overlap; false if nobody is left."""
    rows = np.uint64(blocks.mask[b].ctypes.data)
    mask = np.uint64(work.mask.ctypes.data)
    for w in range(8):
        work.mask[w] = blocks.mask[b, ALIVE, w]
    if p.counts[a, 0] > 0 and not remove(mask, rows, np.uint64(p.removed[a].ctypes.data), whole(p.counts[a, 0])):
        return False
    for k in range(p.counts[a, 1]):
        one, other = np.uint64(p.required[a, k, 0]), np.uint64(p.required[a, k, 1])
        if not meet(mask, rows + one * np.uint64(64), rows + other * np.uint64(64)):
            return False
    tables = len(rules.table_width)
    sizes = rules.shared_points.shape[1]
    elements = np.uint64(p.elements[a].ctypes.data)
    for o in range(len(rules.at_least)):
        if people.size[j, o] == 0:
            continue
        start = p.elements_ptr[a, o]
        levels = np.uint64(work.levels[o].ctypes.data)
        count_levels(rows, elements + np.uint64(4 * start), whole(p.elements_ptr[a, o + 1] - start), levels)
        spare = need - (hope - work.tops[tables + o])  # this overlap must give more than this
        level = blocks.level[o, _level_of(people, mentors, j, o, b, sizes)]
        least = 0
        while least <= LEVELS and (level[least] <= spare or least < min(rules.at_least[o], LEVELS)):
            least += 1
        excuse = np.uint64(blocks.layout.blank[o] if blocks.blank_points[o] > spare else NOBODY)
        excuse = rows + excuse * np.uint64(64)
        enough = levels + np.uint64(64 * (least - 1)) if least <= LEVELS else rows + np.uint64(64 * NOBODY)
        if least > 0 and not meet(mask, enough, excuse):
            return False
    return True


@inlined
def _rough(points: int, shift: int) -> int:
    """Points in units of 2**shift, rounded up."""
    return (points + (whole(1) << shift) - 1) >> shift


@bare
def _compare(
    work: Work,
    p: Programs,
    a: int,
    rules: Rules,
    blocks: Blocks,
    b: int,
    people: People,
    mentors: bool,
    j: int,
    need: int,
) -> int:
    """Leave in `work.mask` whose sum of all that masks tell beats what is returned: the threshold, less all that they cannot."""
    rows = np.uint64(blocks.mask[b].ctypes.data)
    tables = len(rules.table_width)
    sizes = rules.shared_points.shape[1]
    n = 0
    need -= work.tops[-1] + p.same_base[a]
    for t in range(tables):
        need -= p.table_base[a, t] if p.sliced[a, t] else work.tops[t]
    for q in range(p.counts[a, 2]):
        if blocks.present[b, p.gain_mask[a, q]]:
            work.addresses[n] = rows + np.uint64(p.gain_mask[a, q]) * np.uint64(64)
            work.gains[n] = _rough(p.gain[a, q], blocks.shift)
            n += 1
    for o in range(len(rules.at_least)):
        if people.size[j, o] == 0:
            need -= blocks.blank_points[o]
            continue
        level = blocks.level[o, _level_of(people, mentors, j, o, b, sizes)]
        need -= level[0]
        before = whole(0)
        for c in range(1, LEVELS + 1):
            gain = _rough(level[c] - level[0], blocks.shift)
            if gain > before:
                work.addresses[n] = np.uint64(work.levels[o].ctypes.data) + np.uint64(64 * (c - 1))
                work.gains[n] = gain - before
                n += 1
                before = gain
        if blocks.present[b, blocks.layout.blank[o]] and blocks.blank_points[o] > level[0]:
            work.addresses[n] = rows + np.uint64(blocks.layout.blank[o]) * np.uint64(64)
            work.gains[n] = _rough(blocks.blank_points[o] - level[0], blocks.shift)
            n += 1
    start = np.uint64(blocks.start[b].ctypes.data)
    addresses, gains = np.uint64(work.addresses.ctypes.data), np.uint64(work.gains.ctypes.data)
    rough = max(need >> blocks.shift, whole(-ROOM - 1))
    mask, sums = np.uint64(work.mask.ctypes.data), np.uint64(work.sums.ctypes.data)
    above(start, addresses, gains, whole(n), min(rough, whole(2 * ROOM)), mask, sums)
    return need


@bare
def _score(
    work: Work,
    rules: Rules,
    blocks: Blocks,
    b: int,
    people: People,
    mentors: bool,
    j: int,
    rest: int,
    profit: Int64,
    who: Int32,
) -> None:
    """Everyone left in `work.mask`: the dots first, since the masks know nothing of them; then all, and keep the best."""
    before = profit[0]
    turn = whole(j * 167) % PEOPLE  # everyone begins with somebody else: among equals all would find the same few
    passed = (np.uint64(1) << np.uint64(turn % 64)) - np.uint64(1)
    for step in range(9):
        w = (turn // 64 + step) % 8
        left = work.mask[w]
        if step == 0:
            left &= ~passed
        elif step == 8:
            left &= passed
        while left:
            within = w * 64 + lowest_bit(left)
            at = b * PEOPLE + within
            left &= left - np.uint64(1)
            short = work.tops[-1] - dots(rules, blocks.people, at, people, j)  # what the dots fall short of their best
            if whole(work.sums[within]) <= (rest + profit[0] - before + short) >> blocks.shift:
                continue
            least = profit[0] + blocks.price[at]
            if mentors:
                score = score_above(rules, people, j, blocks.people, at, least)
            else:
                score = score_above(rules, blocks.people, at, people, j, least)
            if score < 0:
                continue
            partner = whole(blocks.who[at])
            named = is_named(rules, j, partner) if mentors else is_named(rules, partner, j)
            if not named:
                _keep(profit, who, score - blocks.price[at], partner)


@inlined
def _keep(profit: Int64, who: Int32, value: int, partner: int) -> None:
    """Replace the least of the heap."""
    k = len(profit)
    at = 0
    while True:
        child = 2 * at + 1
        if child >= k:
            break
        if child + 1 < k and profit[child + 1] < profit[child]:
            child += 1
        if profit[child] >= value:
            break
        profit[at] = profit[child]
        who[at] = who[child]
        at = child
    profit[at] = value
    who[at] = partner
