"""The people of scale_world with names and answers, as a problem that a coordinator could have: what the judge is measured on."""

from __future__ import annotations

import itertools
import string

import numpy as np
import scale_world

from ithaca.pairing.problem import Problem
from ithaca.pairing.side import Role, Side

WORDS = ["".join(letters) for letters in itertools.product(string.ascii_lowercase[::2], repeat=4)]
"""Words of four letters, all different."""
OF_A_TOPIC, IN_A_TEXT = 20, 8


def problem(size: int, regime: str, seed: int = 1) -> Problem:
    """`size` mentees with default criteria; mentors and places as in scale_world.problem."""
    rng = np.random.default_rng(seed)
    few = regime == scale_world.REGIMES[1]
    world = scale_world._world(rng, size)
    offer = scale_world._side(rng, world, round(0.6 * size) if few else size, True)
    want = scale_world._side(rng, world, size, False)
    one_each = regime == scale_world.REGIMES[0]
    places = (
        np.ones(len(offer.level), int) if one_each else rng.choice([1, 2, 3], len(offer.level), p=[0.6, 0.28, 0.12])
    )
    mentors = _side("mentor", offer, world, places, rng)
    return Problem(mentors, _side("mentee", want, world, np.ones(size, int), rng))


def _side(
    role: Role, people: scale_world.Side, world: scale_world.World, places: np.ndarray, rng: np.random.Generator
) -> Side:
    other = "mentee" if role == "mentor" else "mentor"
    number = len(people.level)
    country = world.site_country[people.site]
    topic = np.asarray(people.goal) @ world.topics.T
    columns = {
        "offers" if role == "mentor" else "needs": _sets(people.skills, "skill {}"),
        "interests": _sets(people.interests, "interest {}"),
        "languages": _sets(people.languages, "language {}"),
        "availability": tuple(tuple(np.flatnonzero(hours).tolist()) for hours in people.hours),
        "seniority": tuple(people.level.tolist()),
        "country": tuple(f"country {at}" for at in country),
        "place": tuple(f"place {at}" for at in people.site),
        "department": tuple(f"department {at}" for at in people.department),
        "utc_offset": tuple(scale_world.COUNTRIES[country, 1].tolist()),
        "style": tuple(
            tuple((f"trait {at}", int(answer)) for at, answer in enumerate(answers))
            for answers in np.clip(3 + np.asarray(people.temper) // 4, 1, 5)
        ),
        "goals": tuple(_text(int(at), rng) for at in topic.argmax(axis=1)),
        "prefers": tuple(
            ((f"{other} {wish:07}",),) if asks else ()
            for wish, asks in zip(rng.integers(0, round(0.6 * number), number), rng.random(number) < 0.25, strict=True)
        ),
    }
    return Side(role, tuple(f"{role} {at:07}" for at in range(number)), places, columns)


def _sets(members: np.ndarray, words: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words.format(at) for at in np.flatnonzero(row)) for row in members)


def _text(topic: int, rng: np.random.Generator) -> str:
    return " ".join(WORDS[topic * OF_A_TOPIC + at] for at in rng.integers(0, OF_A_TOPIC, IN_A_TEXT))
