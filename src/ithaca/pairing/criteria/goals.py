"""Goals: how much two free texts have to do with each other.

By words, without any model or dictionary: they are cut to their first letters (a crude stem for many languages), weighted by
rarity (TF-IDF), and folded into 128 numbers by a fixed hash with signs (Weinberger and others 2009), so that products stay close to
the true ones. By meaning, where that is installed: see meaning.py.
"""

import math
import re
import textwrap
import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np

from ithaca.pairing.criteria import encode, meaning
from ithaca.pairing.criteria.base import Chosen, Criterion, Option
from ithaca.pairing.points import Array
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.dot import Dot
from ithaca.pairing.primitives.table import Table
from ithaca.pairing.side import Side

DIMENSIONS = 128
LENGTH = 127
STEM = 5
WORD = re.compile(r"[^\W\d_]{3,}")
SHORTEST = 4
"""Letters of a word that is named; most shorter ones are no topic."""
COMMON = """
about after again alway becom being could every exper first found from gain give going great have help hope into know learn
like look made make maybe mento mente might more most much need other over peopl reall shall share shoul skill some somet
still such take than that their them then there these they thing think this those time under very want what when where which
while whose will with withi witho work would year years your
aber auch dass eine einen einer haben ihre lerne mehr meine nicht oder sein sich unser werde wurde
avec dans leur mais mieux notre nous plus pour votre vous como estar para pela pelo quero sobre tener todo
"""
SAYS_NOTHING = frozenset(COMMON.split())
"""Stems that are left out of the words of a pair: in texts about mentoring anybody may write them, about anything."""
SHIFT = 20
WORDS, MEANING = "words", "meaning"
QUOTED = 90


def stems(text: str) -> list[str]:
    """The words of a text, each cut to its first letters."""
    return [word[:STEM] for word in WORD.findall(text.casefold())]


class Goals(Criterion):
    key = "goals"
    label = "Goals in their own words"
    help = "How much the free texts of both have to do with each other; what few people write about counts most."
    default_weight = 8
    mentor_attributes = ("goals",)
    mentee_attributes = ("goals",)
    options = (
        Option(
            "by",
            "Texts are compared by",
            "Meaning sees that “public speaking” and “giving talks” are close. It knows English; in other languages it sees "
            "little more than shared words.",
            "choice",
            WORDS,
            choices=((WORDS, "the words they share"), (MEANING, "what they mean (English)")),
            missing=lambda value: meaning.missing() if value == MEANING else "",
            added=True,
        ),
        Option("alike", "Likeness for full points", "In percent; texts are rarely alike.", "whole_number", 50, 5, 100),
    )

    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        texts = mentors.column("goals"), mentees.column("goals")
        if chosen["by"] == MEANING:
            read = meaning.goals_of(mentors, mentees)
            left, right = read.mentors, read.mentees
            full = chosen["alike"] * meaning.FULL
        else:
            vectors = vectors_of([stems(text) for side in texts for text in side])
            left, right = vectors[: len(mentors)], vectors[len(mentors) :]
            full = chosen["alike"] * LENGTH * LENGTH
        multiplier = points * 100 * (1 << SHIFT) // full
        said = [np.any(side != 0, axis=1).astype(np.int16) for side in (left, right)]
        blank = encode.blank_points(points)
        neutral = Table(said[0], said[1], np.array([[blank, blank], [blank, 0]]))
        return (Dot(left, right, multiplier, SHIFT, points), neutral)

    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        offered, hoped = mentors.value(i, "goals"), mentees.value(j, "goals")
        if chosen["by"] == MEANING:
            read = meaning.goals_of(mentors, mentees)
            near = read.closest(offered, hoped) if read.are_close(i, j) else None
            return f"the mentor’s “{_short(near[0])}” is close to the mentee’s “{_short(near[1])}”" if near else ""
        theirs = set(stems(offered))
        mine = dict.fromkeys(word for word in WORD.findall(hoped.casefold()))
        shared = [word for word in mine if word[:STEM] in theirs - SAYS_NOTHING and len(word) >= SHORTEST]
        found = [word for word in shared if len(word) > STEM] or shared  # short words say less, but better than nothing
        return f"both write about {encode.listed(found)}" if found else ""

    def way(self, chosen: Chosen) -> str:
        by = "what they mean, by a table of English" if chosen["by"] == MEANING else ""
        return f"“{self.label}” were compared by {by}." if by else ""


def _short(text: str) -> str:
    """A sentence as it is quoted: on one line, cut between words."""
    return textwrap.shorten(text, QUOTED, placeholder=" …")


def vectors_of(texts: Sequence[list[str]]) -> Array:
    """int8[len(texts), DIMENSIONS]: unit vectors of length LENGTH, or zeros for a text without words."""
    seen = Counter(word for words in texts for word in set(words))
    said = sum(map(bool, texts))  # who wrote nothing makes no word rarer
    rarity = {word: math.log((1 + said) / (1 + often)) + 1.0 for word, often in seen.items()}
    out = np.zeros((len(texts), DIMENSIONS), np.int8)
    for row, words in enumerate(texts):
        folded = np.zeros(DIMENSIONS)
        for word, often in sorted(Counter(words).items()):
            folded[_slot(word)] += _sign(word) * (1 + math.log(often)) * rarity[word]
        length = math.sqrt(float(np.square(folded).sum()))
        if length > 0:
            out[row] = np.rint(folded * (LENGTH / length)).astype(np.int8)
    return out


def _slot(word: str) -> int:
    return zlib.crc32(word.encode()) % DIMENSIONS


def _sign(word: str) -> int:
    return 1 if zlib.crc32(b"sign " + word.encode()) & 1 else -1
