"""The sparse problem solved exactly: an auction where much has changed, then repair to the last point."""

from __future__ import annotations

from ithaca.pairing.solvers.priced.auction import auction, round_prices
from ithaca.pairing.solvers.priced.repair import Left, repair
from ithaca.pairing.solvers.priced.sparse import Duals, Graph, Int64, Seating

ROOM = 1 << 58  # the auction's worths and prices stay below; a coarser one is only a worse beginning for the repair
START = 16  # the auction begins with this part of the change as its increment


def solve_sparse(
    graph: Graph,
    seats: Seating,
    bonus: Int64,
    duals: Duals,
    expected_change: int | None = None,
    rows: Int64 | None = None,
    turns: int | None = None,
) -> Left:
    """Make `seats` and `duals` optimal, in place. `expected_change`: by how many points prices may be wrong.

    None: nothing is known; 0: next to nothing, so that repairing alone is cheaper; then `rows` may say who has other pairs than
    before. `turns` of the repair, if it need not be finished; returns for whom it is not.
    """
    if len(graph.mentor) == 0 or len(seats.seat_mentor) == 0:
        seats.seat_of[:] = -1
        seats.place_of[:] = -1
        duals.mentor[:] = 0
    elif expected_change != 0:
        highest = int(graph.score.max()) + int(bonus.max(initial=0))  # what a place may bid, whatever has changed
        if expected_change is None:
            expected_change = highest
        scale = max(len(seats.place_mentee), len(seats.seat_mentor)) + 3
        scale = max(1, min(scale, ROOM // max(1, expected_change, highest, int(duals.mentor.max(initial=0)))))
        price = duals.mentor * scale
        auction(graph, seats, bonus, scale, price, expected_change * scale // START)
        duals.mentor[:] = round_prices(price, scale)
        rows = None
    return repair(graph, seats, bonus, duals, rows, turns)
