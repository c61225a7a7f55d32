"""A small programme's first plan waits for nothing that it does not need."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from ithaca.pairing.solvers import exchanges

PROGRAM = """
import sys
from ithaca.pairing import solve
from ithaca.pairing.problem import Objective
from ithaca.pairing.tests import people
for objective in (Objective(), Objective("worst_first")):
    plan = solve.solve(people.problem(100, 100, 1, objective=objective))
    assert plan.optimal
print(*sorted(sys.modules))
"""


def test_the_dense_way_loads_no_compiler_and_little_of_scipy() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "ithaca.pairing.solvers.assignment" in loaded
    assert not loaded & {"numba", "llvmlite", "scipy.optimize", "scipy.sparse", "scipy.sparse.csgraph", "django"}


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9), st.data())
def test_circles_are_the_strongly_connected_parts(nodes: int, data: st.DataObject) -> None:
    steps = data.draw(st.lists(st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1)), max_size=20))
    start, end = np.array(steps, np.int64).reshape(-1, 2).T
    mine = exchanges.groups(start, end, nodes)
    graph = csr_array((np.ones(len(start)), (start, end)), shape=(nodes, nodes))
    theirs = connected_components(graph, connection="strong")[1]
    assert np.array_equal(mine[:, None] == mine[None, :], theirs[:, None] == theirs[None, :])


@pytest.mark.parametrize("few", [0, 5_000])
def test_large_graphs_give_the_same_groups(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanges, "FEW", few)
    chance = np.random.default_rng(1)
    start, end = chance.integers(0, 300, (2, 420))
    group = exchanges.groups(start, end, 300)
    sizes = np.unique(np.unique(group, return_counts=True)[1])
    assert sizes[0] == 1
    assert sizes[-1] > 50
