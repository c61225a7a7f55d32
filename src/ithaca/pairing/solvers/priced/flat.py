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
        return People(*(column.take(who, axis=0) for column in self))

    def carried(self, was: Array, came: People) -> People:
        """These people in a new order: who was at `was`, and (where that is -1) those who came."""
        new = was < 0
        both: list[tuple[Array, Array]] = list(zip(self, came, strict=True))
        columns = [mine.take(was, axis=0, mode="clip") if len(mine) else theirs for mine, theirs in both]
        for column, rows in zip(columns, came, strict=True):
            column[new] = rows
        return People(*columns)

    def followed_by(self, nobody: int, others: People) -> People:
        """These people, room for some who are nobody, and others."""
        columns: list[tuple[Array, Array]] = list(zip(self, others, strict=True))
        return People(
            *(np.concatenate([one, np.zeros((nobody, *one.shape[1:]), one.dtype), other]) for one, other in columns)
        )


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
    classes: tuple[Array, ...] = ()
    """Of every `same` the classes by their numbers in `People.same`."""

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
            self.classes,
        )


def flatten(compiled: Compiled) -> Instance:
    """All people; those without a place or a seat are left to the caller."""
    kinds = _kinds(compiled)
    named = _named(kinds[Pairs], compiled.shape)
    classes = tuple(_classes(same) for same in kinds[Same])
    rules = _rules(kinds)._replace(
        same_classes=np.array([len(values) for values in classes], np.int64),
        named_ptr=named.ptr,
        named_mentor=named.mentor,
        floor=max(0, compiled.floor),
    )
    everyone = np.arange(compiled.shape[0]), np.arange(compiled.shape[1])
    mentors, mentees = (_people(kinds, side, who, classes) for side, who in zip(SIDES, everyone, strict=True))
    capacities = np.array(compiled.mentor_capacity), np.array(compiled.mentee_capacity)
    priority = np.array(compiled.priority)
    return Instance(mentors, mentees, rules, named, *capacities, compiled.first, priority, classes)


def flatten_again(
    compiled: Compiled, before: Instance, mentors: Array, mentees: Array, mentor_was: Array, mentee_was: Array
) -> Instance | None:
    """`flatten(compiled).part(mentors, mentees)`, copying from `before` who was in it (at these numbers, -1: new).

    None if the rules are not the same, or if who stayed is told of in other numbers, so that nothing that was known still
    holds.
    """
    kinds = _kinds(compiled)
    rules = _rules(kinds)
    floor = max(0, compiled.floor)
    if not _same_rules(rules, before.rules) or floor < before.rules.floor:
        return None
    came = mentors[mentor_was < 0], mentees[mentee_was < 0]
    classes = tuple(_more_classes(known, same, *came) for known, same in zip(before.classes, kinds[Same], strict=True))
    sides = (
        before.mentors.carried(mentor_was, _people(kinds, SIDES[0], came[0], classes)),
        before.mentees.carried(mentee_was, _people(kinds, SIDES[1], came[1], classes)),
    )
    if not all(_as_told(kinds, *one, classes) for one in zip(SIDES, sides, (mentors, mentees), strict=True)):
        return None
    named = _named(kinds[Pairs], compiled.shape)
    if (len(mentors), len(mentees)) != compiled.shape:
        named = _part_of_named(named, mentors, mentees, compiled.shape[0])
    rules = rules._replace(
        same_classes=np.array([len(values) for values in classes], np.int64),
        named_ptr=named.ptr,
        named_mentor=named.mentor,
        floor=floor,
    )
    return Instance(
        *sides,
        rules,
        named,
        compiled.mentor_capacity[mentors],
        compiled.mentee_capacity[mentees],
        compiled.first[mentees],
        compiled.priority[mentees],
        classes,
    )


Kinds = dict[type, list[Any]]
SIDES = ("mentor", "mentee")


def _kinds(compiled: Compiled) -> Kinds:
    every: Kinds = {kind: [] for kind in (Overlap, Table, Same, Dot, Pairs)}
    for primitive in compiled.primitives:
        every[type(primitive)].append(primitive)
    return every


def _people(kinds: Kinds, side: str, who: Array, classes: tuple[Array, ...]) -> People:
    """The flat columns of these people of one side."""
    n = len(who)
    overlaps, tables, sames, dots = (kinds[kind] for kind in (Overlap, Table, Same, Dot))
    codes = [_codes(values, getattr(same, f"{side}_class")[who]) for values, same in zip(classes, sames, strict=True)]
    vectors = [getattr(dot, f"{side}_vectors")[who] for dot in dots]
    return People(
        _side_by_side([getattr(overlap, f"{side}_bits")[who] for overlap in overlaps], n, np.uint64),
        _side_by_side([getattr(overlap, f"{side}_size")[who][:, None] for overlap in overlaps], n, np.int32),
        _side_by_side([getattr(table, f"{side}_class")[who][:, None] for table in tables], n, np.int32),
        _side_by_side([code[:, None] for code in codes], n, np.int32),
        _side_by_side([_whole_strides(rows) for rows in vectors], n, np.int8),
        _side_by_side([_length(rows)[:, None] for rows in vectors], n, np.int64),
    )


def _as_told(kinds: Kinds, side: str, people: People, who: Array, classes: tuple[Array, ...]) -> bool:
    """Whether the columns of these people say what the primitives say of them.

    Elements, classes and words are numbered from everybody: one who comes or leaves can give all the others new numbers.
    """
    overlaps, tables, sames, dots = (kinds[kind] for kind in (Overlap, Table, Same, Dot))
    word, start = _words(overlaps), _numbers(dots)
    told: list[tuple[Array, Array]] = []
    for k, overlap in enumerate(overlaps):
        told += [(people.bits[:, word[k] : word[k + 1]], getattr(overlap, f"{side}_bits"))]
        told += [(people.size[:, k], getattr(overlap, f"{side}_size"))]
    told += [(people.table[:, k], getattr(table, f"{side}_class")) for k, table in enumerate(tables)]
    told += [(classes[k][people.same[:, k]], getattr(same, f"{side}_class")) for k, same in enumerate(sames)]
    for k, dot in enumerate(dots):
        vectors = getattr(dot, f"{side}_vectors")
        told += [(people.vector[:, start[k] : start[k] + vectors.shape[1]], vectors)]
    return all(np.array_equal(mine, all_of if len(all_of) == len(who) else all_of[who]) for mine, all_of in told)


def _same_rules(one: Rules, other: Rules) -> bool:
    people = ("same_classes", "named_ptr", "named_mentor", "floor")
    return all(np.array_equal(a, b) for name, a, b in zip(Rules._fields, one, other, strict=True) if name not in people)


def _rules(kinds: Kinds) -> Rules:
    overlaps, tables, sames, dots = (kinds[kind] for kind in (Overlap, Table, Same, Dot))
    return Rules(
        _words(overlaps),
        _padded([overlap.points for overlap in overlaps]),
        np.array([overlap.at_least for overlap in overlaps], np.int64),
        _starts([table.points.size for table in tables]),
        np.array([table.points.shape[1] for table in tables], np.int64),
        np.concatenate([np.zeros(0, np.int32), *(table.points.ravel() for table in tables)]),
        np.array([[same.same, same.different, same.blank] for same in sames], np.int64).reshape(-1, 3),
        np.zeros(0, np.int64),
        _numbers(dots),
        np.array([[dot.multiplier, dot.shift, dot.cap] for dot in dots], np.int64).reshape(-1, 3),
        np.zeros(0, np.int64),
        np.zeros(0, np.int32),
        0,
    )


def _words(overlaps: list[Overlap]) -> Int64:
    """Where each overlap's words begin."""
    return _starts([overlap.mentor_bits.shape[1] for overlap in overlaps])


def _numbers(dots: list[Dot]) -> Int64:
    """Where each dot's numbers begin, padded to whole strides."""
    return _starts([-(-dot.mentor_vectors.shape[1] // STRIDE) * STRIDE for dot in dots])


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


def _classes(same: Same) -> Array:
    """Every class, the blank (0) first: its place is its number."""
    values = np.unique(np.concatenate([same.mentor_class, same.mentee_class]))
    return np.concatenate([np.zeros(1, np.int32), values[values != 0]])


def _more_classes(known: Array, same: Same, mentors: Array, mentees: Array) -> Array:
    """`known`, and behind it the classes that only these people have."""
    values = np.unique(np.concatenate([same.mentor_class[mentors], same.mentee_class[mentees]]))
    return np.concatenate([known, values[~np.isin(values, known)]])


def _codes(classes: Array, values: Array) -> Int32:
    order = np.argsort(classes, kind="stable")  # quick, as they are in order but for a few behind
    codes: Int32 = order[np.searchsorted(classes, values, sorter=order)].astype(np.int32)
    return codes


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
    if len(lists) == 1:
        return Graph(np.array(lists[0].mentee_ptr), mentor, points)  # each pair once and in order
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
