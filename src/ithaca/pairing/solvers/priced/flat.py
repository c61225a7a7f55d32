"""A compiled problem as flat arrays that a kernel can read: both sides' people, and the rules between them.

Named pairs are kept apart: they are few, so they stand in the sparse problem from the beginning, and the scan passes over them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.primitives.dot import Dot
from ithaca.pairing.primitives.overlap import Overlap
from ithaca.pairing.primitives.pairs import Pairs
from ithaca.pairing.primitives.same import Same
from ithaca.pairing.primitives.table import Table
from ithaca.pairing.solvers.priced.simd import STRIDE
from ithaca.pairing.solvers.priced.sparse import Graph, Int32, Int64, empty_graph

Array = NDArray[Any]


class People(NamedTuple):
    """One side: what each person has for each overlap, table, same and dot (all of a kind side by side)."""

    bits: Array  # uint64[n, words]
    size: Int32  # [n, overlaps]
    table: Int32  # [n, tables]
    same: Int32  # [n, sames], 0 is a blank
    vector: Array  # int8[n, dimensions]
    length: Int64  # [n, dots], rounded up

    def take(self, who: Array) -> People:
        return People(*(np.ascontiguousarray(column[who]) for column in self))


class Rules(NamedTuple):
    """The primitives without the people. Points below zero exclude."""

    word: Int64  # [overlaps + 1]: where each overlap's words begin
    shared_points: Int32  # [overlaps, A + 1, C + 1], each padded with its last row and column
    at_least: Int64  # [overlaps]
    table_start: Int64  # [tables + 1]
    table_width: Int64  # [tables]: mentee classes
    table_points: Int32  # table t, mentor class a, mentee class b: [start[t] + a * width[t] + b]
    same_points: Int64  # [sames, 3]: same, different, blank
    same_classes: Int64  # [sames]: classes with the blank
    dot_start: Int64  # [dots + 1]: where each dot's numbers begin; padded to whole strides
    dot_form: Int64  # [dots, 3]: multiplier, shift, cap
    named_ptr: Int64  # [mentees + 1]
    named_mentor: Int32
    floor: int


@dataclass(frozen=True)
class Instance:
    """What the priced-out solver works on: everyone has at least one place or seat."""

    mentors: People
    mentees: People
    rules: Rules
    named: Graph
    """Named pairs with the points they add; below zero: excluded."""
    mentor_capacity: Int64
    mentee_capacity: Int64
    first: Array
    priority: Int64

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentor_capacity), len(self.mentee_capacity)

    def part(self, mentors: Array, mentees: Array) -> Instance:
        """The same problem for these people alone (rising numbers)."""
        named = _part_of_named(self.named, mentors, mentees, self.shape[0])
        return Instance(
            self.mentors.take(mentors),
            self.mentees.take(mentees),
            self.rules._replace(named_ptr=named.ptr, named_mentor=named.mentor),
            named,
            self.mentor_capacity[mentors],
            self.mentee_capacity[mentees],
            self.first[mentees],
            self.priority[mentees],
        )


def flatten(compiled: Compiled) -> Instance:
    """All people; those without a place or a seat are left to the caller."""
    every: dict[type, list[Any]] = {kind: [] for kind in (Overlap, Table, Same, Dot, Pairs)}
    for primitive in compiled.primitives:
        every[type(primitive)].append(primitive)
    overlaps, tables, sames, dots = (every[kind] for kind in (Overlap, Table, Same, Dot))
    named = _named(every[Pairs], compiled.shape)
    codes = [_codes(same) for same in sames]
    rules = _rules(overlaps, tables, sames, dots)._replace(
        same_classes=np.array([max(a.max(initial=0), b.max(initial=0)) + 1 for a, b in codes], np.int64),
        named_ptr=named.ptr,
        named_mentor=named.mentor,
        floor=max(0, compiled.floor),
    )
    mentors, mentees = (
        People(
            _side_by_side([getattr(overlap, f"{side}_bits") for overlap in overlaps], count, np.uint64),
            _side_by_side([getattr(overlap, f"{side}_size")[:, None] for overlap in overlaps], count, np.int32),
            _side_by_side([getattr(table, f"{side}_class")[:, None] for table in tables], count, np.int32),
            _side_by_side([code[at][:, None] for code in codes], count, np.int32),
            _side_by_side([_whole_strides(getattr(dot, f"{side}_vectors")) for dot in dots], count, np.int8),
            _side_by_side([_length(getattr(dot, f"{side}_vectors"))[:, None] for dot in dots], count, np.int64),
        )
        for at, (side, count) in enumerate(zip(("mentor", "mentee"), compiled.shape, strict=True))
    )
    capacities = np.array(compiled.mentor_capacity), np.array(compiled.mentee_capacity)
    return Instance(mentors, mentees, rules, named, *capacities, compiled.first, np.array(compiled.priority))


def _rules(overlaps: list[Overlap], tables: list[Table], sames: list[Same], dots: list[Dot]) -> Rules:
    return Rules(
        _starts([overlap.mentor_bits.shape[1] for overlap in overlaps]),
        _padded([overlap.points for overlap in overlaps]),
        np.array([overlap.at_least for overlap in overlaps], np.int64),
        _starts([table.points.size for table in tables]),
        np.array([table.points.shape[1] for table in tables], np.int64),
        np.concatenate([np.zeros(0, np.int32), *(table.points.ravel() for table in tables)]),
        np.array([[same.same, same.different, same.blank] for same in sames], np.int64).reshape(-1, 3),
        np.zeros(0, np.int64),
        _starts([-(-dot.mentor_vectors.shape[1] // STRIDE) * STRIDE for dot in dots]),
        np.array([[dot.multiplier, dot.shift, dot.cap] for dot in dots], np.int64).reshape(-1, 3),
        np.zeros(0, np.int64),
        np.zeros(0, np.int32),
        0,
    )


def _starts(widths: list[int]) -> Int64:
    return np.cumsum([0, *widths]).astype(np.int64)


def _side_by_side(columns: list[Array], count: int, dtype: Any) -> Array:
    return np.ascontiguousarray(np.concatenate([np.zeros((count, 0), dtype), *columns], axis=1).astype(dtype))


def _padded(tables: list[Array]) -> Int32:
    rows, columns = (max((table.shape[axis] for table in tables), default=1) for axis in (0, 1))
    out = np.zeros((len(tables), rows, columns), np.int32)
    for k, table in enumerate(tables):
        out[k] = np.pad(table, ((0, rows - table.shape[0]), (0, columns - table.shape[1])), mode="edge")
    return out


def _codes(same: Same) -> tuple[Int32, Int32]:
    """Classes numbered without gaps, the blank staying 0."""
    everyone = np.concatenate([np.zeros(1, np.int32), same.mentor_class, same.mentee_class])
    values = np.unique(everyone)
    values = np.concatenate([[0], values[values != 0]])
    order = np.argsort(values)
    codes = order[np.searchsorted(values, everyone, sorter=order)].astype(np.int32)
    return codes[1 : 1 + len(same.mentor_class)], codes[1 + len(same.mentor_class) :]


def _whole_strides(vectors: Array) -> Array:
    return np.pad(vectors, ((0, 0), (0, -vectors.shape[1] % STRIDE)))


def _length(vectors: Array) -> Int64:
    out: Int64 = np.ceil(np.sqrt(np.square(vectors.astype(np.int64)).sum(axis=1))).astype(np.int64)
    return out


def _named(lists: list[Pairs], shape: tuple[int, int]) -> Graph:
    """All named pairs once, with the sum of their points (one that excludes keeps the sum far below zero)."""
    if not lists:
        return empty_graph(shape[1])
    mentee = np.concatenate([np.repeat(np.arange(shape[1]), np.diff(pairs.mentee_ptr)) for pairs in lists])
    mentor = np.concatenate([pairs.mentor_idx for pairs in lists])
    points = np.concatenate([pairs.points for pairs in lists])
    keys, at = np.unique(mentee * shape[0] + mentor, return_inverse=True)
    sums = np.zeros(len(keys), np.int64)
    np.add.at(sums, at, points)
    sums = np.maximum(sums, np.iinfo(np.int32).min)
    ptr = _starts(np.bincount(keys // max(1, shape[0]), minlength=shape[1]).tolist())
    return Graph(ptr, (keys % max(1, shape[0])).astype(np.int32), sums.astype(np.int32))


def _part_of_named(named: Graph, mentors: Array, mentees: Array, of: int) -> Graph:
    number = np.full(of, -1, np.int32)
    number[mentors] = np.arange(len(mentors), dtype=np.int32)
    counts = np.diff(named.ptr)[mentees]
    entries = np.repeat(named.ptr[mentees] - _starts(counts.tolist())[:-1], counts) + np.arange(counts.sum())
    mentor = number[named.mentor[entries]]
    kept = mentor >= 0
    row = np.repeat(np.arange(len(mentees)), counts)[kept]
    ptr = _starts(np.bincount(row, minlength=len(mentees)).tolist())
    return Graph(ptr, mentor[kept], named.score[entries[kept]])
