"""The exact score of one pair from the flat arrays: the same number as `Compiled.value`, named pairs apart."""

from __future__ import annotations

import numpy as np

from ithaca.pairing.solvers.priced.flat import Instance, People, Rules
from ithaca.pairing.solvers.priced.jit import bare, inlined, kernel, whole
from ithaca.pairing.solvers.priced.simd import STRIDE, dot_product, popcount
from ithaca.pairing.solvers.priced.sparse import Graph, Int64

EXCLUDED = -1


@inlined
def shared_points(rules: Rules, o: int, mentee_size: int, shared: int) -> int:
    table = rules.shared_points[o]
    return whole(table[min(mentee_size, table.shape[0] - 1), min(shared, table.shape[1] - 1)])


@inlined
def dot_points(rules: Rules, k: int, product: int) -> int:
    points = (max(whole(0), product) * rules.dot_form[k, 0]) >> rules.dot_form[k, 1]
    return whole(min(points, rules.dot_form[k, 2]))


@bare
def score_above(rules: Rules, mentors: People, i: int, mentees: People, j: int, least: int) -> int:
    """Score of mentor i with mentee j; EXCLUDED if a rule excludes the pair, or if it surely does not exceed `least`."""
    total = whole(0)
    for t in range(len(rules.table_width)):
        at = rules.table_start[t] + mentors.table[i, t] * rules.table_width[t] + mentees.table[j, t]
        points = whole(rules.table_points[at])
        if points < 0:
            return EXCLUDED
        total += points
    for k in range(len(rules.same_classes)):
        mine = mentors.same[i, k]
        theirs = mentees.same[j, k]
        which = 2 if mine == 0 or theirs == 0 else (0 if mine == theirs else 1)
        points = rules.same_points[k, which]
        if points < 0:
            return EXCLUDED
        total += points
    for o in range(len(rules.at_least)):
        size = mentees.size[j, o]
        if size == 0 or mentors.size[i, o] == 0:
            total += shared_points(rules, o, 0, 0)
            continue
        shared = whole(0)
        for w in range(rules.word[o], rules.word[o + 1]):
            shared += popcount(mentors.bits[i, w] & mentees.bits[j, w])
        if shared < rules.at_least[o]:
            return EXCLUDED
        total += shared_points(rules, o, size, shared)
    total = _add_dots(rules, mentors, i, mentees, j, total, least)
    return total if total > least and total >= rules.floor else EXCLUDED


@inlined
def _add_dots(rules: Rules, mentors: People, i: int, mentees: People, j: int, total: int, least: int) -> int:
    hope = total
    for k in range(len(rules.dot_form)):
        hope += dot_points(rules, k, mentors.length[i, k] * mentees.length[j, k])
    if hope <= least:
        return EXCLUDED
    return total + dots(rules, mentors, i, mentees, j)


@bare
def dots(rules: Rules, one: People, i: int, other: People, j: int) -> int:
    """Points of all dots between person i of one side and j of the other."""
    left = np.uint64(one.vector.ctypes.data) + np.uint64(i * one.vector.shape[1])
    right = np.uint64(other.vector.ctypes.data) + np.uint64(j * other.vector.shape[1])
    total = whole(0)
    for k in range(len(rules.dot_form)):
        start = rules.dot_start[k]
        strides = (rules.dot_start[k + 1] - start) // STRIDE
        total += dot_points(rules, k, dot_product(left + np.uint64(start), right + np.uint64(start), strides))
    return total


@bare
def is_named(rules: Rules, i: int, j: int) -> bool:
    """Whether the pair stands in a list of named pairs (rising mentors)."""
    low = rules.named_ptr[j]
    high = rules.named_ptr[j + 1]
    while low < high:
        middle = (low + high) >> 1
        if rules.named_mentor[middle] < i:
            low = middle + 1
        else:
            high = middle
    return bool(low < rules.named_ptr[j + 1] and rules.named_mentor[low] == i)


def named_pairs(instance: Instance) -> tuple[Int64, Int64, Int64]:
    """All named pairs that are allowed: mentee, mentor, whole score."""
    rules = instance.rules._replace(floor=0)
    mentee, score = _named_scores(rules, instance.mentors, instance.mentees, instance.named)
    allowed = score >= max(0, instance.rules.floor)
    return mentee[allowed], instance.named.mentor[allowed].astype(np.int64), score[allowed]


@kernel
def _named_scores(rules: Rules, mentors: People, mentees: People, named: Graph) -> tuple[Int64, Int64]:
    mentee = np.empty(len(named.mentor), np.int64)
    score = np.full(len(named.mentor), whole(EXCLUDED))
    for j in range(len(named.ptr) - 1):
        for e in range(named.ptr[j], named.ptr[j + 1]):
            mentee[e] = j
            if named.score[e] >= 0:
                base = score_above(rules, mentors, whole(named.mentor[e]), mentees, j, whole(-1))
                if base >= 0:
                    score[e] = base + named.score[e]
    return mentee, score
