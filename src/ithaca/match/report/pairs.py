"""The pairs with their reasons; each opens."""

from html import escape

from ithaca.pairing.explain import Explainer, PairReason, PartReason
from ithaca.pairing.plan import Pair, Plan

MOST_MENTORS = 700
"""Up to here every mentee's second choices are priced; above, the time would grow with the cube."""


def section(plan: Plan, explainer: Explainer) -> str:
    """All pairs, best first; ticks turn the order around and open all, without any script."""
    if not plan.pairs:
        return ""
    proof = plan.certificate  # what another choice costs is asked of the best plan only
    priced = len(explainer.problem.mentors) <= MOST_MENTORS and proof is not None and proof.kind == "best"
    if priced:
        explainer.prepare_all()
    ordered = sorted(plan.pairs, key=lambda pair: (-pair.points, pair.mentee, pair.mentor))
    items = "".join(_item(pair, explainer, priced) for pair in ordered)
    return (
        '<section id="pairs">\n<h2>The pairs</h2>\n'
        '<p class="order"><span>Each pair opens into its reasons.</span> '
        '<label><input type="checkbox" id="lowest-first"> Lowest first</label> '
        '<label><input type="checkbox" id="every-reason"> All reasons, also on paper</label></p>\n'
        f'<div class="pairs">\n{items}</div>\n</section>\n'
    )


def _item(pair: Pair, explainer: Explainer, priced: bool) -> str:
    reason = explainer.reason(pair.mentor, pair.mentee)
    mentors, mentees = explainer.problem.mentors, explainer.problem.mentees
    mentor, mentee = mentors.name(mentors.position[pair.mentor]), mentees.name(mentees.position[pair.mentee])
    fixed = ' <span class="fixed">fixed by you</span>' if pair.fixed else ""
    return (
        f'<details class="pair">\n<summary><span class="who"><b>{escape(mentee)}</b> <i>with</i> '
        f'<b>{escape(mentor)}</b>{fixed}</span>{_bar(reason)}<span class="score">{pair.points / 100:.0f} %</span></summary>\n'
        f'<div class="why">\n<p>{escape(reason.sentence())}</p>\n{_against(reason)}{_parts(reason)}'
        f"{_others(pair, explainer) if priced else ''}</div>\n</details>\n"
    )


def _against(reason: PairReason) -> str:
    """The rules that a pair fixed by hand breaks."""
    return (
        f"<p>Against a rule ({escape(', '.join(reason.excluded))}); you fixed it all the same.</p>\n"
        if reason.excluded
        else ""
    )


def _bar(reason: PairReason) -> str:
    parts = "".join(
        f'<span class="{part.key}" style="width:{part.points / 100:.2f}%"></span>'
        for part in reason.parts
        if part.points
    )
    return f'<span class="bar" aria-hidden="true">{parts}</span>'


def _parts(reason: PairReason) -> str:
    rows = "".join(
        f'<tr><th scope="row"><span class="dot {part.key}"></span>{escape(part.label)}</th>'
        f"<td>{escape(part.words) or '–'}</td>"
        f'<td class="number">{_share(part)}</td></tr>\n'
        for part in reason.parts
        if part.most or part.words
    )
    return f'<table class="parts">\n{rows}</table>\n'


def _share(part: PartReason) -> str:
    return f"{part.points / 100:.1f} of {part.most / 100:.1f}" if part.most else "a rule only"


def _others(pair: Pair, explainer: Explainer) -> str:
    found = explainer.second_choices(pair.mentee)
    if pair.fixed:
        return "<p>You fixed this pair, so no other mentor was looked for.</p>\n"
    if not found:
        beside = " who has a place beside the pairs you fixed" if explainer.problem.constraints.held else ""
        return f"<p>The rules allow no other mentor{beside} for this mentee.</p>\n"
    mentors = explainer.problem.mentors
    items = "".join(
        f"<li>{escape(mentors.name(mentors.position[other.mentor]))}, {other.points / 100:.0f} %: "
        f"{escape(other.cost.words())}</li>\n"
        for other in found
    )
    return f"<p>Other mentors, and what choosing them would cost everyone:</p>\n<ul>\n{items}</ul>\n"
