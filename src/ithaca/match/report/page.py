"""The whole report, section by section in the order in which a coordinator asks."""

from collections.abc import Sequence
from html import escape
from importlib import resources

from ithaca.match import plans
from ithaca.match.question import Question
from ithaca.match.report import pairs, people, reading
from ithaca.pairing import recruits, scoring, summary
from ithaca.pairing.alternatives import Alternative
from ithaca.pairing.check import Verdict
from ithaca.pairing.criteria import registry
from ithaca.pairing.explain import Explainer
from ithaca.pairing.plan import Plan
from ithaca.pairing.points import in_words, share_out
from ithaca.pairing.problem import Problem

CELLS = 1_000 * 1_000
"""Pairs of mentor and mentee up to which the report also looks at other plans and at whom to recruit."""


def written(
    known: Question,
    problem: Problem,
    plan: Plan,
    explainer: Explainer,
    verdict: Verdict,
    others: Sequence[Alternative] = (),
) -> str:
    """The report as HTML. `known` is what was read; `problem` is what `plan` answers; `others` are plans to compare."""
    style = resources.files("ithaca.match.report").joinpath("style.css").read_text(encoding="utf-8")
    sentences = summary.sentences(problem, plan, known.problem)
    limit = summary.limit(known.problem, problem)
    within = f"Only plans are compared in which {limit}." if limit else ""
    body = [
        _head(known, sentences, verdict),
        _figures(problem, plan, verdict),
        pairs.section(plan, explainer),
        people.without_mentor(plan, explainer, within),
        people.without_mentee(plan, explainer, within),
        _others(plan, others),
        _fairness(verdict),
        _recruits(problem, within),
        _rules(problem, f"{plan.objective} {within}"),
        reading.section(known.read),
        _proof(problem, plan, verdict, within),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<title>Matching report</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n{''.join(body)}</main>\n</body>\n</html>\n"
    )


def _head(known: Question, sentences: tuple[str, ...], verdict: Verdict) -> str:
    files = " and ".join(dict.fromkeys(taken.called for taken in known.read.taken))
    kicker = f"Matching report · {known.on.day} {known.on:%B %Y} · {files}"
    more = "".join(f"<p>{escape(sentence)}</p>\n" for sentence in sentences[1:])
    seal = f'<p class="seal">{escape(verdict.proven)}</p>\n' if verdict.proven else ""
    return f'<header>\n<p class="kicker">{escape(kicker)}</p>\n<h1>{escape(sentences[0])}</h1>\n{more}{seal}</header>\n'


def _figures(problem: Problem, plan: Plan, verdict: Verdict) -> str:
    if not plan.pairs:
        return ""
    mean = plan.total / len(plan.pairs) / 100
    figures = [
        (f"{plan.served:,}", f"of {int((problem.mentees.capacity > 0).sum()):,} mentees have a mentor"),
        (f"{mean:.0f} %", "average score of a pair"),
        (f"{(plan.worst or 0) / 100:.0f} %", "score of the lowest pair"),
        (f"{verdict.fairness.with_their_best:,}", "mentees have the mentor who fits them best of all"),
    ]
    items = "".join(f"<div><dt>{escape(words)}</dt><dd>{number}</dd></div>\n" for number, words in figures)
    return f'<dl class="figures">\n{items}</dl>\n'


def _recruits(problem: Problem, within: str) -> str:
    """Who would help most, for problems small enough to ask at once."""
    if len(problem.mentors) * len(problem.mentees) > CELLS:
        return ""
    found = recruits.brief(problem, 5)
    if not found:
        return ""
    items = "".join(f"<li>{escape(recruit.words)}: {plans.gain(recruit)}</li>\n" for recruit in found)
    text = "Each of these would come on top of those before, and was solved again before it is said here."
    title = "Which further mentors would help most"
    return f'<section id="recruits">\n<h2>{title}</h2>\n<p>{text} {within}</p>\n<ol>\n{items}</ol>\n</section>\n'


def _others(plan: Plan, others: Sequence[Alternative]) -> str:
    """The complete plans beside each other; the one of this report is marked."""
    if len(others) < 2:
        return ""
    rows = "".join(_other(one, plan, others[0]) for one in others)
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("Plan", "Served", "Average", "Lowest", "Most for one mentor")
    )
    text = "What one of them gains, another pays; the choice is yours. The words in small type let <code>ithaca match</code> write it."
    return (
        f'<section id="others">\n<h2>Other complete plans</h2>\n<p>{text}</p>\n'
        f'<table class="columns">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</section>\n'
    )


def _other(one: Alternative, plan: Plan, best: Alternative) -> str:
    here = ' <span class="fixed">this report</span>' if one.plan.pairs == plan.pairs else ""
    cost = f"<br>Against the highest total: {escape(one.cost(best))}." if one is not best else ""
    take = next(name for name, key in plans.TAKEN.items() if key == one.key)
    mean = one.plan.total / max(1, len(one.plan.pairs)) / 100
    figures = (
        f"{one.plan.served:,}",
        f"{mean:.0f} %",
        f"{(one.plan.worst or 0) / 100:.0f} %",
        str(plans.most_of_one(one.plan)),
    )
    cells = "".join(f'<td class="number">{figure}</td>' for figure in figures)
    words = f'<span class="soft">{escape(one.words)}{cost}</span>'
    return (
        f'<tr><th scope="row"><b>{escape(one.label)}</b> <code>--take {take}</code>{here}<br>{words}</th>{cells}</tr>\n'
    )


def _fairness(verdict: Verdict) -> str:
    fairness = verdict.fairness
    if fairness.median is None or fairness.tenth is None:
        return ""
    load = "; ".join(f"{mentors:,} with {mentees}" for mentees, mentors in fairness.load)
    rows = [
        ("One pair in ten scores this or less", f"{fairness.tenth / 100:.0f} %"),
        ("Half of the pairs score this or less", f"{fairness.median / 100:.0f} %"),
        ("Below their own best mentor, on average", f"{(fairness.below_their_best or 0) / 100:.1f} %"),
        ("Mentees for whom somebody else’s mentor would score higher", f"{fairness.envious:,}"),
        ("Mentors by number of mentees", load),
        ("Pairs who would both rather have each other, by their stated wishes", f"{len(verdict.blocking):,}"),
    ]
    return _table("fairness", "How evenly it falls", "", rows)


def _rules(problem: Problem, best: str) -> str:
    used = scoring.at_work(problem)
    shares = dict(zip([w.key for w in used], share_out([w.weight for w in used]), strict=True))
    rows = []
    for weighted in problem.criteria:
        criterion = registry.BY_KEY[weighted.key]
        said = "; ".join(f"{option.label}: {option.told(weighted.chosen[option.key])}" for option in criterion.options)
        share = f"{shares[weighted.key] / 100:g} %" if weighted.key in shares else "not answered"
        rows.append((criterion.label, f"{share}{' · ' + said if said else ''}"))
    return _table("rules", "What counted", escape(best), rows)


def _proof(problem: Problem, plan: Plan, verdict: Verdict, within: str) -> str:
    rows = [("Points of this plan", f"{plan.total:,}")]
    text = verdict.proven
    if plan.certificate is not None and plan.certificate.kind == "best":
        exactly = "worth exactly that" if verdict.gap == 0 else "compared with that"
        # Where the solver raised the worst pair, prices bound the pairs above that alone.
        raised = plan.floor > problem.objective.floor
        pair, of = (f"pair of {plan.floor / 100:g} % or more that", "of such pairs ") if raised else ("pair", "")
        text = (
            f"Every mentee and every mentor has a price such that no {pair} the rules allow is worth more than its two prices "
            f"together; then no plan {of}can be worth more than all prices, and this plan is {exactly}. "
            f"The check was made apart from the search, in whole numbers. {within}"
        )
        distance = verdict.unproven or in_words(verdict.below or 0)
        rows.append(("Proven distance to the best possible", distance))
    rows.append(("Fingerprint of people, rules and decisions", problem.digest[:16]))
    return _table("proof", "How we know", escape(text), rows)


def _table(key: str, title: str, text: str, rows: list[tuple[str, str]]) -> str:
    body = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>\n' for name, value in rows)
    intro = f"<p>{text}</p>\n" if text else ""
    return f'<section id="{key}">\n<h2>{escape(title)}</h2>\n{intro}<table>\n{body}</table>\n</section>\n'
