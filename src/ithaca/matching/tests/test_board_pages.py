"""The board by its buttons, and the page of a pair."""

from __future__ import annotations

import html
from typing import Any

from django.test import Client

from ithaca.matching import actions, queries
from ithaca.matching.models import Board
from ithaca.matching.rules.board import Change as Wanted
from ithaca.matching.rules.board import Kind
from ithaca.matching.tests import worlds
from ithaca.matching.tests.worlds import url
from ithaca.people.models import Person, Profile
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Enrolment, Preference


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


def test_where_the_weakest_comes_first_the_rules_are_not_blamed(
    organisation: Any, browser: Client, cora: Person
) -> None:
    """Too few places, and no rule at work: nobody is told of a lowest score that nobody has set."""
    cohort = worlds.cohort(mentors=3, mentees=6)
    Profile.objects.filter(person__enrolments__cohort=cohort).update(languages=["en"], availability=[])
    weights = queries.rules_of(cohort).weights
    actions.save_rules(cohort, weights=weights, options={}, objective={"kind": "worst_first", "floor": 0}, by=cora)
    board = actions.match_now(cohort, by=cora).board
    standing = queries.Standing(board)
    least = min(line.score for line in standing.lines)
    told = ""
    for alone in standing.unmatched_mentees:
        page = html.unescape(browser.get(url("mentee", board=board.code, person=alone)).content.decode())
        assert "rules exclude 0. All places with the other 3 mentors are taken" in page
        assert "below the lowest score allowed" not in page
        assert "One more place with Mentor" in page
        assert "No single change helps" not in page
        assert "The rules allow nobody" not in page
        assert "Look at this pair" in page
        told += page
    assert f"below {least / 100:g} %, the weakest that the best plan has to make" in told
    assert f"The weakest pair would fall from {least / 100:.0f} % to" in told


def test_of_a_plan_that_gave_up_total_for_weak_pairs_solving_again_is_not_called_better(
    organisation: Any, browser: Client, cora: Person
) -> None:
    cohort = worlds.cohort(mentors=7, mentees=4, seed=3)
    known = queries.rules_of(cohort)
    objective = {"kind": "worst_first", "floor": 0, "cost": 50}
    actions.save_rules(cohort, weights=known.weights, options=known.options, objective=objective, by=cora)
    run = actions.match_now(cohort, by=cora)
    for mentor, _ in queries.Standing(run.board).free_mentors:
        page = html.unescape(browser.get(url("mentor", board=run.board.code, person=mentor)).content.decode())
        assert "The best plan is another than this board" not in page
        assert "They could be given Mentee" in page
        assert "the highest total would" in page or "the weakest pair would fall" in page


def test_of_who_has_somebody_it_is_said_whom_and_what_is_free(organisation: Any, browser: Client, cora: Person) -> None:
    """The list of free places leads to mentors who have mentees: the page must not say that they have none."""
    board = actions.match_now(worlds.cohort(mentors=2, mentees=3, capacity=2), by=cora).board
    standing = queries.Standing(board)
    ((mentor, _),) = standing.free_mentors
    line = next(line for line in standing.lines if line.mentor == mentor)
    name = queries.card_of(standing, line.mentee).name
    page = browser.get(url("mentor", board=board.code, person=mentor)).content.decode()
    assert f"Has 1 of 2 places taken: by {name}." in page
    assert url("pair", board=board.code, mentor=mentor, mentee=line.mentee) in page
    assert "One place is free" in page
    assert "Has no mentee" not in page
    assert "The plan with the highest total gives them" not in page
    page = browser.get(url("mentee", board=board.code, person=line.mentee)).content.decode()
    name = queries.card_of(standing, mentor).name
    assert f"Has 1 of 1 places taken: by {name}." in page
    assert "Every place is taken." in page
    assert "Has no mentor" not in page
    assert f"Other mentors for {queries.card_of(standing, line.mentee).name}" in page
    actions.change(board, wanted=Wanted(Kind.UNMATCH, *line.pair), by=cora)
    page = browser.get(url("mentor", board=board.code, person=mentor)).content.decode()
    assert "Has no mentee on this board." in page


def test_it_is_said_which_pair_goes_against_a_rule(board: Board, browser: Client, cora: Person) -> None:
    mentee = Person.objects.get(code=queries.Standing(board).unmatched_mentees[0])
    mentee.profile.languages = ["ja"]
    mentee.profile.save()
    board = actions.match_now(board.cohort, by=cora).board
    line = queries.Standing(board).lines[0]
    data = {"kind": "assign", "mentor": line.mentor, "mentee": mentee.code, "other_mentee": line.mentee}
    said = browser.post(url("change", board=board.code), data, follow=True).content.decode()
    mentor = Person.objects.get(code=line.mentor)
    assert f"{mentor.name} and {mentee.name} (no language in common). It stays, because you decided it." in said


def test_a_swap_leads_to_the_first_of_its_new_pairs(board: Board, browser: Client) -> None:
    """The row it was begun from is gone, so the keyboard would go on at whichever pair stands in its place."""
    line, other = queries.Standing(board).lines[:2]
    here = url("board", board=board.code)
    data = {
        "kind": "swap",
        "mentor": line.mentor,
        "mentee": line.mentee,
        "next": f"{here}#p-{other.mentor}-{other.mentee}",
    }
    data |= {"other_mentor": other.mentor, "other_mentee": other.mentee}
    assert browser.post(url("change", board=board.code), data).url == f"{here}#p-{line.mentor}-{other.mentee}"
    locking = {"kind": "lock", "mentor": line.mentor, "mentee": other.mentee, "next": f"{here}#p-there"}
    assert browser.post(url("change", board=board.code), locking).url == f"{here}#p-there"


def test_nobody_is_proposed_who_is_kept_apart_or_cannot_be_taken(board: Board, browser: Client, cora: Person) -> None:
    """Neither on the page of a pair nor on that of a mentee: publishing would refuse them, or the coordinator has decided."""
    line = queries.Standing(board).lines[0]
    addresses = [
        url("pair", board=board.code, mentor=line.mentor, mentee=line.mentee),
        url("mentee", board=board.code, person=line.mentee),
    ]

    def proposed() -> list[list[str]]:
        return [[other.card.code for other in browser.get(at).context["other_mentors"]] for at in addresses]

    first, others = proposed()
    assert first == others
    by_hand, recorded, left, *rest = first
    actions.change(board, wanted=Wanted(Kind.FORBID, by_hand, line.mentee), by=cora)
    enrolments = {
        row.person.code: row for row in Enrolment.objects.filter(cohort=board.cohort).select_related("person")
    }
    Preference.objects.create(enrolment=enrolments[recorded], other=enrolments[line.mentee], rank=None)
    programmes.pause(enrolments[left], by=cora)
    assert proposed() == [rest, rest]
