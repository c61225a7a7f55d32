"""The best plan that keeps at least so many former pairs, where no reward leads to one.

Plans between two corners of the curve lie below the line from one to the other, so prices alone leave a gap. But few pairs can
be in a better plan: whoever loses more against the prices than the gap cannot. Among these few it is found by branch and
bound (HiGHS: Q. Huangfu and J. A. J. Hall, "Parallelizing the dual revised simplex method", Math. Prog. Comp. 10 (2018)).
"""

from __future__ import annotations

import numpy as np

from ithaca.pairing.compiled import Compiled
from ithaca.pairing.points import Array
from ithaca.pairing.solvers.keeping import Kept

MOST_PAIRS = 20_000
"""Pairs that could be in a better plan, at most; with more the search may take minutes."""
MOST_NODES = 500
"""Of the search: counted, not timed, so that the answer is the same on every machine."""


class Unknown(Exception):
    """Whether there is a better plan was not found out: too much could be in it, or mentees have several mentors."""


def best(
    problem: Compiled, scores: Array, former: tuple[Array, Array], kept: Kept, bonus: int, keep: int, least: int
) -> Kept | None:
    """The best plan of more worth than `least` that keeps `keep` of the former pairs; None if there is none. Raises Unknown.

    scores  int64[M, N], below zero excludes;  kept  a plan under some reward, for its prices;  bonus  for a first mentor
    """
    if (problem.mentee_capacity > 1).any():
        raise Unknown
    extra = np.where(problem.first, bonus + problem.priority, 0)
    stays = np.zeros(scores.shape, bool)
    stays[former] = True
    worth = (scores + extra) * kept.scale
    wanting = problem.mentee_capacity > 0
    over = int(kept.u[wanting].sum()) + int((problem.mentor_capacity * kept.v).sum())
    room = (
        over - kept.reward * keep - kept.scale * (least + 1)
    )  # what a better plan may lose against the prices, at most
    loss = kept.u + kept.v[:, None] - worth - kept.reward * stays
    open_to = (scores >= 0) & (problem.mentor_capacity > 0)[:, None] & wanting
    mentor, mentee = np.nonzero(open_to & (loss <= room))
    if len(mentor) > MOST_PAIRS:
        raise Unknown
    if room < 0 or not len(mentor):
        return None
    filled, served = (kept.v > room) & (problem.mentor_capacity > 0), (kept.u > room) & wanting
    # Who must be served or filled adds the same to every plan: without it numbers stay small, and so do rounding errors.
    gain = worth[mentor, mentee] - np.where(served, kept.u, 0)[mentee] - np.where(filled, kept.v, 0)[mentor]
    chosen = _chosen(problem, (mentor, mentee), gain / kept.scale, (filled, served), stays[mentor, mentee], keep)
    if chosen is None:
        return None
    order = np.lexsort((mentor[chosen], mentee[chosen]))
    mentor, mentee = mentor[chosen][order], mentee[chosen][order]
    reached = int(worth[mentor, mentee].sum())
    if reached <= kept.scale * least:
        return None
    gap = (over - reached - kept.reward * int(stays[mentor, mentee].sum())) // kept.scale
    return Kept(mentor, mentee, kept.u, kept.v, kept.reward, kept.scale, gap)


def _chosen(
    problem: Compiled, pairs: tuple[Array, Array], gain: Array, must: tuple[Array, Array], stays: Array, keep: int
) -> Array | None:
    """bool[pairs]: which of them gain most together, with every place of `must` taken; None if that cannot be."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # here, as it takes longer to load than a small plan
    from scipy.sparse import csr_array

    count, one = len(gain), np.ones(len(gain))
    limits = []
    for who, capacity, all_of in zip(pairs, (problem.mentor_capacity, problem.mentee_capacity), must, strict=True):
        table = csr_array((one, (who, np.arange(count))), shape=(len(capacity), count))
        limits.append(LinearConstraint(table, np.where(all_of, capacity, 0), capacity))
    limits.append(LinearConstraint(stays[None, :].astype(float), keep, np.inf))
    options = {"mip_rel_gap": 0.0, "node_limit": MOST_NODES}
    found = milp(-gain, integrality=one, bounds=Bounds(0, 1), constraints=limits, options=options)
    if found.status == 2:
        return None
    if found.status != 0:
        raise Unknown
    chosen: Array = found.x > 0.5
    return chosen
