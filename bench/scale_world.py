"""A realistic problem of any size from a seed: what the scale benchmark matches.

Skills are wanted and offered with a long tail, and what is wanted only partly follows what is offered; mentors are
senior, mentees junior; people live in countries with time zones and are free at hours of their own working day;
departments, managers, sites; goals as texts turned into vectors, tied to the first skill wanted; a few blocked pairs
and stated preferences.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ithaca.pairing.compiled import Compiled, Part
from ithaca.pairing.points import VETO
from ithaca.pairing.primitives.dot import Dot
from ithaca.pairing.primitives.overlap import Overlap
from ithaca.pairing.primitives.pairs import Pairs
from ithaca.pairing.primitives.same import Same
from ithaca.pairing.primitives.table import Table

Array = NDArray[np.generic]
Random = np.random.Generator

SKILLS, INTERESTS, HOURS, LEVELS, TOPICS, WIDTH = 240, 64, 168, 10, 60, 64
# share of the people, hours from UTC, language of the country
COUNTRIES = np.array(
    [
        *[(0.16, 0, 0), (0.14, 1, 1), (0.10, 1, 2), (0.06, 1, 3), (0.04, 2, 4), (0.17, -5, 0), (0.07, -6, 0)],
        *[(0.09, -8, 0), (0.04, -3, 5), (0.06, 5, 0), (0.03, 8, 6), (0.02, 9, 7), (0.02, 10, 0)],
    ]
)
MENTOR_LEVELS = np.array([0, 0, 0.04, 0.10, 0.18, 0.22, 0.20, 0.14, 0.08, 0.04])
MENTEE_LEVELS = np.array([0.14, 0.22, 0.22, 0.17, 0.12, 0.07, 0.04, 0.02, 0, 0])
GAP_WORTH = (0.35, 0.75, 1.0, 0.9, 0.65, 0.4, 0.25, 0.15, 0.1, 0.05)
REGIMES = ("as many places as mentees", "too few places", "too many places")


class World(NamedTuple):
    """What both sides share."""

    offered: Array
    wanted: Array
    topics: Array
    departments: int
    site_country: Array
    site_share: Array


class Side(NamedTuple):
    skills: Array
    interests: Array
    languages: Array
    hours: Array
    level: Array
    site: Array
    department: Array
    manager: Array
    gender: Array
    temper: Array
    goal: Array


def problem(size: int, regime: str, seed: int = 1) -> Compiled:
    """`size` mentees, and as many mentors (six tenths of them, with more places each, where places are too few)."""
    rng = np.random.default_rng(seed)
    mentors = round(0.6 * size) if regime == REGIMES[1] else size
    world = _world(rng, size)
    offer, want = _side(rng, world, mentors, True), _side(rng, world, size, False)
    capacity = np.ones(mentors, int) if regime == REGIMES[0] else rng.choice([1, 2, 3], mentors, p=[0.6, 0.28, 0.12])
    return Compiled(_parts(rng, world, offer, want), capacity, np.ones(size, int))


def _world(rng: Random, size: int) -> World:
    sites = int(np.clip(size // 25, 13, 80))
    share = COUNTRIES[:, 0] / COUNTRIES[:, 0].sum()
    country = np.concatenate([np.arange(13), rng.choice(13, sites - 13, p=share)])
    weight = share[country] * _zipf(sites, 0.5)
    topics = rng.normal(0, 1, (TOPICS, WIDTH))
    return World(
        np.arange(SKILLS),
        np.argsort(np.arange(SKILLS) + rng.normal(0, 35, SKILLS)),
        topics / np.linalg.norm(topics, axis=1, keepdims=True),
        int(np.clip(size // 40, 6, 120)),
        country,
        weight / weight.sum(),
    )


def _zipf(n: int, slope: float) -> Array:
    share = 1 / np.arange(1, n + 1) ** slope
    return share / share.sum()


def _sets(rng: Random, n: int, least: int, most: int, share: Array, order: Array) -> tuple[Array, Array]:
    """Sets of `least` to `most` different elements as bool[n, universe], and the first drawn of each."""
    size = rng.integers(least, most + 1, n)
    out = np.zeros((n, len(order)), bool)
    first = np.full(n, -1)
    running = np.cumsum(share)
    for _ in range(3 * most):
        drawn = order[np.minimum(np.searchsorted(running, rng.random(n)), len(order) - 1)]
        put = out.sum(axis=1) < size
        out[np.flatnonzero(put), drawn[put]] = True
        first = np.where((first < 0) & put, drawn, first)
    return out, first


def _side(rng: Random, world: World, n: int, mentor: bool) -> Side:
    if mentor:
        skills, first = _sets(rng, n, 3, 10, _zipf(SKILLS, 0.9), world.offered)
    else:
        skills, first = _sets(rng, n, 1, 5, _zipf(SKILLS, 1.05), world.wanted)
    interests, _ = _sets(rng, n, 1, 8, _zipf(INTERESTS, 0.8), np.arange(INTERESTS))
    site = rng.choice(len(world.site_share), n, p=world.site_share)
    country = world.site_country[site]
    department = rng.choice(world.departments, n, p=_zipf(world.departments, 0.8))
    teams = max(1, n // (8 * 4 * world.departments)) + 1
    topic = np.where(rng.random(n) < 0.7, first % TOPICS, rng.integers(0, TOPICS, n))
    goal = world.topics[topic] + rng.normal(0, 0.11, (n, WIDTH))
    gender = rng.choice(3, n, p=[0.48, 0.49, 0.03])
    return Side(
        skills,
        interests,
        _languages(rng, country),
        _hours(rng, country, rng.integers(4, 11, n) if mentor else rng.integers(8, 21, n)),
        rng.choice(LEVELS, n, p=MENTOR_LEVELS if mentor else MENTEE_LEVELS),
        site,
        department,
        (department * len(world.site_share) + site) * teams + rng.integers(0, teams, n),
        gender if mentor else _accepted(rng, gender),
        np.clip(np.round(rng.normal(0, 4, (n, 5))), -10, 10),
        np.clip(np.round(goal / np.linalg.norm(goal, axis=1, keepdims=True) * 127), -127, 127),
    )


def _accepted(rng: Random, gender: Array) -> Array:
    """0: any; 1: women only; 2: men only."""
    want = rng.random(len(gender))
    return np.where((gender == 0) & (want < 0.12), 1, np.where((gender == 1) & (want < 0.03), 2, 0))


def _languages(rng: Random, country: Array) -> Array:
    n = len(country)
    speaks = np.zeros((n, 8), bool)
    speaks[:, 0] = rng.random(n) < 0.88
    local = rng.random(n) < 0.95
    speaks[np.flatnonzero(local), COUNTRIES[country, 2].astype(int)[local]] = True
    further = rng.random(n) < 0.2
    speaks[np.flatnonzero(further), rng.integers(0, 8, n)[further]] = True
    speaks[~speaks.any(axis=1), 0] = True
    return speaks


def _hours(rng: Random, country: Array, slots: Array) -> Array:
    """Free hours of a week in UTC, during the local working day."""
    n = len(country)
    free = np.zeros((n, HOURS), bool)
    for slot in range(int(slots.max())):
        local = rng.integers(0, 5, n) * 24 + np.clip(rng.normal(13.5, 3.2, n), 8, 19).astype(int)
        mine = slot < slots
        free[np.flatnonzero(mine), ((local - COUNTRIES[country, 1].astype(int)) % HOURS)[mine]] = True
    return free


def _bits(sets: Array) -> Array:
    padded = np.pad(sets, ((0, 0), (0, -sets.shape[1] % 64)))
    return np.packbits(padded, axis=1, bitorder="little").view(np.uint64)


def _shares(points: int, most: int) -> Array:
    """Points in proportion to how many of the mentee's elements are shared."""
    sizes = np.arange(most + 1)[:, None]
    return np.round(points * np.minimum(np.arange(most + 1)[None, :] / np.maximum(1, sizes), 1)).astype(int)


def _parts(rng: Random, world: World, offer: Side, want: Side) -> tuple[Part, ...]:
    def overlap(name: str, points: Array, at_least: int = 0) -> Overlap:
        return Overlap(
            _bits(getattr(offer, name)), _bits(getattr(want, name)), points, at_least, f"no {name} in common"
        )

    def same(mentor: Array, mentee: Array, *points: int) -> Same:
        return Same(mentor + 1, mentee + 1, *points, reason="the same team or department")

    gap = np.arange(LEVELS)[:, None] - np.arange(LEVELS)[None, :]
    seniority = np.where(gap < 0, VETO, np.round(1500 * np.array(GAP_WORTH)[np.maximum(gap, 0)])).astype(int)
    gender = np.where([[True, True, False], [True, False, True], [True, False, False]], 0, VETO)
    country = world.site_country
    places = same(country[offer.site], country[want.site], 250, 0), same(offer.site, want.site, 250, 0)
    return (
        Part("skills", 3500, (overlap("skills", _shares(3500, 16)),)),
        Part("goals", 2000, (Dot(offer.goal, want.goal, round(2000 / 127**2 * 65536), 16, 2000),)),
        Part("seniority", 1500, (Table(offer.level, want.level, seniority, "too junior"),)),
        Part("hours", 1000, (overlap("hours", np.array([[0, 250, 500, 750, 1000]]), 1),)),
        Part("languages", 0, (overlap("languages", np.zeros((1, 1), int), 1),)),
        Part("interests", 800, (overlap("interests", _shares(800, 8)),)),
        Part("temper", 700, (_closeness(offer.temper, want.temper, 700),)),
        Part("place", 500, places),
        Part("gender", 0, (Table(offer.gender, want.gender, gender, "another gender was asked for"),)),
        Part("department", 0, (same(offer.department, want.department, VETO, 0),)),
        Part("manager", 0, (same(offer.manager, want.manager, VETO, 0),)),
        Part("named", 1000, (_named(rng, len(offer.level), len(want.level)),)),
    )


def _closeness(left: Array, right: Array, points: int) -> Dot:
    """512 minus the squared distance, as a dot product: 2ab + (256 - a²) + (256 - b²)."""
    a, b = ((256 - np.square(side).sum(axis=1, keepdims=True)) // 2 for side in (left, right))
    ones = np.full_like(a, 2), np.full_like(b, 2)
    vectors = np.hstack([2 * left, np.clip(a, -127, 127), ones[0]]), np.hstack([right, ones[1], np.clip(b, -127, 127)])
    return Dot(*vectors, multiplier=round(points * 65536 / 512), shift=16, cap=points)


def _named(rng: Random, mentors: int, mentees: int) -> Pairs:
    """A third of a blocked pair and half a preference a mentee."""
    count = round(0.85 * mentees)
    keys = np.unique(rng.integers(0, mentees, count) * mentors + rng.integers(0, mentors, count))
    points = np.where(rng.random(len(keys)) < 0.4, VETO, 1000)
    ptr = np.concatenate([[0], np.cumsum(np.bincount(keys // mentors, minlength=mentees))])
    return Pairs(mentors, ptr, (keys % mentors).astype(np.int32), points.astype(np.int32), "blocked")
