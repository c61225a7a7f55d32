"""Scores of some people with everyone, looked up when they are asked for: no matrix of a large problem is ever built."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.points import VETO, Array
from ithaca.pairing.primitives.dot import Dot
from ithaca.pairing.primitives.pairs import Pairs

READY_CELLS = 1_000_000
"""Pairs up to which the whole matrix is made at the first look and kept."""

PATCH = 6_000
"""Numbers of one side in a patch of vectors."""


class Looks:
    """Rows and columns of a problem's scores; below zero where a rule or the floor excludes. `cells` counts what was looked up."""

    def __init__(self, problem: Compiled) -> None:
        self.problem = problem
        self.cells = 0
        mentors, mentees = problem.shape
        self.is_ready = mentors * mentees <= READY_CELLS

    def of_mentors(self, rows: Array) -> Array:
        """int32[len(rows), N]: these mentors with all mentees."""
        self.cells += len(rows) * self.problem.shape[1]
        if self.is_ready:
            return self._matrix[rows]
        scores = self._plain(rows, np.arange(self.problem.shape[1]))
        for vectors in self._vectors:
            scores += vectors.of_mentors(rows)
        return self._finished(scores, rows, self._named.by_mentor)

    def of_mentees(self, columns: Array) -> Array:
        """int32[len(columns), M]: these mentees with all mentors."""
        self.cells += len(columns) * self.problem.shape[0]
        if self.is_ready:
            return np.ascontiguousarray(self._matrix[:, columns].T)
        scores = np.ascontiguousarray(self._plain(np.arange(self.problem.shape[0]), columns).T)
        for vectors in self._vectors:
            scores += vectors.of_mentees(columns)
        return self._finished(scores, columns, self._named.by_mentee)

    def at(self, rows: Array, columns: Array) -> Array:
        """int64[K]: the scores of single pairs, below zero where excluded."""
        total = np.zeros(len(rows), np.int64)
        for primitive in self.problem.primitives:
            if not isinstance(primitive, Pairs):
                total += primitive.at(rows, columns)
        total += self._named.at(rows, columns)
        total[total < max(self.problem.floor, 0)] = VETO
        return total

    def rules_of_mentee(self, j: int) -> tuple[dict[str, Array], Array]:
        """({rule in words: bool[M]: whom it excludes}, int64[M]: the score that each pair would have without rules)."""
        rows, column = np.arange(self.problem.shape[0]), np.array([j])
        found = (
            (p.reason, _of_mentee(p, j) if isinstance(p, Pairs) else p.block(rows, column)[:, 0])
            for p in self.problem.primitives
        )
        return _rules(found, len(rows))

    def rules_of_mentor(self, i: int) -> tuple[dict[str, Array], Array]:
        """The same for one mentor: bool[N], int64[N]."""
        row, columns = np.array([i]), np.arange(self.problem.shape[1])
        found = (
            (p.reason, _of_mentor(p, i) if isinstance(p, Pairs) else p.block(row, columns)[0])
            for p in self.problem.primitives
        )
        return _rules(found, len(columns))

    def _plain(self, rows: Array, columns: Array) -> Array:
        total = np.zeros((len(rows), len(columns)), np.int32)
        for primitive in self.problem.primitives:
            if not isinstance(primitive, Dot | Pairs):
                total += primitive.block(rows, columns)
        return total

    @cached_property
    def _vectors(self) -> list["_Vectors"]:
        return [_Vectors(primitive) for primitive in self.problem.primitives if isinstance(primitive, Dot)]

    def _finished(self, scores: Array, who: Array, named: "_Lists") -> Array:
        for at, person in enumerate(who.tolist()):
            mine = slice(named.start[person], named.start[person + 1])
            scores[at, named.other[mine]] += named.points[mine]
        scores[scores < max(self.problem.floor, 0)] = VETO
        return scores

    @cached_property
    def _matrix(self) -> Array:
        return self.problem.matrix()

    @cached_property
    def _named(self) -> "_Named":
        return _Named([p for p in self.problem.primitives if isinstance(p, Pairs)], self.problem.shape)


def _rules(values: Iterable[tuple[str, Array]], others: int) -> tuple[dict[str, Array], Array]:
    rules: dict[str, Array] = {}
    scores: Array = np.zeros(others, np.int64)
    for reason, points in values:
        scores = scores + np.maximum(points, 0)
        if (points < 0).any():
            rules[reason] = rules.get(reason, False) | (points < 0)
    return rules, scores


def _of_mentee(primitive: Pairs, j: int) -> Array:
    out = np.zeros(primitive.shape[0], np.int32)
    mine = primitive.of_mentee(j)
    out[primitive.mentor_idx[mine]] = primitive.points[mine]
    return out


def _of_mentor(primitive: Pairs, i: int) -> Array:
    out = np.zeros(primitive.shape[1], np.int32)
    mine = np.flatnonzero(primitive.mentor_idx == i)
    out[np.searchsorted(primitive.mentee_ptr, mine, side="right") - 1] = primitive.points[mine]
    return out


class _Vectors:
    """A product of vectors, with both sides as floats: turning them would take longer than the products of a few people.

    Made in patches so small that BLAS does not start threads, which wait for each other on a busy machine.
    """

    def __init__(self, primitive: Dot) -> None:
        self.primitive = primitive
        self.mentors, self.mentees = (self._patches(s) for s in (primitive.mentor_vectors, primitive.mentee_vectors))

    def of_mentors(self, rows: Array) -> Array:
        """int32[len(rows), N]"""
        return self._points(self.mentees, self.primitive.mentor_vectors[rows])[:, : self.primitive.shape[1]]

    def of_mentees(self, columns: Array) -> Array:
        """int32[len(columns), M]"""
        return self._points(self.mentors, self.primitive.mentee_vectors[columns])[:, : self.primitive.shape[0]]

    def _patches(self, vectors: Array) -> Array:
        people, dimensions = vectors.shape
        patch = max(1, PATCH // max(1, dimensions))
        out = np.zeros((-(-people // patch) * patch, dimensions), np.float32)
        out[:people] = vectors
        return out.reshape(-1, patch, dimensions)

    def _points(self, everyone: Array, some: Array) -> Array:
        """As `Dot.block`: whole numbers below 2**24, so exact."""
        product = np.matmul(everyone, some.astype(np.float32).T)
        product = product.reshape(everyone.shape[0] * everyone.shape[1], len(some)).T
        whole = np.maximum(product, 0).astype(np.int64)
        whole *= self.primitive.multiplier
        whole >>= self.primitive.shift
        out: Array = np.minimum(whole, self.primitive.cap).astype(np.int32)
        return out


class _Lists:
    """For every person of one side the named people of the other, and the points; nobody twice."""

    def __init__(self, who: Array, other: Array, points: Array, size: int) -> None:
        order = np.argsort(who, kind="stable")
        self.start = np.concatenate(([0], np.cumsum(np.bincount(who, minlength=size))))
        self.other, self.points = other[order], points[order]


class _Named:
    """All named pairs of a problem, each once with the sum of its points, by mentor and by mentee."""

    def __init__(self, primitives: list[Pairs], shape: tuple[int, int]) -> None:
        mentee = [np.repeat(np.arange(shape[1]), np.diff(primitive.mentee_ptr)) for primitive in primitives]
        mentor = [primitive.mentor_idx.astype(np.int64) for primitive in primitives]
        nothing = np.zeros(0, np.int64)
        key = np.concatenate([nothing, *mentee]) * max(1, shape[0]) + np.concatenate([nothing, *mentor])
        self.mentors = max(1, shape[0])
        self.key, place = np.unique(key, return_inverse=True)
        self.points = np.zeros(len(self.key), np.int32)
        np.add.at(self.points, place, np.concatenate([np.zeros(0, np.int32), *(p.points for p in primitives)]))
        mentee_of, mentor_of = np.divmod(self.key, self.mentors)
        self.by_mentee = _Lists(mentee_of, mentor_of, self.points, shape[1])
        self.by_mentor = _Lists(mentor_of, mentee_of, self.points, shape[0])

    def at(self, rows: Array, columns: Array) -> Array:
        out = np.zeros(len(rows), np.int64)
        if len(self.key):
            asked = np.asarray(columns, np.int64) * self.mentors + rows
            place = np.minimum(np.searchsorted(self.key, asked), len(self.key) - 1)
            found = self.key[place] == asked
            out[found] = self.points[place[found]]
        return out
