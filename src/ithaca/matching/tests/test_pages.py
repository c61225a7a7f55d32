"""Pages of matching: owner, coordinator, coordinator of another programme, participant, another organisation, signed out."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ithaca.kernel import tenancy
from ithaca.matching import actions, queries
from ithaca.matching.models import Board, MatchingRules, Run
from ithaca.matching.rules.board import Change as Wanted
from ithaca.matching.rules.board import Kind
from ithaca.matching.tests import worlds
from ithaca.mentorships.models import Mentorship
from ithaca.people.models import Person
from ithaca.people.rules import Role
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Cohort
from ithaca.programmes.tests import worlds as frame


def url(name: str, **kwargs: str) -> str:
    return reverse(f"matching:{name}", kwargs={"organisation": "harbour", **kwargs})


def pages(board: Board) -> dict[str, str]:
    """Every page of a board that has a result."""
    standing = queries.Standing(board)
    line = standing.lines[0]
    pair = {"board": board.code, "mentor": line.mentor, "mentee": line.mentee}
    return {
        "overview": url("overview", cohort=board.cohort.code),
        "rules": url("rules", cohort=board.cohort.code),
        "effect": url("effect", cohort=board.cohort.code),
        "compare": url("compare", cohort=board.cohort.code),
        "run": url("run", run=board.runs.first().code),
        "board": url("board", board=board.code),
        "pair": url("pair", **pair),
        "mentee": url("mentee", board=board.code, person=standing.unmatched_mentees[0]),
        "mentor": url("mentor", board=board.code, person=line.mentor),
        "publish": url("publish", board=board.code),
        "letter": url("letter", **pair, reader=line.mentee),
    }


def deeds(board: Board) -> dict[str, str]:
    """Every address that changes something."""
    run = board.runs.first().code
    return {
        "start": url("start", cohort=board.cohort.code),
        "stop": url("stop", run=run),
        "change": url("change", board=board.code),
        "undo": url("undo", board=board.code),
        "redo": url("redo", board=board.code),
        "solve_again": url("solve_again", board=board.code),
        "take": url("take", board=board.code, run=run),
    }


@pytest.fixture
def browser(cora: Person) -> Client:
    return signed_in(cora)


def test_a_coordinator_and_an_owner_see_every_page(board: Board, browser: Client) -> None:
    owner = signed_in(frame.person("Olga Owner", role=Role.OWNER))
    for name, address in pages(board).items():
        assert browser.get(address).status_code == 200, name
        assert owner.get(address).status_code == 200, name


def test_a_coordinator_of_this_programme_alone_sees_it_and_of_another_does_not(board: Board) -> None:
    mine, other = frame.person("Mia Mine"), frame.person("Otto Other")
    programmes.grant_role(board.cohort.programme, person=mine, role=Role.COORDINATOR, by=None)
    programmes.grant_role(frame.programme("Another one"), person=other, role=Role.COORDINATOR, by=None)
    inside, outside = signed_in(mine), signed_in(other)
    for name, address in pages(board).items():
        assert inside.get(address).status_code == 200, name
        assert outside.get(address).status_code == 404, name
    for name, address in deeds(board).items():
        assert outside.post(address).status_code == 404, name


def test_participants_and_other_organisations_find_nothing(board: Board, run: Run) -> None:
    participant = signed_in(Person.objects.get(code=queries.Standing(board).lines[0].mentee), second_factor=False)
    with tenancy.scope(worlds.organisation("elsewhere")):
        stranger = signed_in(frame.person("Else Where", role=Role.OWNER))
    for visitor in (participant, stranger):
        for name, address in pages(board).items():
            assert visitor.get(address).status_code == 404, name
        for name, address in deeds(board).items():
            assert visitor.post(address).status_code == 404, name


def test_who_is_signed_out_is_asked_to_sign_in(board: Board) -> None:
    for name, address in pages(board).items():
        assert Client().get(address).status_code == 302, name


def test_nothing_changes_on_get(board: Board, browser: Client) -> None:
    for name, address in deeds(board).items():
        assert browser.get(address).status_code == 405, name


def test_the_board_costs_the_same_for_four_and_five_hundred_pairs(organisation: Any, cora: Person) -> None:
    browser = signed_in(cora)
    counts = []
    for size in (1, 30, 500):
        cohort = worlds.cohort(mentors=size, mentees=size + 1, name=f"Round of {size}")
        board = actions.match_now(cohort, by=cora).board
        browser.get(url("board", board=board.code))
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(url("board", board=board.code))
        assert page.context["page"].paginator.count == size
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_lists_cost_the_same_for_one_and_thirty_rows(cohort: Cohort, board: Board, cora: Person) -> None:
    browser = signed_in(cora)

    def cost(address: str) -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        return len(asked)

    overview, history = url("overview", cohort=cohort.code), url("board", board=board.code) + "?show=history"
    pair = queries.Standing(board).lines[0].pair
    actions.change(board, wanted=Wanted(Kind.LOCK, *pair), by=cora)
    few = cost(overview), cost(history)
    for number in range(30):
        actions.match_now(cohort, by=cora)
        kind = Kind.UNLOCK if number % 2 == 0 else Kind.LOCK
        actions.change(board, wanted=Wanted(kind, *pair), by=cora)
    assert (cost(overview), cost(history)) == few


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
    assert "too large to be solved while you wait" in browser.get(effect, data).content.decode()


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


def test_the_board_is_worked_by_its_buttons(board: Board, browser: Client) -> None:
    lines = queries.Standing(board).lines
    change = url("change", board=board.code)
    mentor, mentee = lines[0].pair
    answer = browser.post(change, {"kind": "lock", "mentor": mentor, "mentee": mentee}, follow=True)
    assert "locked" in answer.content.decode()
    assert queries.Standing(board).state.locked == {lines[0].pair}
    swap = {"kind": "swap", "mentor": mentor, "mentee": mentee}
    other = {"other_mentor": lines[1].mentor, "other_mentee": lines[1].mentee}
    browser.post(change, swap | other)
    assert (mentor, lines[1].mentee) in queries.Standing(board).state.pairs
    browser.post(url("undo", board=board.code))
    assert queries.Standing(board).state.pairs == {line.pair for line in lines}
    refused = browser.post(
        change, {"kind": "unlock", "mentor": lines[1].mentor, "mentee": lines[1].mentee}, follow=True
    )
    assert "not locked" in refused.content.decode()
    nonsense = browser.post(change, {"kind": "explode"}, follow=True)
    assert "did not say what to do" in nonsense.content.decode()


def test_taking_back_leads_to_the_pair_and_offers_to_redo(board: Board, browser: Client) -> None:
    line, other = queries.Standing(board).lines[:2]
    here = url("board", board=board.code)
    data = {"kind": "swap", "mentor": line.mentor, "mentee": line.mentee, "next": here}
    browser.post(url("change", board=board.code), data | {"other_mentor": other.mentor, "other_mentee": other.mentee})
    back = browser.post(url("undo", board=board.code), {"next": f"{here}?order=best#top"})
    assert back.url == f"{here}?order=best#p-{line.mentor}-{line.mentee}"
    page = browser.get(here).content.decode()
    assert f'<form method="post" action="{url("redo", board=board.code)}">' in page.split('id="toasts"')[1]
    assert browser.post(url("redo", board=board.code)).url == f"{here}#p-{line.mentor}-{other.mentee}"
    about = url("pair", board=board.code, mentor=line.mentor, mentee=line.mentee)
    assert browser.post(url("undo", board=board.code), {"next": about}).url == about


def test_a_swap_shows_what_both_pairs_would_become_and_offers_none_that_would_be_refused(
    organisation: Any, browser: Client, cora: Person
) -> None:
    board = actions.match_now(worlds.cohort(mentors=3, mentees=5, capacity=2), by=cora).board
    standing = queries.Standing(board)
    chosen = next(line for line in standing.lines if sum(line.mentor == other.mentor for other in standing.lines) == 2)
    shown = browser.get(url("board", board=board.code), {"swap": f"{chosen.mentor}:{chosen.mentee}"})
    rows = {row.line.pair: row.swap for row in shown.context["page"]}
    assert rows.pop(chosen.pair) is None
    refused = {pair for pair, swap in rows.items() if swap.refusal}
    assert refused == {pair for pair in rows if pair[0] == chosen.mentor}
    assert shown.content.decode().count('value="swap"') == len(rows) - len(refused)
    pair, swap = next((pair, swap) for pair, swap in rows.items() if not swap.refusal)
    wanted = Wanted(Kind.SWAP, *chosen.pair, *pair)
    made = actions.change(board, wanted=wanted, by=cora)
    assert [(one.mentor.code, one.mentee.code) for one in swap.made] == list(wanted.made)
    assert [one.percent for one in swap.made] == [round(judged["score"] / 100) for judged in made.judged]


def test_unpairing_a_locked_pair_says_that_it_was_locked(board: Board, browser: Client, cora: Person) -> None:
    line = queries.Standing(board).lines[0]
    here, pair = url("board", board=board.code), {"mentor": line.mentor, "mentee": line.mentee}
    assert "although locked" not in browser.get(here).content.decode()
    actions.change(board, wanted=Wanted(Kind.LOCK, *line.pair), by=cora)
    page = browser.get(here).content.decode()
    assert page.count("Unpair, although locked") == 1
    assert page.count('data-key="m u f"') == 1
    answer = browser.post(url("change", board=board.code), pair | {"kind": "unmatch"}, follow=True)
    assert "unpaired. They were locked." in answer.content.decode()


def test_no_way_leads_out_of_the_house(board: Board, browser: Client) -> None:
    mentor, mentee = queries.Standing(board).lines[0].pair
    data = {"kind": "lock", "mentor": mentor, "mentee": mentee, "next": "https://elsewhere.example/"}
    answer = browser.post(url("change", board=board.code), data)
    assert answer.headers["Location"] == url("board", board=board.code)


def test_the_page_that_waits_for_a_run_goes_on_to_its_result(run: Run, browser: Client) -> None:
    address = url("run", run=run.code)
    assert browser.get(address, headers={"HX-Request": "true"})["HX-Redirect"] == address


def test_a_new_solution_is_shown_beside_the_board_and_taken(board: Board, browser: Client) -> None:
    mentor, mentee = queries.Standing(board).lines[0].pair
    browser.post(url("change", board=board.code), {"kind": "forbid", "mentor": mentor, "mentee": mentee})
    answer = browser.post(url("solve_again", board=board.code), follow=True)
    assert "What this solution would change on the board" in answer.content.decode()
    run = board.runs.last()
    taken = browser.post(url("take", board=board.code, run=run.code), follow=True)
    assert "now shows the new solution" in taken.content.decode()
    assert queries.Standing(board).state.pairs == queries.pairs_of(run)


def test_only_the_solution_that_was_published_is_called_so(board: Board, browser: Client, cora: Person) -> None:
    second, _ = actions.solve_again(board, by=cora), actions.solve_again(board, by=cora)
    overview = url("overview", cohort=board.cohort.code)

    def states() -> list[tuple[bool, bool]]:
        rows = browser.get(overview).context["rows"]
        return [(row.published, row.passed_over) for row in sorted(rows, key=lambda row: row.run.pk)]

    assert states() == [(False, False)] * 3
    actions.take(board, run=second, by=cora)
    other = actions.match_now(board.cohort, by=cora)
    actions.publish(board, by=cora)
    assert states() == [(False, True), (True, True), (False, True), (False, True)]
    assert browser.get(overview).content.decode().count("Not taken") == 3
    assert other.board.number == 2


def test_a_comparison_says_where_the_rules_differ_and_how_many_there_are(cohort: Cohort, browser: Client) -> None:
    compare = url("compare", cohort=cohort.code)
    assert "There is none so far" in browser.get(compare).content.decode()
    actions.match_now(cohort, by=None)
    assert "There is only one so far" in browser.get(compare).content.decode()
    actions.match_now(cohort, by=None)
    assert "different rules" not in browser.get(compare).content.decode()
    actions.save_rules(cohort, weights={"interests": 1}, options={}, objective={"kind": "total", "floor": 0}, by=None)
    actions.match_now(cohort, by=None)
    assert "Found with different rules: version 1 and version 2" in browser.get(compare).content.decode()


def test_what_places_promise_is_a_least_number(organisation: Any, browser: Client) -> None:
    page = browser.get(url("overview", cohort=worlds.cohort(mentors=1, mentees=3).code)).content.decode()
    assert "3 mentees, 1 place<" in page
    assert "At least 2 mentees will stay without a mentor." in page


def test_pages_know_one_unit_only(board: Board, browser: Client) -> None:
    for name, address in pages(board).items():
        page = browser.get(address).content.decode().split("<main")[-1]
        assert " points" not in page.replace("for full points", ""), name
    record = browser.get(url("run", run=board.runs.first().code)).content.decode()
    assert (
        f"{board.runs.first().result.total / 100:.2f}".rstrip("0").rstrip(".") + " % of a perfect pair, 0 %" in record
    )


def test_lived_experience_is_counted_and_not_told(organisation: Any, cora: Person, browser: Client) -> None:
    cohort = worlds.cohort(mentors=1, mentees=1)
    mentor, mentee = worlds.named(cohort, "Mentor 001"), worlds.named(cohort, "Mentee 001")
    mentor.profile.lived_experience = mentee.profile.lived_experience_wanted = ["Long illness"]
    mentor.profile.save()
    mentee.profile.save()
    board = actions.match_now(cohort, by=cora).board
    page = browser.get(url("pair", board=board.code, mentor=mentor.code, mentee=mentee.code)).content.decode()
    assert "is for matching only: it counts" in page
    assert "Long illness" not in page
    letters = browser.get(url("publish", board=board.code)).content.decode()
    assert "Long illness" not in letters


def test_publishing_shows_every_letter_then_sends_them(board: Board, browser: Client) -> None:
    address = url("publish", board=board.code)
    page = browser.get(address).content.decode()
    assert "6 pairs, 12 letters" in page
    letter = browser.get(pages(board)["letter"])
    assert "Meet" in letter.content.decode()
    assert letter.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "script-src 'none'" in letter.headers["Content-Security-Policy"]
    answer = browser.post(address, follow=True)
    assert "Published: 6 pairs" in answer.content.decode()
    assert Mentorship.objects.count() == 6
    again = browser.post(address, follow=True).content.decode()
    assert "is published" in again
    assert Mentorship.objects.count() == 6


def test_what_stands_in_the_way_is_said_by_name(board: Board, browser: Client) -> None:
    from ithaca.programmes.models import Enrolment, Withdrawal

    line = queries.Standing(board).lines[0]
    Withdrawal.objects.create(enrolment=Enrolment.objects.get(person__code=line.mentor))
    answer = browser.post(url("publish", board=board.code))
    assert answer.status_code == 409
    name = Person.objects.get(code=line.mentor).name
    assert f"{name} is not available any more." in answer.content.decode()
    assert not Mentorship.objects.exists()


def test_a_board_that_another_matching_overtook_offers_no_button(board: Board, browser: Client, cora: Person) -> None:
    assert "Publish and send 12 letters" in browser.get(url("publish", board=board.code)).content.decode()
    actions.publish(actions.match_now(board.cohort, by=cora).board, by=cora)
    shown = browser.get(url("publish", board=board.code))
    page = shown.content.decode()
    assert "It cannot be published as it stands" in page
    assert "Publish and send" not in page
    assert len(shown.context["problems"]) == 5
    assert f"And {shown.context['more_problems']} more." in page
    assert "12 people have another number of free places." in page
    assert "changed their answers" not in page


def test_whoever_is_without_can_be_paired_by_hand_also_against_a_rule(board: Board, browser: Client) -> None:
    """The page that says what would help leads to the pair, and the page of a pair that is none can make it."""
    standing = queries.Standing(board)
    line, alone = standing.lines[0], standing.unmatched_mentees[0]
    about = url("pair", board=board.code, mentor=line.mentor, mentee=alone)
    helps = queries.alone_of(standing, alone, "mentee")["why"].changes
    page = browser.get(url("mentee", board=board.code, person=alone)).content.decode()
    assert helps
    assert all(f"{url('pair', board=board.code, mentor=other, mentee=alone)}" in page for _, other in helps)
    beside = browser.get(about).context["beside"]
    assert beside.code == line.mentee
    data = {"kind": "assign", "mentor": line.mentor, "mentee": alone, "other_mentee": beside.code, "next": about}
    answer = browser.post(url("change", board=board.code), data, follow=True)
    assert "Paired by hand." in answer.content.decode()
    assert (line.mentor, alone) in queries.Standing(board).state.pairs
    assert line.pair not in queries.Standing(board).state.pairs
    assert 'value="assign"' not in answer.content.decode().split("<main")[1].split("How it compares")[0]
