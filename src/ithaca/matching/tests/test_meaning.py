"""Goals compared by what they mean: chosen on the criteria page, kept with the run, and explained where it is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from ithaca.matching import actions, queries
from ithaca.matching.models import MatchingRules, Stop
from ithaca.matching.rules.board import Refused
from ithaca.matching.tests.test_pages import url
from ithaca.pairing.criteria import meaning
from ithaca.people.models import Person
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes.models import Cohort

INSTALLED = pytest.mark.skipif(bool(meaning.missing()), reason="needs pip install 'ithaca[meaning]'")
GOALS = {
    "Mentor 001": "I have been giving talks for twenty years.",
    "Mentee 001": "I want to get better at public speaking.",
}


@pytest.fixture
def browser(cora: Person) -> Client:
    return signed_in(cora)


@pytest.fixture
def told(cohort: Cohort) -> Cohort:
    for label, goals in GOALS.items():
        person = Person.objects.get(name=label)
        person.profile.goals = goals
        person.profile.save()
    return cohort


def by_meaning(cohort: Cohort, by: Person) -> MatchingRules:
    known = queries.rules_of(cohort)
    options = known.options | {"goals": {"alike": 50, "by": "meaning"}}
    return actions.save_rules(cohort, weights=known.weights, options=options, objective=known.objective, by=by)


@pytest.fixture
def take_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """To be called once the extra is to be missing."""

    def gone() -> None:
        monkeypatch.setattr(meaning, "PACKAGE", "wordllama_that_is_not_here")
        meaning.missing.cache_clear()

    yield gone
    meaning.missing.cache_clear()


@INSTALLED
def test_it_is_chosen_shown_and_kept_with_every_run(told: Cohort, cora: Person, browser: Client) -> None:
    address = url("rules", cohort=told.code)
    form = browser.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert data["option-goals-by"] == "words"
    shown = browser.post(address, data | {"option-goals-by": "meaning"}, follow=True).content.decode()
    assert "Texts are compared by: what they mean (English)" in shown
    assert MatchingRules.objects.get().options["goals"] == {"alike": 50, "by": "meaning"}
    run = actions.match_now(told, by=cora)
    assert "were compared by what they mean" in browser.get(url("run", run=run.code)).content.decode()
    again = actions.solve_again(run.board, by=cora)
    assert again.rules == run.rules
    pair = (Person.objects.get(name="Mentor 001").code, Person.objects.get(name="Mentee 001").code)
    page = browser.get(url("pair", board=run.board.code, mentor=pair[0], mentee=pair[1])).content.decode()
    assert "The mentor’s “I have been giving talks for twenty years” is close to the mentee’s" in page


def test_rules_saved_before_there_was_a_choice_stand_at_words(cohort: Cohort, cora: Person, browser: Client) -> None:
    known = queries.rules_of(cohort)
    old = known.options | {"goals": {"alike": 50}}
    MatchingRules.objects.create(
        cohort=cohort, version=1, weights=known.weights, options=old, objective=known.objective
    )
    form = browser.get(url("rules", cohort=cohort.code)).context["form"]
    goals = next(section for section in form.sections() if section.criterion.key == "goals")
    assert (goals.changed, goals.summary.startswith("Texts are compared by: the words they share")) == (False, True)
    run = actions.match_now(cohort, by=cora)
    assert "were compared by" not in browser.get(url("run", run=run.code)).content.decode()


def test_without_the_extra_the_page_says_how_to_get_it(cohort: Cohort, browser: Client, take_away: Any) -> None:
    take_away()
    page = browser.get(url("rules", cohort=cohort.code))
    assert [value for value, _ in page.context["form"].fields["option-goals-by"].choices] == ["words"]
    assert "“pip install 'ithaca[meaning]'”" in page.content.decode().replace("&#x27;", "'")


@INSTALLED
def test_where_the_extra_went_away_everything_says_so(
    told: Cohort, cora: Person, browser: Client, take_away: Any
) -> None:
    by_meaning(told, cora)
    run = actions.match_now(told, by=cora)
    line = queries.Standing(run.board).lines[0]
    take_away()
    page = browser.get(url("rules", cohort=told.code))
    assert page.status_code == 200
    assert page.context["form"]["option-goals-by"].value() == "meaning"
    assert "These rules cannot be followed on this machine" in page.content.decode()
    filled = {name: field.value() for name in page.context["form"].fields if (field := page.context["form"][name])}
    data = {name: value for name, value in filled.items() if value not in (None, False)} | {"option-goals-by": "words"}
    effect = browser.get(url("effect", cohort=told.code), data).content.decode()
    assert "than with the saved rules cannot be worked out" in effect
    assert "is not installed here" in effect
    assert "takes longer" not in effect
    pair = browser.get(url("pair", board=run.board.code, mentor=line.mentor, mentee=line.mentee)).content.decode()
    assert "The reasons cannot be worked out here" in pair
    assert browser.get(url("run", run=run.code)).status_code == 200
    assert browser.get(url("board", board=run.board.code)).status_code == 200
    stopped = actions.match_now(told, by=cora)
    assert "is not installed here" in Stop.objects.get(run=stopped).why
    with pytest.raises(Refused, match="is not installed here"):
        actions.save_rules(
            told,
            weights={"goals": 5},
            options=queries.rules_of(told).options,
            objective={"kind": "total", "floor": 0},
            by=cora,
        )
