"""Texts compared by what they mean: every piece of a word has its place among 256 directions, and near places mean alike.

Places and pieces come from the package `wordllama` (MIT), installed with the extra `meaning`. Its files are read where they lie, once
a process, when first needed; the package itself is not imported (it would set up logging for everybody), and nothing is ever fetched.
It knows English. In other languages unlike texts lie near each other by their language alone, so what a text has in common with
everybody is taken off; what is left there are pieces of words that two texts share.

All whole numbers, and sums in no particular order: the same on every machine.
"""

import hashlib
import importlib.util
import math
import re
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from ithaca.pairing.points import Array
from ithaca.pairing.side import Side

PACKAGE = "wordllama"
PLACES = (
    "weights/l2_supercat_256.safetensors",
    "64b47a2dc493cb8e85944076601189739852d7b64e0e1eedcb1937a251cd9fd5",
)
PIECES = (
    "tokenizers/l2_supercat_tokenizer_config.json",
    "93248f2a9ec36c7b35f700a033d5f36228aae48db61aee31007fa49062cdeb68",
)
"""(file in the package, its SHA-256): other places would give other points for the same texts."""
DIRECTIONS = 256
STEPS = 15
"""Whole numbers a unit of the table is cut into; its largest value is 8.02, so 15 is the most that int8 holds (and clips one)."""
LENGTH = 127
"""Of a text's vector. A product of two is LENGTH² where they mean the same."""
NOISE = LENGTH * LENGTH // 20
FULL = LENGTH * LENGTH * 2 // 5
"""Measured on forty pairs of goals and offers that share hardly a word (`python -m bench goals`, the set `tuning`). With what each text
has in common with everybody taken off, nine in ten unlike texts stay below 5 % of LENGTH², and half of those that belong together are
above 14 %. So NOISE (5 %) is taken off, and full points come half of FULL (20 %) above it where the coordinator says 50 %."""
LETTERS = 4_000
"""Letters of a text that are read."""
OTHERS = 3
"""With few people, "in common with everybody" is one or two texts; that many more, about nothing, are imagined beside them."""
TEXTS, OFTEN = 20, 40
"""A piece in n of t texts weighs (t + TEXTS) / (t + TEXTS + OFTEN n): what everybody writes says little (Arora and others 2017)."""
SENTENCE = re.compile(r"[.!?;\n\r•]+\s*")
SENTENCES = 20
"""Sentences of a text that are looked at for the words to a pair."""

NOT_INSTALLED = (
    "comparing texts by what they mean is not installed here; whoever runs this Ithaca can add it with "
    "“pip install 'ithaca[meaning]'” and a restart. It works on the machine itself, without any network"
)
ANOTHER = (
    "the installed package “wordllama” carries another table than the one points are counted with; whoever runs this Ithaca "
    "can put it right with “pip install 'ithaca[meaning]'” and a restart"
)


@dataclass(frozen=True, eq=False)
class Table:
    """What is held in memory, once a process: 8 MB of places and what cuts a text into numbered pieces."""

    pieces: Any
    places: Array
    """int8[32,000, DIRECTIONS]"""

    def read(self, text: str) -> Array:
        """int64[n]: the numbers of a text's pieces; none for a text without letters."""
        plain = unicodedata.normalize("NFKC", " ".join(text[:LETTERS].split())).lower()
        if not any(letter.isalpha() for letter in plain):
            return np.zeros(0, np.int64)
        whole = plain.encode("utf-8", "ignore").decode("utf-8")  # half a character has no place
        return np.array(self.pieces.encode(whole, add_special_tokens=False).ids, np.int64)

    def place(self, read: Array, weights: Array) -> Array:
        """int64[DIRECTIONS]: where a text lies, a vector of LENGTH; zeros for nothing."""
        total = weights[read] @ self.places[read].astype(np.int64)
        length = math.isqrt(int(total @ total))
        if not length:
            return np.zeros(DIRECTIONS, np.int64)
        found: Array = (2 * LENGTH * total + length) // (2 * length)
        return found


@cache
def missing() -> str:
    """Why texts cannot be compared by meaning on this machine, in words; empty if they can."""
    folder = _folder()
    if folder is None or not all((folder / name).is_file() for name, _ in (PLACES, PIECES)):
        return NOT_INSTALLED
    for name, digest in (PLACES, PIECES):
        with (folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                return ANOTHER
    return ""


@dataclass(frozen=True, eq=False)
class Read:
    """The texts of both sides as vectors. Products are likeness less what is common and less NOISE.

    Zeros for a text without letters. In the last four columns stand, as tens and ones to the base LENGTH, what is taken
    off for the mentor and what is taken off for the mentee.
    """

    mentors: Array
    """int8[M, DIRECTIONS + 4]"""
    mentees: Array
    """int8[N, DIRECTIONS + 4]"""
    weights: Array
    """int64[pieces]: up to 256, the less the more of these texts have a piece"""

    def are_close(self, i: int, j: int) -> bool:
        """Whether these two are worth a word: a quarter of what earns full points by default."""
        return int(self.mentors[i].astype(np.int64) @ self.mentees[j].astype(np.int64)) >= NOISE

    def closest(self, theirs: str, mine: str) -> tuple[str, str] | None:
        """The two sentences that lie nearest, one of each text; None if none have anything to do with each other."""
        said = [[part.strip() for part in SENTENCE.split(text[:LETTERS]) if part.strip()] for text in (theirs, mine)]
        lie = [[self._told(part) for part in parts[:SENTENCES]] for parts in said]
        found = [(int(a @ b), -i, -j) for (i, a), (j, b) in product(enumerate(lie[0]), enumerate(lie[1]))]
        best = max(found, default=(0, 0, 0))
        return (said[0][-best[1]], said[1][-best[2]]) if best[0] > 0 else None

    def _told(self, sentence: str) -> Array:
        """Where a sentence lies, the shorter a vector the more of it is what many write."""
        table = _table()
        pieces = table.read(sentence)
        return table.place(pieces, self.weights) * (int(self.weights[pieces].sum()) // max(1, len(pieces)))


def read(mentors: Sequence[str], mentees: Sequence[str]) -> Read:
    """Both sides' texts as vectors. Raises ValueError where `missing` says why."""
    table = _table()
    pieces = [table.read(text) for text in (*mentors, *mentees)]
    weights = _weights(pieces, len(table.places))
    places = np.array([table.place(numbers, weights) for numbers in pieces]).reshape(-1, DIRECTIONS)
    left, right = places[: len(mentors)], places[len(mentors) :]
    off = (_in_common(left, right) + NOISE, _in_common(right, left))
    columns = [np.stack(np.divmod(np.clip(part, 0, LENGTH * LENGTH), LENGTH), axis=1) for part in off]
    one = np.array([LENGTH, 1])
    return Read(
        _joined(left, columns[0], np.broadcast_to(one, columns[0].shape)),
        _joined(right, np.broadcast_to(-one, columns[1].shape), -columns[1]),
        weights,
    )


_kept: WeakKeyDictionary[Side, WeakKeyDictionary[Side, Read]] = WeakKeyDictionary()
"""The goals of two sides, for as long as both live: who asks about a pair asks about many."""


def goals_of(mentors: Side, mentees: Side) -> Read:
    """`read` of what both sides hope for."""
    known = _kept.setdefault(mentors, WeakKeyDictionary())
    if mentees not in known:
        known[mentees] = read(mentors.column("goals"), mentees.column("goals"))
    return known[mentees]


def _weights(texts: Sequence[Array], pieces: int) -> Array:
    """int64[pieces]: up to 256, the less the more texts have it."""
    often = np.zeros(pieces, np.int64)
    for numbers in texts:
        often[np.unique(numbers)] += 1
    total = sum(1 for numbers in texts if len(numbers)) + TEXTS
    weights: Array = 256 * total // (total + OFTEN * often)
    return weights


def _in_common(places: Array, others: Array) -> Array:
    """int64[n]: likeness to the others on average."""
    known = int(np.any(others != 0, axis=1).sum())
    mean: Array = (places @ others.sum(axis=0)) // (known + OTHERS)
    return mean


def _joined(places: Array, mentor: Array, mentee: Array) -> Array:
    """int8[n, DIRECTIONS + 4]; a text that lies nowhere has zeros everywhere."""
    out = np.concatenate([places, mentor, mentee], axis=1)
    out[~np.any(places != 0, axis=1)] = 0
    return out.astype(np.int8)


_turn = threading.Lock()


def _table() -> Table:
    """The table, read once. Raises ValueError where `missing` says why."""
    if why := missing():
        raise ValueError(why)
    with _turn:
        return _loaded()


@cache
def _loaded() -> Table:
    from safetensors.numpy import load_file  # only where the extra is installed
    from tokenizers import Tokenizer

    folder = _folder()
    assert folder is not None
    real = load_file(folder / PLACES[0])["embedding.weight"]
    places = np.empty(real.shape, np.int8)
    for start in range(0, len(real), 1_000):  # a few at a time, so that loading takes little more memory than keeping
        some = slice(start, start + 1_000)
        places[some] = np.clip(np.rint(real[some].astype(np.float32) * STEPS), -LENGTH, LENGTH)
    return Table(Tokenizer.from_file(str(folder / PIECES[0])), places)


def _folder() -> Path | None:
    """Where the package lies, found without importing it; None if it or what reads its files is not installed."""
    if any(importlib.util.find_spec(name) is None for name in ("safetensors", "tokenizers")):
        return None
    found = importlib.util.find_spec(PACKAGE)
    return Path(found.submodule_search_locations[0]) if found and found.submodule_search_locations else None
