"""One side of the product, 512 people to a block, laid out so that a whole block is judged at once.

Who has an element, a class or a blank is a *mask* (one bit a person); for every block the best that each rule could give, and the
cheapest price. People of one class stand together, so that what holds for the best of a block holds for most of it.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np

from ithaca.pairing.solvers.priced.flat import Array, People, Rules
from ithaca.pairing.solvers.priced.jit import kernel
from ithaca.pairing.solvers.priced.score import shared_points
from ithaca.pairing.solvers.priced.simd import LEVELS, lowest_bit
from ithaca.pairing.solvers.priced.sparse import Int32, Int64

PEOPLE = 512
ALIVE, NOBODY = 0, 1  # the first two masks of every block
MOST_CLASSES = 1024  # a `same` with more classes than this has no masks
UNAFFORDABLE = np.iinfo(np.int64).max >> 1
SPARSE = 0.25  # share of positions that may be empty
ROOM = 12_000  # sums of points and differences of price stay within twice this, far from the end of int16


class Layout(NamedTuple):
    """Which mask holds what; -1: none does."""

    element: Int32  # [words * 64]
    blank: Int32  # [overlaps]
    table: Int32  # [all classes of all tables on this side]
    table_start: Int64  # [tables + 1]
    same: Int32  # [all classes of all sames]
    same_start: Int64  # [sames + 1]
    masks: int


class Blocks(NamedTuple):
    """People in the order of the blocks, and what is known of each block."""

    who: Int32  # number of the person at each position; -1: nobody any more
    people: People
    price: Int64
    layout: Layout
    mask: Array  # uint64[blocks, masks, 8]
    present: Array  # bool[blocks, masks]
    cheapest: Int64  # [blocks]
    start: Array  # int16[blocks, 512]: minus what a person costs more than the cheapest, in units of 2**shift points
    shift: int
    table_top: Int32  # [blocks, all classes of all tables on the other side]
    other_start: Int64  # [tables + 1]
    level: Int32  # [overlaps, mentee's size or block, 0 to 7 shared]: the most that so many give
    blank_points: Int64  # [overlaps]
    longest: Int64  # [blocks, dots]


def lay_out(rules: Rules, people: People, mentors: bool, who: Int32, price: Int64) -> Blocks:
    """Blocks of the people `who` of one side (mentors or not) at these prices, to be searched by the other side."""
    return _lay_out(rules, people, None, mentors, who, price)


def _lay_out(rules: Rules, people: People, layout: Layout | None, mentors: bool, who: Int32, price: Int64) -> Blocks:
    who = who[_order(rules, people, mentors, who, price)]
    mine = people.take(who)
    layout = layout or _layout(rules, mine, mentors)
    count = max(1, -(-len(who) // PEOPLE))
    mask = np.zeros((count, layout.masks, 8), np.uint64)
    _fill(mask, mine, layout)
    shift = _shift(rules)
    at = np.ascontiguousarray(price[who])
    cheapest, start = _prices(at, count, shift)
    widths = _other_classes(rules, mentors)
    top = np.full((count, int(widths[-1])), np.int32(-1))
    _table_tops(top, mask, rules, layout, widths, mentors)
    level = _levels_by_size(rules) if mentors else _levels_by_block(rules, mine, count)
    longest = np.zeros((count, mine.length.shape[1]), np.int64)
    np.maximum.at(longest, np.arange(len(who)) // PEOPLE, mine.length)
    blank = rules.shared_points[:, 0, 0].astype(np.int64)
    present = np.asarray(mask.any(axis=2))
    return Blocks(who, mine, at, layout, mask, present, cheapest, start, shift, top, widths, level, blank, longest)


def follow(
    before: Blocks, rules: Rules, people: People, mentors: bool, now: Int64, came: Int32, price: Int64
) -> Blocks:
    """The same side after some have left and others come: who stayed keeps their position, the new stand behind.

    `now`: for each number of before the number now, -1 for who has left. Laid out anew where too many positions would be empty.
    """
    who = np.where(before.who >= 0, now[before.who], -1).astype(np.int32)
    if np.count_nonzero(who < 0) + PEOPLE > SPARSE * len(who):
        return lay_out(rules, people, mentors, np.arange(len(price), dtype=np.int32), price)
    layout = _layout_with(before.layout, rules, people.take(came))
    mask = np.zeros((len(before.mask), layout.masks, 8), np.uint64)
    mask[:, : before.layout.masks] = before.mask
    for at in np.flatnonzero((before.who >= 0) & (who < 0)):
        mask[at // PEOPLE, ALIVE, at % PEOPLE // 64] &= ~(np.uint64(1) << np.uint64(at % 64))
    present = np.asarray(mask.any(axis=2))
    if not len(came):
        return at_prices(before._replace(who=who, layout=layout, mask=mask, present=present), price)
    new = _lay_out(rules, people, layout, mentors, came, price)
    filler = -len(who) % PEOPLE
    blocks = new._replace(
        who=np.concatenate([who, np.full(filler, -1, np.int32), new.who]),
        people=before.people.followed_by(filler, new.people),
        mask=np.concatenate([mask, new.mask]),
        present=np.concatenate([present, new.present]),
        table_top=np.concatenate([before.table_top, new.table_top]),
        level=new.level if mentors else np.concatenate([before.level, new.level], axis=1),
        longest=np.concatenate([before.longest, new.longest]),
    )
    return at_prices(blocks, price)


def at_prices(blocks: Blocks, price: Int64) -> Blocks:
    """The same blocks at other prices; a little wider bounds than if they were laid out anew."""
    at = np.where(blocks.who >= 0, price[blocks.who], UNAFFORDABLE)
    cheapest, start = _prices(at, len(blocks.mask), blocks.shift)
    return blocks._replace(price=at, cheapest=cheapest, start=start)


def _order(rules: Rules, people: People, mentors: bool, who: Int32, price: Int64) -> Array:
    """By the class of the table that matters most, then (mentees) how many elements count in the overlap that does, then price."""
    keys: list[Array] = [who, price[who]]
    if len(rules.at_least):
        main = int(np.argmax(rules.shared_points.max(axis=(1, 2))))
        if not mentors:
            keys.append(np.minimum(people.size[who, main], LEVELS))
    spreads = [_spread(rules, t) for t in range(len(rules.table_width))]
    if spreads:
        keys.append(people.table[who, int(np.argmax(spreads))])
    return np.lexsort(keys)


def _spread(rules: Rules, t: int) -> int:
    points = rules.table_points[rules.table_start[t] : rules.table_start[t + 1]]
    return int(points.max(initial=0) - max(-1, int(points.min(initial=0))) + 10_000 * (points < 0).any())


def _layout(rules: Rules, people: People, mentors: bool) -> Layout:
    table_start = _classes(rules, mentors)
    masks = 2 + len(rules.at_least) + int(table_start[-1])
    blank, table = np.split(np.arange(2, masks, dtype=np.int32), [len(rules.at_least)])
    element = np.full(64 * people.bits.shape[1], -1, np.int32)
    nobody = np.zeros(len(rules.same_classes) + 1, np.int64)
    return _layout_with(Layout(element, blank, table, table_start, np.zeros(0, np.int32), nobody, masks), rules, people)


def _layout_with(layout: Layout, rules: Rules, people: People) -> Layout:
    """A layout that has masks for all that these people have, too: the further ones stand behind."""
    used = np.unpackbits(np.bitwise_or.reduce(people.bits, axis=0).view(np.uint8), bitorder="little").astype(bool)
    element, masks = layout.element.copy(), layout.masks
    new = np.flatnonzero(used & (element < 0))
    element[new] = np.arange(masks, masks + len(new))
    masks += len(new)
    same: list[Array] = [np.zeros(0, np.int32)]
    for k, classes in enumerate(rules.same_classes):
        known = layout.same[layout.same_start[k] : layout.same_start[k + 1]]
        more = int(classes) - len(known)
        rows = np.arange(masks, masks + more) if classes <= MOST_CLASSES else np.full(more, -1)
        masks += more if classes <= MOST_CLASSES else 0
        same += [known, rows]
    start = np.concatenate([[0], np.cumsum(rules.same_classes)]).astype(np.int64)
    return layout._replace(element=element, same=np.concatenate(same).astype(np.int32), same_start=start, masks=masks)


def _classes(rules: Rules, mentors: bool) -> Int64:
    """Where each table's classes of one side begin."""
    sizes = np.diff(rules.table_start)
    classes = sizes // np.maximum(1, rules.table_width) if mentors else rules.table_width
    return np.concatenate([[0], np.cumsum(classes)]).astype(np.int64)


def _other_classes(rules: Rules, mentors: bool) -> Int64:
    return _classes(rules, not mentors)


@kernel
def _fill(mask: Array, people: People, layout: Layout) -> None:
    for at in range(len(people.bits)):
        masks = mask[at // PEOPLE]
        word = (at % PEOPLE) // 64
        bit = np.uint64(1) << np.uint64(at % 64)
        masks[ALIVE, word] |= bit
        for w in range(people.bits.shape[1]):
            rest = people.bits[at, w]
            while rest:
                row = layout.element[w * 64 + lowest_bit(rest)]
                rest &= rest - np.uint64(1)
                if row >= 0:
                    masks[row, word] |= bit
        for o in range(people.size.shape[1]):
            if people.size[at, o] == 0:
                masks[layout.blank[o], word] |= bit
        for t in range(people.table.shape[1]):
            masks[layout.table[layout.table_start[t] + people.table[at, t]], word] |= bit
        for k in range(people.same.shape[1]):
            row = layout.same[layout.same_start[k] + people.same[at, k]]
            if row >= 0:
                masks[row, word] |= bit


def _shift(rules: Rules) -> int:
    """The unit of the rough sums: one point, unless the points of all rules would not fit."""
    starts = itertools.pairwise(rules.table_start)
    most = sum(int(rules.table_points[a:b].max(initial=0)) for a, b in starts)
    most += int(rules.shared_points.max(axis=(1, 2), initial=0).sum() + rules.same_points.max(axis=1, initial=0).sum())
    return max(0, (most // ROOM).bit_length())


def _prices(price: Int64, count: int, shift: int) -> tuple[Int64, Array]:
    whole = np.full(count * PEOPLE, UNAFFORDABLE)
    whole[: len(price)] = price
    rows = whole.reshape(count, PEOPLE)
    cheapest = rows.min(axis=1)
    return cheapest, (-np.minimum((rows - cheapest[:, None]) >> shift, ROOM)).astype(np.int16)


@kernel
def _table_tops(top: Int32, mask: Array, rules: Rules, layout: Layout, other_start: Int64, mentors: bool) -> None:
    """For each block and class of the other side the best points of any class present."""
    for b in range(len(mask)):
        for t in range(len(rules.table_width)):
            first = layout.table_start[t]
            for mine in range(layout.table_start[t + 1] - first):
                if not mask[b, layout.table[first + mine]].any():
                    continue
                for theirs in range(other_start[t + 1] - other_start[t]):
                    a, c = (mine, theirs) if mentors else (theirs, mine)
                    points = rules.table_points[rules.table_start[t] + a * rules.table_width[t] + c]
                    top[b, other_start[t] + theirs] = max(top[b, other_start[t] + theirs], points)


@kernel
def _levels_by_size(rules: Rules) -> Int32:
    """The most points for up to 6 shared, and for 7 and more, by the mentee's size."""
    overlaps, sizes, shared = rules.shared_points.shape
    level = np.zeros((overlaps, sizes, LEVELS + 1), np.int32)
    for o in range(overlaps):
        for a in range(sizes):
            best = np.int32(0)
            for c in range(max(shared, LEVELS + 1)):
                best = max(best, np.int32(shared_points(rules, o, a, c)))
                level[o, a, min(c, LEVELS)] = best
    return level


@kernel
def _levels_by_block(rules: Rules, mentees: People, count: int) -> Int32:
    """The same by block: the most over the sizes of the mentees in it."""
    by_size = _levels_by_size(rules)
    overlaps, sizes, _ = rules.shared_points.shape
    level = np.zeros((overlaps, count, LEVELS + 1), np.int32)
    for at in range(len(mentees.bits)):
        b = at // PEOPLE
        for o in range(overlaps):
            size = mentees.size[at, o]
            if size > 0:
                for c in range(LEVELS + 1):
                    level[o, b, c] = max(level[o, b, c], by_size[o, min(size, sizes - 1), c])
    return level
