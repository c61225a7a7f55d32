"""Who stayed without, why, and what would help."""

from collections.abc import Callable
from html import escape
from typing import Literal

from ithaca.pairing import without
from ithaca.pairing.explain import Explainer
from ithaca.pairing.plan import Plan
from ithaca.pairing.without import Without

CHANGES_FOR = 40
"""For so many people changes are looked for; the others get their reasons."""


def without_mentor(plan: Plan, explainer: Explainer, within: str) -> str:
    """Mentees with nobody; `within`: among which plans that is so, where not all were asked for."""
    return _section("mentee", plan.unmatched_mentees, explainer, without.mentee, within)


def without_mentee(plan: Plan, explainer: Explainer, within: str) -> str:
    """Mentors with places and nobody."""
    return _section("mentor", plan.unmatched_mentors, explainer, without.mentor, within)


def _section(
    role: Literal["mentor", "mentee"],
    people: tuple[str, ...],
    explainer: Explainer,
    ask: Callable[[Explainer, str], Without],
    within: str,
) -> str:
    if not people:
        return ""
    side = explainer.problem.mentees if role == "mentee" else explainer.problem.mentors
    items = []
    for number, person in enumerate(people):
        found = ask(explainer, person) if number < CHANGES_FOR else without.reasons(explainer, person, role)
        changes = "".join(f"<li>{escape(change.words)}</li>\n" for change in found.changes[:3])
        helps = f"<p>What would help:</p>\n<ul>\n{changes}</ul>\n" if changes and role == "mentee" else ""
        helps = f"<ul>\n{changes}</ul>\n" if changes and role == "mentor" else helps
        name = side.name(side.position[person])
        items.append(f"<article>\n<h3>{escape(name)}</h3>\n<p>{escape(found.sentence(role))}</p>\n{helps}</article>\n")
    intro = f"<p>{within}</p>\n" if within else ""
    title = "Mentees without a mentor" if role == "mentee" else "Mentors without a mentee"
    return f'<section id="without-{role}">\n<h2>{title}</h2>\n{intro}{"".join(items)}</section>\n'
