"""Criteria and rules of a cohort, and what they would do, while they are being set."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ithaca.kernel.doors import open_to
from ithaca.matching import actions, forms, permissions, queries
from ithaca.matching.bridge import kinds
from ithaca.matching.manage import runs
from ithaca.matching.models import MatchingRules
from ithaca.matching.rules.board import Refused
from ithaca.programmes.doors import COORDINATOR
from ithaca.programmes.models import Cohort


@require_http_methods(["GET", "POST"])
@open_to(COORDINATOR)
def edit(request: Any, cohort: str) -> HttpResponse:
    """Set weights, rules and what 'best' means; saving keeps a new version. `?fill=defaults` has them in the form, unsaved."""
    found = permissions.cohort(request.person, cohort)
    rules = queries.rules_of(found)
    filled = request.method == "GET" and request.GET.get("fill") == "defaults"
    form = forms.RulesForm(request.POST or None, rules=queries.default_rules_of(found) if filled else rules)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_rules(found, **form.content, by=request.person)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Saved. The next matching uses version {saved.version} of these rules.")
            return redirect(runs.address(request, "rules", cohort=found.code))
    context = {"cohort": found, "rules": rules, "form": form, "filled": filled, **_effect(found, form, rules)}
    return render(request, "matching/rules.html", context, status=422 if form.errors else 200)


@require_GET
@open_to(COORDINATOR)
def effect(request: Any, cohort: str) -> HttpResponse:
    """What the rules in the form would do to the cohort of today; nothing is saved."""
    found = permissions.cohort(request.person, cohort)
    rules = queries.rules_of(found)
    form = forms.RulesForm(request.GET or None, rules=rules)
    return render(request, "matching/effect.html", {"cohort": found, **_effect(found, form, rules)})


def _effect(cohort: Cohort, form: forms.RulesForm, saved: MatchingRules) -> dict[str, Any]:
    """The effect of what stands in the form; where that is not what is saved, also beside it."""
    if form.is_bound and not form.is_valid():
        return {"effect": None, "wrong": True}
    content = form.content if form.is_bound else form.kept
    if missing := kinds.missing(content["options"]):
        return {"effect": None, "missing": missing}
    compares = form.is_bound or content != {name: getattr(saved, name) for name in content}
    found = queries.effect_of(cohort, content, saved if compares else None)
    return {
        "effect": found and found.effect,
        "beside": found and found.beside,
        "compares": compares,
        "saved": saved,
        "not_beside": kinds.missing(saved.options) if compares else "",
        "best": kinds.objective_words(content["objective"], queries.take_several(cohort)),
    }
