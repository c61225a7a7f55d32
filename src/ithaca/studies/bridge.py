"""Further questions to the engine: other complete plans, whom to recruit, how evenly a board treats people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from ithaca.matching.bridge import solving
from ithaca.matching.bridge.problems import Asked, Question
from ithaca.matching.bridge.reasons import Kept
from ithaca.matching.rules.board import Pair
from ithaca.pairing import alternatives, attributes, both_roles, fairness, groups, recruits, repair
from ithaca.pairing.points import in_words as in_words
from ithaca.pairing.problem import Problem
from ithaca.pairing.side import Side

Tell = solving.Tell
SEARCH = 0.7
"""Share of a study that the search for plans is told to be; the rest is the check of each."""


@dataclass(frozen=True)
class Evenness:
    """How evenly a set of pairs treats people; points of 10,000, None without pairs."""

    worst: int | None
    tenth: int | None
    median: int | None
    best: int | None
    with_their_best: int
    below_their_best: int | None
    envious: int
    load: tuple[tuple[int, int], ...]
    """(mentees, how many mentors with places have that many)"""


def evenness(asked: Asked, pairs: Iterable[Pair]) -> Evenness:
    """The figures of any pairs, also those made by hand; who was not in the run's picture is passed over."""
    mentors, mentees = asked.problem.mentors.position, asked.problem.mentees.position
    known = [(mentors[a], mentees[b]) for a, b in sorted(pairs) if a in mentors and b in mentees]
    found = fairness.fairness_of(asked.problem, asked.compiled, known)
    shown = {name: getattr(found, name) for name in Evenness.__dataclass_fields__}
    return Evenness(**shown)


def rounds_waited(asked: Asked) -> dict[str, int]:
    """Mentees who were left out in earlier rounds, and in how many, as the run saw it."""
    mentees = asked.problem.mentees
    rounds = {code: int(mentees.value(at, "waited_rounds")) for code, at in mentees.position.items()}
    return {code: count for code, count in rounds.items() if count}


def other_plans(asked: Question, tell: Tell) -> list[dict[str, Any]]:
    """The engine's frontier as plain values, the highest total first; each with the answer a run would keep.

    As in a run, nobody mentors the one who mentors them; what each plan keeps apart for that is kept with its answer.
    """
    found = alternatives.frontier(asked.problem, solving.part(tell, 0, SEARCH), best=asked.plan, one_way=True)
    usual = asked.problem.objective.kind == "total"
    return [
        {
            "key": one.key,
            "label": one.label,
            "words": one.words,
            "cost": one.cost(found[0]) if at else "",
            "median": one.fairness.median,
            "envious": one.fairness.envious,
            "busiest": max((load for load, mentors in one.fairness.load if mentors), default=0),
            "answer": _plain(
                solving.keeping_apart(
                    solving.answer_of(one.problem, one.plan, asked.problem, _checking(tell, at, len(found))),
                    one.problem,
                    asked.problem,
                ),
                one.words,
                "" if usual and not at else one.label,
            ),
        }
        for at, one in enumerate(found)
    ]


def answer_from(plain: dict[str, Any]) -> solving.Answer:
    """The answer of `other_plans` after it was kept."""
    return solving.Answer(**plain | {"kept_apart": tuple((a, b) for a, b in plain.get("kept_apart", ()))})


def whom_to_recruit(asked: Question, kept: Kept, tell: Tell, most: int = 5) -> dict[str, Any]:
    """Further mentors by what they gain, and the skills most wanted. Worked out without what people keep to themselves."""
    found = recruits.brief(_without_kept(asked.problem, kept), most, tell)
    return {
        "mentors": [{"words": one.words, "served": one.served, "points": one.points} for one in found],
        "wanted": [list(skill) for skill in recruits.most_wanted(found)],
    }


def mentees_together(asked: Question, tell: Tell) -> dict[str, Any]:
    """A plan in which the mentees of one mentor fit each other too, where the places allow groups."""
    tell(0.0, "exchanging pairs and groups")
    found = groups.mentor_groups(asked.problem)
    words = "Mentees of one mentor fit each other too; pairs and groups were exchanged as long as both together gained."
    return {
        "answer": _plain(
            solving.answer_of(asked.problem, found.plan, asked.problem, _checking(tell, 0, 1)),
            words,
            "Mentees who fit each other",
        ),
        "together": found.together,
        "together_before": found.together_before,
        "cost": found.cost,
    }


def repaired(problem: Problem, former: Iterable[Pair], tell: Tell) -> list[dict[str, Any]]:
    """The best plans for the people of today by how many of the former pairs they touch, the fewest first."""
    out = []
    found = repair.repairs(problem, former, solving.part(tell, 0, SEARCH))
    for number, one in enumerate(found):
        words = f"The best plan that touches no more than {one.touched} of the pairs that could stay."
        aim = f"At most {one.touched} taken apart" if one.touched else "No pair taken apart"
        told = solving.answer_of(problem, one.plan, problem, _checking(tell, number, len(found)))
        if told.gap:  # found by a search through all that could be better: what its prices leave open is not there
            told = replace(told, gap=0)
        answer = _plain(told, words, aim)
        out.append({"touched": one.touched, "key": str(one.touched), "answer": answer})
    return out


def mutual(plain: dict[str, Any]) -> list[Pair]:
    """Who mentor each other in a kept answer, each two once: repairs and groups are not solved again without them."""
    pairs = ((pair["mentor"], pair["mentee"]) for pair in plain["plan"]["pairs"])
    return [one for one, _ in both_roles.mutual_of(pairs)]


def fewest_touched(problem: Problem, former: Iterable[Pair]) -> int:
    """How many of the former pairs no plan at all can keep together with the others."""
    return repair.fewest(problem, former)


def _checking(tell: Tell, number: int, of: int) -> Tell:
    """Tell that this plan of so many begins to be checked; told further while it is."""
    start, end = (SEARCH + (1 - SEARCH) * at / of for at in (number, number + 1))
    words = f"checking plan {number + 1} of {of}"
    told = solving.part(tell, start, end, words)
    told(0.0, words)
    return told


def _plain(found: solving.Answer, words: str, aim: str) -> dict[str, Any]:
    """As plain values; `aim` is what the plan is best at where that is not what the rules ask for."""
    return asdict(replace(found, plan=found.plan | {"objective": words, "aim": aim}))


def _without_kept(problem: Problem, kept: Kept) -> Problem:
    mentors, mentees = (_blanked(side, kept) for side in (problem.mentors, problem.mentees))
    return replace(problem, mentors=mentors, mentees=mentees)


def _blanked(side: Side, kept: Kept) -> Side:
    hidden: dict[str, Collection[str]] = {code: kept.get(code, ()) for code in side.ids}
    columns = {}
    for key, values in side.columns.items():
        blank = attributes.BY_KEY[key].clean(None)
        columns[key] = tuple(
            blank if key in hidden[code] else value for code, value in zip(side.ids, values, strict=True)
        )
    return replace(side, columns=columns)
