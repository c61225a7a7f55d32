"""The page of criteria and rules, and what it says beforehand."""

from __future__ import annotations

from typing import Any

from django.test import Client

from ithaca.matching import actions, queries
from ithaca.matching.models import MatchingRules
from ithaca.matching.tests.worlds import url
from ithaca.people.models import Person
from ithaca.programmes.models import Cohort


def test_rules_are_saved_and_shown(cohort: Cohort, browser: Client) -> None:
    address = url("rules", cohort=cohort.code)
    form = browser.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    answer = browser.post(address, data | {"weight-expertise": "60", "option-keep_apart-employer": "on"}, follow=True)
    assert "version 1 of these rules" in answer.content.decode()
    saved = MatchingRules.objects.get()
    assert saved.weights["expertise"] == 60
    assert saved.options["keep_apart"]["employer"] is True
    assert saved.options["hours"]["at_least"] == 1


def test_wrong_rules_come_back_with_the_reason(cohort: Cohort, browser: Client) -> None:
    answer = browser.post(url("rules", cohort=cohort.code), {"weight-expertise": "-3", "objective": "total"})
    assert answer.status_code == 422
    assert "greater than or equal to 0" in answer.content.decode()
    assert not MatchingRules.objects.exists()


def filled_in(page: Any) -> dict[str, Any]:
    """What a browser would send of the form of rules as it was shown."""
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}


def test_rules_in_which_nothing_counts_are_refused_with_what_to_do(cohort: Cohort, browser: Client) -> None:
    address = url("rules", cohort=cohort.code)
    data = {name: 0 if name.startswith("weight-") else value for name, value in filled_in(browser.get(address)).items()}
    answer = browser.post(address, data)
    assert answer.status_code == 422
    assert "Give at least one criterion a weight above 0" in answer.content.decode()
    assert not MatchingRules.objects.exists()
    unset = browser.post(address, {"weight-expertise": "3"}).content.decode()
    assert "Choose what comes next" in unset
    assert "This field is required" not in unset


def test_the_defaults_are_filled_in_again_and_saved_by_hand(cohort: Cohort, browser: Client) -> None:
    address = url("rules", cohort=cohort.code)
    default = filled_in(browser.get(address))
    browser.post(address, default | {"weight-expertise": "60", "option-keep_apart-employer": "on", "floor": "20"})
    shown = browser.get(f"{address}?fill=defaults")
    assert "not saved yet" in shown.content.decode()
    assert filled_in(shown) == default
    assert MatchingRules.objects.count() == 1
    browser.post(address, filled_in(shown))
    assert filled_in(browser.get(address)) == default
    assert MatchingRules.objects.count() == 2


def test_the_effect_of_rules_is_shown_before_they_are_saved(cohort: Cohort, browser: Client) -> None:
    for person in Person.objects.filter(name__startswith="Mentor"):
        person.profile.languages = ["fr"]
        person.profile.save()
    for person in Person.objects.filter(name__startswith="Mentee"):
        person.profile.languages = ["de"]
        person.profile.save()
    address = url("rules", cohort=cohort.code)
    shown = browser.get(address).content.decode()
    assert '<strong class="num">48</strong>' in shown
    assert "8 mentees would have nobody at all" in shown
    form = browser.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    del data["option-languages-required"]
    eased = browser.get(url("effect", cohort=cohort.code), data).content.decode()
    assert "No language in common" not in eased
    assert "Mentee 001, Mentee 002, Mentee 003" in shown
    assert "6 more would have a mentor." in eased


def test_what_weights_do_is_said_before_they_are_saved(cohort: Cohort, browser: Client, monkeypatch: Any) -> None:
    shown = browser.get(url("rules", cohort=cohort.code))
    assert "Change a weight or a rule" in shown.content.decode()
    effect, data = url("effect", cohort=cohort.code), filled_in(shown)
    assert "Every mentee would have the same mentor as with the defaults." in browser.get(effect, data).content.decode()
    other = {name: 0 if name.startswith("weight-") else value for name, value in data.items()} | {"weight-interests": 1}
    said = browser.get(effect, other).context["beside"]
    before = dict(pair[::-1] for pair in queries.pairs_of(actions.match_now(cohort, by=None)))
    browser.post(url("rules", cohort=cohort.code), other)
    after = dict(pair[::-1] for pair in queries.pairs_of(actions.match_now(cohort, by=None)))
    both = before.keys() & after.keys()
    assert said.another == sum(before[mentee] != after[mentee] for mentee in both) > 0
    assert (said.gained, said.lost) == (len(after.keys() - both), len(before.keys() - both))
    monkeypatch.setattr("ithaca.matching.bridge.effects.MOST_SOLVED", 10)
    assert "takes longer than you should wait here" in browser.get(effect, data).content.decode()


def test_what_best_means_is_chosen_with_its_cost_and_previewed_in_words(cohort: Cohort, browser: Client) -> None:
    address = url("rules", cohort=cohort.code)
    form = browser.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    raised = data | {"objective": "worst_first", "cost": "2", "floor": "95"}
    shown = browser.get(url("effect", cohort=cohort.code), raised).content.decode()
    assert "no more than 2 % of the highest total" in shown
    assert "below the floor" in shown
    assert "would have somebody without it" in shown
    browser.post(address, raised | {"floor": "0"})
    assert MatchingRules.objects.get().objective == {"kind": "worst_first", "floor": 0, "cost": 2}
    run = actions.match_now(cohort, by=None)
    assert "2 % of the highest total" in browser.get(url("run", run=run.code)).content.decode()
    browser.post(address, raised | {"objective": "total", "floor": "0"})
    assert MatchingRules.objects.order_by("version").last().objective == {"kind": "total", "floor": 0}


def test_a_number_that_sets_no_limit_is_said_so(cohort: Cohort, browser: Client) -> None:
    """Also where it was typed and comes back with the form."""
    address = url("rules", cohort=cohort.code)
    page = browser.get(address)
    wrong = browser.post(address, filled_in(page) | {"weight-expertise": "-3"})
    for shown in (page, wrong):
        assert "Levels ahead, at most: no limit" in shown.content.decode()
        assert "Hours apart allowed: no limit" in shown.content.decode()
    limited = browser.post(address, filled_in(page) | {"option-seniority-at_most": "5", "weight-expertise": "-3"})
    assert "Levels ahead, at most: 5" in limited.content.decode()
