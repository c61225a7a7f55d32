"""One look at every pair there is, for whoever wants to see them all: no pair is passed over, nothing is guessed."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np

from ithaca.pairing import tiles
from ithaca.pairing.compiled import Compiled, Stopped
from ithaca.pairing.points import Array
from ithaca.pairing.primitives.room import Room


class Look(Protocol):
    """Somebody who is shown all pairs, some mentors × some mentees at a time."""

    def see(self, rows: Array, columns: Array, scores: Array, room: Room) -> Any:
        """What there is to remember of s = int32[len(rows), len(columns)]. Many threads call it: it changes nothing."""

    def keep(self, seen: Any) -> None:
        """Remember it; called once a tile, in the same order every time."""


def scan(
    compiled: Compiled,
    looks: Sequence[Look],
    rows: Array,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> None:
    """Show these mentors with all mentees to all `looks`. Raises Stopped if `should_stop` says yes."""

    def work(tile: tiles.Tile, room: Room) -> tuple[int, list[Any]]:
        scores = compiled.tile(*tile, room)
        return scores.size, [look.see(*tile, scores, room) for look in looks]

    every, done = len(rows) * compiled.shape[1], 0
    for cells, seen in tiles.each(work, tiles.of(rows, np.arange(compiled.shape[1]))):
        for look, what in zip(looks, seen, strict=True):
            look.keep(what)
        done += cells
        if progress is not None:
            progress(done / every)
        if should_stop is not None and should_stop():
            raise Stopped
