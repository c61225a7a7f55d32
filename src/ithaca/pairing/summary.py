"""The answer in a few sentences with numbers in them, also where there is no good answer."""

from dataclasses import replace

from ithaca.pairing import scoring
from ithaca.pairing.check import Verdict, check
from ithaca.pairing.criteria import registry
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import in_words
from ithaca.pairing.problem import Problem
from ithaca.pairing.without import counted


def sentences(problem: Problem, plan: Plan, asked: Problem | None = None) -> tuple[str, ...]:
    """What a coordinator should know first: how many are served, and what limits it.

    `asked`: the problem as it was asked, where the plan answers a narrower one (`limit`).
    """
    return (_headline(problem, plan, asked or problem), *_notes(problem, plan))


def limit(asked: Problem, problem: Problem) -> str:
    """What `problem` demands beyond what was asked, so that all that is said of its best plan holds there only; or nothing."""
    said = []
    if (problem.mentors.capacity < asked.mentors.capacity).any():
        said.append(f"no mentor has more than {counted(int(problem.mentors.capacity.max()), 'mentee')}")
    if problem.objective.floor > asked.objective.floor:
        said.append(f"no pair is below {problem.objective.floor / 100:g} %")
    return " and ".join(said)


def judged(asked: Problem, problem: Problem, plan: Plan) -> Verdict:
    """The plan judged as an answer to `problem`; what is proven of it says the `limit`."""
    verdict, within = check(problem, plan), limit(asked, problem)
    if not within or not verdict.proven:
        return verdict
    return replace(verdict, proven=f"Where {within}, {verdict.proven[:1].lower()}{verdict.proven[1:]}")


def proof(verdict: Verdict) -> str:
    """How sure it is that nothing is better."""
    if verdict.proven:
        return f"Proven: {verdict.proven[:1].lower()}{verdict.proven[1:]}"
    if verdict.unproven:
        return f"{verdict.unproven} More time may prove it, or find a better plan."
    return f"At most {in_words(verdict.below)} below the best possible." if verdict.below else ""


def ways(problem: Problem) -> tuple[str, ...]:
    """How people were compared where there is more than one way, a sentence for each criterion that counts."""
    said = (w.criterion.way(w.chosen) for w in scoring.at_work(problem) if w.weight)
    return tuple(sentence for sentence in said if sentence)


def figures(plan: Plan) -> str:
    """A plan in numbers; its total in the same words as every gain and loss of it."""
    if not plan.pairs:
        return "no pair"
    average = f"{plan.total / len(plan.pairs) / 100:.0f} % on average, {(plan.worst or 0) / 100:.0f} % the lowest"
    served = f"{counted(plan.served, 'mentee')} served by {counted(len(plan.pairs), 'pair')}"
    return f"{served}, {average}, {in_words(plan.total)} in all"


def difference(plan: Plan, best: Plan) -> str:
    """What it is beside the best, or beside the highest total, in people and in per cent of a perfect pair."""
    fewer, points = best.served - plan.served, best.total - plan.total
    people = f"{counted(abs(fewer), 'mentee')} {'fewer' if fewer > 0 else 'more'} served" if fewer else "as many served"
    total = f"a total {'lower' if points > 0 else 'higher'} by {in_words(abs(points))}" if points else "the same total"
    return f"{people}, {total}"


def against_the_best(problem: Problem, plan: Plan, best: Plan, wrong: bool) -> str:
    """How far a plan made by hand is from the best, in the order of the objective; `wrong`: there are findings."""
    if {(p.mentor, p.mentee) for p in plan.pairs} == {(p.mentor, p.mentee) for p in best.pairs} and not wrong:
        return "This is exactly the best plan."
    said, lower = [difference(plan, best)], (best.worst or 0) - (plan.worst or 0)
    if plan.served == best.served and _waited(problem, plan) != _waited(problem, best):
        said.append("but not of those who come first")
    several = bool((problem.mentees.capacity > 1).any())
    equal = len(said) == 1 and (plan.served, plan.total) == (best.served, best.total)
    if lower and (problem.objective.kind == "worst_first" or (equal and not several)):
        said.append(f"the lowest pair {'lower' if lower > 0 else 'higher'} by {in_words(abs(lower))}")
    elif equal and not wrong and problem.objective.cost is None:
        return "This is exactly as good as the best plan: as many are served, with the same total."
    return f"Against the best{', findings apart' if wrong else ''}: {', '.join(said)}."


def _waited(problem: Problem, plan: Plan) -> int:
    served = sorted({problem.mentees.position[pair.mentee] for pair in plan.pairs})
    return int(scoring.priorities(problem)[served].sum())


def _headline(problem: Problem, plan: Plan, asked: Problem) -> str:
    mentees = int((problem.mentees.capacity > 0).sum())
    places, within = asked.mentors.places, limit(asked, problem)
    start = f"{counted(mentees, 'mentee')}, {counted(places, 'place')}"
    if not len(problem.mentors) or not len(problem.mentees):
        none = "mentor" if not len(problem.mentors) else "mentee"
        people = f"{counted(len(problem.mentors), 'mentor')} and {counted(len(problem.mentees), 'mentee')}"
        return f"{people}: without any {none} there is no pair."
    if not plan.pairs:
        why = "nobody has a place" if not places or not mentees else "the rules exclude every pair"
        return f"{start}: {why}, so there is no pair."
    text = f"{start}: {plan.served:,} of {counted(mentees, 'mentee')} {'has' if plan.served == 1 else 'have'} a mentor"
    if plan.served == mentees:
        return text + "."
    if plan.served == places:
        return f"{text}, and every place is taken."
    if plan.served < problem.mentors.places and not _serves_most(problem, plan):
        return f"{text}."
    return f"{text}; more cannot be served {f'where {within}' if within else 'under the rules'}."


def _serves_most(problem: Problem, plan: Plan) -> bool:
    """Whether the plan's proof says so: nothing is worth more, or not as much more as serving one more would be."""
    proof = plan.certificate
    if proof is None or proof.kind == "stable" or proof.keeping is not None:
        return False
    waited = int(scoring.priorities(problem).sum())
    return proof.gap == 0 or proof.gap + plan.total + waited < proof.bonus


def _notes(problem: Problem, plan: Plan) -> tuple[str, ...]:
    notes = []
    used = scoring.at_work(problem)
    silent = [w for w in problem.criteria if w.weight and w not in used]
    if silent:
        names = ", ".join(f"“{registry.BY_KEY[w.key].label}”" for w in silent)
        notes.append(
            f"Nothing is known on both sides about {names}; the weight went to the other criteria in proportion."
        )
    if not any(w.weight for w in used):
        notes.append("No criterion with a weight says anything here, so only the rules decide.")
    elif len({pair.points for pair in plan.pairs}) == 1 and len(plan.pairs) > 1:
        notes.append(f"All {len(plan.pairs):,} pairs score the same.")
    return (*notes, *ways(problem))
