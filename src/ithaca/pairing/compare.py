"""Two plans of the same people side by side: who changes, and what it means in numbers."""

from dataclasses import dataclass

from ithaca.pairing.plan import Pair, Plan


@dataclass(frozen=True)
class Difference:
    """What plan b has that plan a has not. All figures are b minus a."""

    same: tuple[Pair, ...]
    gone: tuple[Pair, ...]
    """In a only."""
    new: tuple[Pair, ...]
    """In b only."""
    gained_a_mentor: tuple[str, ...]
    lost_their_mentor: tuple[str, ...]
    """Mentees with nobody in b who had somebody in a."""
    changed_mentor: tuple[str, ...]
    """Mentees with somebody in both, but not the same."""
    served: int
    total: int
    worst: int | None
    """None if one of the plans has no pair."""

    def sentence(self) -> str:
        """As a coordinator reads it."""
        if not self.gone and not self.new:
            return "Both plans have the same pairs."
        said = [f"{len(self.same)} pairs stay, {len(self.gone)} go, {len(self.new)} come"]
        if self.served:
            more = "more" if self.served > 0 else "fewer"
            said.append(f"{abs(self.served)} {more} served")
        direction = "rises" if self.total > 0 else "falls"
        said.append(
            f"the total {direction} by {abs(self.total):,} points" if self.total else "the total stays the same"
        )
        if self.worst:
            said.append(f"the worst pair {'gains' if self.worst > 0 else 'loses'} {abs(self.worst):,} points")
        return "; ".join(said) + "."


def compare(a: Plan, b: Plan) -> Difference:
    """From plan a to plan b."""
    before = {(pair.mentor, pair.mentee): pair for pair in a.pairs}
    after = {(pair.mentor, pair.mentee): pair for pair in b.pairs}
    mine, theirs = _mentors(a), _mentors(b)
    return Difference(
        same=tuple(pair for key, pair in after.items() if key in before),
        gone=tuple(pair for key, pair in before.items() if key not in after),
        new=tuple(pair for key, pair in after.items() if key not in before),
        gained_a_mentor=tuple(sorted(theirs.keys() - mine.keys())),
        lost_their_mentor=tuple(sorted(mine.keys() - theirs.keys())),
        changed_mentor=tuple(sorted(who for who in mine.keys() & theirs.keys() if mine[who] != theirs[who])),
        served=b.served - a.served,
        total=b.total - a.total,
        worst=None if a.worst is None or b.worst is None else b.worst - a.worst,
    )


def _mentors(plan: Plan) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pair in plan.pairs:
        found.setdefault(pair.mentee, set()).add(pair.mentor)
    return found
