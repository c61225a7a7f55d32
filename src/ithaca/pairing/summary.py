"""The answer in a few sentences with numbers in them, also where there is no good answer."""

from ithaca.pairing import scoring
from ithaca.pairing.criteria import registry
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import in_words
from ithaca.pairing.problem import Problem
from ithaca.pairing.without import counted


def sentences(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """What a coordinator should know first: how many are served, and what limits it."""
    return (_headline(problem, plan), *_notes(problem, plan))


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


def _headline(problem: Problem, plan: Plan) -> str:
    mentees = int((problem.mentees.capacity > 0).sum())
    places = problem.mentors.places
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
    return f"{text}; more cannot be served under the rules." if _serves_most(problem, plan) else f"{text}."


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
