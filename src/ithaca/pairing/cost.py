"""What another choice costs everyone, in the order of the objective, as a coordinator reads it."""

from dataclasses import dataclass

from ithaca.pairing.points import in_words


@dataclass(frozen=True)
class Fall:
    """How far the weakest pair falls where the objective raises it first."""

    before: int
    to: int
    """Points of the weakest pair after it."""
    exact: bool = True
    """False: so much at most, or less."""
    fixed_weaker: bool = False
    """Weaker pairs are fixed by hand: they are not among those that are raised."""

    def words(self) -> str:
        """As a coordinator reads it."""
        which = "the weakest pair that is not fixed" if self.fixed_weaker else "the weakest pair"
        if self.to == self.before:
            return f"{which} would fall below {self.before / 100:g} %"
        before, to = percent(self.before), percent(self.to)
        if before == to:
            before, to = f"{self.before / 100:g} %", f"{self.to / 100:g} %"
        return f"{which} would fall from {before} to {to}{'' if self.exact else ' or less'}"


@dataclass(frozen=True)
class Cost:
    """What the best plan loses if a pair is forced."""

    points: int
    """Of 10,000 a pair; may be negative when fewer are served, or with a `fall`."""
    fewer_served: int = 0
    rounds_passed_over: int = 0
    """By how much those who lose their mentor come before those who gain one (scoring.priorities), in rounds."""
    exact: bool = True
    """False: at least this much; the exact answer would have taken too long."""
    fall: Fall | None = None
    """Where the worst pair is raised first and would be a weaker one: it counts before `points`, which are then what the
    total loses while all other pairs stay as good."""
    highest: bool = False
    """Said of the highest total, which the plan does not have: it raised one level after another."""
    above: int = 0
    """Not 0: said of the plans without a pair of fewer points, which is not the whole order of the objective."""

    @property
    def order(self) -> tuple[int, int, int, int]:
        """What costs less comes first."""
        fallen = self.fall.before - self.fall.to + 1 if self.fall else 0
        return self.fewer_served, self.rounds_passed_over, fallen, self.points

    def words(self) -> str:
        """As a coordinator reads it."""
        return f"with no pair below {self.above / 100:g} %, {self._words()}" if self.above else self._words()

    def _words(self) -> str:
        total = "the highest total" if self.highest else "the total"
        if self.fewer_served:
            people = "1 mentee" if self.fewer_served == 1 else f"{self.fewer_served} mentees"
            return f"{people} more would stay without a mentor"
        if self.rounds_passed_over > 0:
            return "someone who comes first for a place would be left out"
        if self.fall:
            return self.fall.words()
        if self.points == 0:
            return f"{total} would stay the same" if self.exact else f"{total} may fall a little, or not at all"
        least = "" if self.exact else "at least "
        return f"{total} would fall by {least}{in_words(self.points)}"


def percent(points: int) -> str:
    """A score as people read it: "50 %"."""
    return f"{points / 100:.0f} %"
