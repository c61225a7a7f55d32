"""Goals in one's own words: how often the mentor who fits comes first, by words and by meaning.

Every mentee of a set in goals.toml is compared with every mentor of it; one of them says the same in other words. In percent:

first   mentees for whom the mentor who belongs to them is nearest of all
pairs   mentees who get that mentor in the best plan of all
above   how often a pair that belongs together is nearer than one that does not; 50 is chance
points  of a full match, on average: for pairs that belong together, and for all others
"""

from __future__ import annotations

import pathlib
import tomllib

import numpy as np
from scipy.optimize import linear_sum_assignment

from ithaca.pairing.criteria import goals, meaning
from ithaca.pairing.points import Array
from ithaca.pairing.side import from_table

SETS = pathlib.Path(__file__).with_suffix(".toml")
Texts = list[str]


def by_words(mentors: Texts, mentees: Texts) -> Array:
    vectors = goals.vectors_of([goals.stems(text) for text in (*mentors, *mentees)]).astype(np.int64)
    return vectors[: len(mentors)] @ vectors[len(mentors) :].T


def by_meaning(mentors: Texts, mentees: Texts) -> Array:
    read = meaning.read(mentors, mentees)
    return read.mentors.astype(np.int64) @ read.mentees.astype(np.int64).T


def points(by: str, mentors: Texts, mentees: Texts) -> Array:
    """Of 100 for a full match, at the default options."""
    sides = [
        from_table(role, [{"id": f"{at:04}", "goals": text} for at, text in enumerate(texts)])
        for role, texts in (("mentor", mentors), ("mentee", mentees))
    ]
    criterion = goals.Goals()
    everybody = np.arange(len(mentors)), np.arange(len(mentees))
    return sum(part.block(*everybody) for part in criterion.compile(*sides, 100, criterion.choose({"by": by})))


def main() -> None:
    sets = tomllib.loads(SETS.read_text(encoding="utf-8"))
    print("| set | pairs | compared by | first | pairs | above | points, together | points, others |")
    print("|:---|---:|:---|---:|---:|---:|---:|---:|")
    for name, pairs in sets.items():
        mentees, mentors = [[pair[at] for pair in pairs] for at in (0, 1)]
        for by, likeness in (("words", by_words), ("meaning", by_meaning)):
            if by == "meaning" and meaning.missing():
                print(f"| {name} | {len(pairs)} | meaning | not installed |")
                continue
            print(
                f"| {name} | {len(pairs)} | {by} | {_figures(likeness(mentors, mentees), points(by, mentors, mentees))} |"
            )


def _figures(near: Array, earned: Array) -> str:
    mine, own = np.diag(near), np.eye(len(near), dtype=bool)
    others = near[~own]
    first = np.mean([mine[at] > np.delete(near[:, at], at).max() for at in range(len(near))])
    rows, columns = linear_sum_assignment(-near)
    above = np.mean([(others < one).mean() + (others == one).mean() / 2 for one in mine])
    parts = (100 * first, 100 * np.mean(rows == columns), 100 * above, earned[own].mean(), earned[~own].mean())
    return " | ".join(f"{part:.0f}" for part in parts)


if __name__ == "__main__":
    main()
