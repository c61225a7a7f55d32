"""One pair of a board with its reasons and alternatives."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ithaca.matching.bridge import kinds, problems, reasons
from ithaca.matching.models import Change
from ithaca.matching.queries.board import Card, Line, Standing, card_of
from ithaca.matching.rules.board import Pair, load_of_mentors
from ithaca.people import rules as people_rules
from ithaca.people.models import Profile
from ithaca.programmes.models import Enrolment, Preference


@dataclass(frozen=True)
class Alternative:
    """Another partner: who, how well the two fit, and whose place it would take ("" while there is a free one)."""

    card: Card
    score: int
    pair: Pair
    beside: Card | None
    cost: str

    @property
    def percent(self) -> float:
        return self.score / 100


def pair_of(standing: Standing, pair: Pair) -> dict[str, Any]:
    """Everything the page of a pair shows."""
    asked = problems.of_run(standing.run) if standing.run else None
    mentor, mentee = card_of(standing, pair[0]), card_of(standing, pair[1])
    line = next((line for line in standing.lines if line.pair == pair), None)
    found = reasons.of_pair(asked, pair, kept_for_matching(pair)) if asked else None
    return {
        "mentor": mentor,
        "mentee": mentee,
        "line": line or Line(*pair, 0, False, False),
        "made": line is not None,
        "forbidden": pair in standing.state.forbidden,
        "mutual": pair[::-1] in standing.state.pairs,
        "reasons": found,
        "missing": kinds.missing(standing.run.rules.options) if standing.run else "",
        "other_mentors": _other_mentors(standing, asked, pair[1], also=pair[:1]),
        "whole_percent": round(found.score / 100) if found else None,
        "leaving": next((line.mentor for line in standing.lines if line.mentee == pair[1]), ""),
        "beside": None if line else _beside(standing, pair[0]),
        "history": standing.entries(change for change in standing.changes if _about(change, pair)),
    }


def kept_for_matching(codes: Any) -> dict[str, list[str]]:
    """Fields that these people keep from everybody, by code: the reasons count them and do not tell them."""
    everything = set(people_rules.FIELDS)
    rows = Profile.objects.filter(person__code__in=list(codes)).values_list("person__code", "visibility")
    visible = people_rules.readable
    return {code: sorted(everything - set(visible(chosen, people_rules.Reader.COORDINATORS))) for code, chosen in rows}


def alone_of(standing: Standing, code: str, side: str) -> dict[str, Any]:
    """Everything the page of somebody with places left shows: why nobody, or whom they have. `side`: "mentee" or "mentor"."""
    asked = problems.of_run(standing.run) if standing.run else None
    mine = standing.places.mentees if side == "mentee" else standing.places.mentors
    partners = _partners(standing, code, side)
    why = reasons.why_no_mentor if side == "mentee" else reasons.why_no_mentee
    state = standing.state
    return {
        "card": card_of(standing, code),
        "side": side,
        "places": mine[code],
        "partners": [card_of(standing, partner) for partner in partners],
        "free": max(0, mine[code] - len(partners)),
        "without": len(standing.unmatched_mentees),
        "leaving": "" if len(partners) < mine[code] else next(iter(partners[::-1]), ""),
        "why": why(asked, code, state.pairs, state.forbidden) if asked and not partners else None,
        "other_mentors": _other_mentors(standing, asked, code) if side == "mentee" else [],
    }


def _partners(standing: Standing, code: str, side: str) -> list[str]:
    """Whom somebody has on this board, the best pair first."""
    mine, theirs = (1, 0) if side == "mentee" else (0, 1)
    return [line.pair[theirs] for line in standing.lines if line.pair[mine] == code]


def _other_mentors(
    standing: Standing, asked: problems.Asked | None, mentee: str, also: Collection[str] = ()
) -> list[Alternative]:
    """The best mentors for a mentee, as many as the page has room for, without those of `also` and whoever cannot be taken."""
    if asked is None:
        return []
    passed_over = {*also, *_partners(standing, mentee, "mentee"), *_not_to_be_taken(standing, mentee)}
    return [
        Alternative(
            card_of(standing, other.code), other.score, (other.code, mentee), _beside(standing, other.code), other.cost
        )
        for other in reasons.others_for_mentee(asked, mentee, passed_over)
    ]


def _not_to_be_taken(standing: Standing, mentee: str) -> set[str]:
    """Mentors of the board who left or pause today, or are kept apart from this mentee: on it, or by what is recorded of people."""
    cohort = standing.board.cohort
    mentors = Enrolment.objects.available(timezone.localdate()).filter(cohort=cohort).mentors()
    gone = standing.places.mentors.keys() - set(mentors.values_list("person__code", flat=True))
    recorded = Preference.objects.filter(enrolment__cohort=cohort, rank__isnull=True)
    both = recorded.filter(Q(enrolment__person__code=mentee) | Q(other__person__code=mentee))
    apart = {code for pair in both.values_list("enrolment__person__code", "other__person__code") for code in pair}
    return gone | apart | {a for a, b in standing.state.forbidden if b == mentee}


def _beside(standing: Standing, mentor: str) -> Card | None:
    """Whose place a further mentee would take: the weakest pair of a mentor without a free place."""
    if load_of_mentors(standing.state.pairs)[mentor] < standing.places.mentors.get(mentor, 0):
        return None
    mine = [line for line in standing.lines if line.mentor == mentor]  # the weakest comes last
    return card_of(standing, mine[-1].mentee) if mine else None


def _about(change: Change, pair: Pair) -> bool:
    plain = change.plain()
    return pair in (plain.pair, *plain.made, *plain.ended)
