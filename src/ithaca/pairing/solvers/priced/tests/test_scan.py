"""The scan against the whole matrix: the same best partners, whatever the rules."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.pairing.solvers.priced import blocks, flat, scan, score
from ithaca.pairing.solvers.priced.tests import problems


def unnamed_matrix(compiled) -> np.ndarray:
    """int32[M, N] of scores, below zero where excluded or named."""
    whole = compiled.matrix().astype(np.int64)
    for primitive in compiled.primitives:
        if isinstance(primitive, problems.Pairs):
            for j in range(whole.shape[1]):
                whole[primitive.mentor_idx[primitive.of_mentee(j)], j] = -1
    return whole


def best_by_matrix(profit: np.ndarray, allowed: np.ndarray, threshold: np.ndarray, k: int) -> list[list[int]]:
    """Of each row the k highest profits above the threshold, falling."""
    rows = []
    for row, ok, least in zip(profit, allowed, threshold, strict=True):
        rows.append(sorted((value for value in row[ok].tolist() if value > least), reverse=True)[:k])
    return rows


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.booleans(), st.sampled_from([1, 4]), st.sampled_from([0, 900]))
def test_the_scan_finds_what_the_matrix_holds(seed: int, mentors: bool, k: int, floor: int) -> None:
    rng = np.random.default_rng(seed)
    compiled = problems.mixed(seed, int(rng.integers(1, 60)), int(rng.integers(1, 700)), floor=floor)
    matrix = unnamed_matrix(compiled)
    matrix = matrix if mentors else matrix.T
    instance = flat.flatten(compiled)
    searching, searched = instance.mentors, instance.mentees
    if not mentors:
        searching, searched = searched, searching
    price = rng.integers(0, 3000, matrix.shape[1])
    threshold = rng.integers(-4000, 4000, matrix.shape[0])
    who = np.arange(matrix.shape[1], dtype=np.int32)
    laid_out = blocks.lay_out(instance.rules, searched, not mentors, who, price)
    best = scan.scan(instance.rules, laid_out, searching, mentors, np.arange(matrix.shape[0]), threshold, k, threads=2)
    found = [
        sorted((int(v) for v, w in zip(*row, strict=True) if w >= 0), reverse=True) for row in zip(*best, strict=True)
    ]
    assert found == best_by_matrix(matrix - price, matrix >= 0, threshold, k)
    for row, (values, partners) in enumerate(zip(*best, strict=True)):
        for value, partner in zip(values, partners, strict=True):
            assert partner < 0 or matrix[row, partner] - price[partner] == value


def test_points_beyond_sixteen_bits_are_compared_in_coarser_units() -> None:
    rng = np.random.default_rng(5)
    parts = (problems.overlap(rng, 40, 600, 30, 8, 200_000), problems.table(rng, 40, 600, 3, 3, 90_000))
    compiled = problems.Compiled((problems.Part("many", 0, parts),), np.ones(40), np.ones(600))
    instance = flat.flatten(compiled)
    price = rng.integers(0, 50_000, 40)
    laid_out = blocks.lay_out(instance.rules, instance.mentors, True, np.arange(40, dtype=np.int32), price)
    threshold = np.full(600, 20_000)
    best = scan.scan(instance.rules, laid_out, instance.mentees, False, np.arange(600), threshold, 3)
    assert laid_out.shift > 0
    matrix = compiled.matrix().T.astype(np.int64)
    found = [
        sorted((int(v) for v, w in zip(*row, strict=True) if w >= 0), reverse=True) for row in zip(*best, strict=True)
    ]
    assert found == best_by_matrix(matrix - price, matrix >= 0, threshold, 3)


@pytest.mark.parametrize("seed", range(8))
def test_named_pairs_score_as_the_compiled_problem_says(seed: int) -> None:
    compiled = problems.mixed(seed, 19, 60)
    instance, matrix = flat.flatten(compiled), compiled.matrix()
    mentee, mentor, points = score.named_pairs(instance)
    assert (matrix[mentor, mentee] == points).all()
    named = matrix[instance.named.mentor, np.repeat(np.arange(60), np.diff(instance.named.ptr))]
    assert len(points) == (named >= 0).sum()
