"""Pages of matching: owner, coordinator, coordinator of another programme, participant, another organisation, signed out."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ithaca.kernel import tenancy
from ithaca.matching import actions, queries
from ithaca.matching.models import Board, Run
from ithaca.matching.rules.board import Change as Wanted
from ithaca.matching.rules.board import Kind
from ithaca.matching.tests import worlds
from ithaca.matching.tests.worlds import url
from ithaca.mentorships.models import Mentorship
from ithaca.people.models import Person
from ithaca.people.rules import Role
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Cohort
from ithaca.programmes.tests import worlds as frame


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
    addresses = pages(board)
    del addresses["rules"]  # criteria say there for what they give all or nothing
    for name, address in addresses.items():
        assert " points" not in browser.get(address).content.decode().split("<main")[-1], name
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
    assert "Matching 2 was published on" in page
    assert "It cannot be published as it stands" not in page
    assert "Publish and send" not in page
    assert not any(problem in page for problem in shown.context["problems"])
    assert "12 people have another number of free places." in page
    assert "changed their answers" not in page


def test_a_solution_beside_the_board_names_who_has_nobody_in_it(
    board: Board, browser: Client, cora: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The board's list is about the board's pairs: of another solution it would name others, or nobody."""
    again = actions.solve_again(board, by=cora)
    here, link = url("run", run=again.code), f"{url('board', board=board.code)}?show=mentees"
    names = sorted(
        Person.objects.filter(code__in=queries.plan_of(again)["unmatched_mentees"]).values_list("name", flat=True)
    )
    page = browser.get(here).content.decode()
    assert len(names) == 2
    assert f"{', '.join(names)}." in " ".join(page.split())
    assert link not in page
    assert link in browser.get(url("run", run=board.runs.first().code)).content.decode()
    monkeypatch.setattr(queries.runs, "NAMED", 1)
    assert f"{names[0]} and one more." in " ".join(browser.get(here).content.decode().split())
    actions.take(board, run=again, by=cora)
    assert link in browser.get(here).content.decode()
    assert link not in browser.get(url("run", run=board.runs.first().code)).content.decode()
