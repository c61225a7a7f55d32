from __future__ import annotations

from collections import Counter

import pytest
from django.urls import reverse

from ithaca.jobs import progress
from ithaca.matching import actions as matching
from ithaca.matching import queries as matchings
from ithaca.matching.models import Board
from ithaca.matching.rules.board import Change as Wanted
from ithaca.matching.rules.board import Kind, Refused
from ithaca.matching.tests import worlds
from ithaca.people.models import Person
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes.models import Enrolment, Withdrawal
from ithaca.programmes.tests import worlds as frame
from ithaca.studies import actions, bridge
from ithaca.studies.actions import working
from ithaca.studies.models import Study


def test_other_plans_are_worked_out_once_and_taken_by_hand(organisation, cora: Person) -> None:
    board = matching.match_now(worlds.cohort(mentors=8, mentees=8, seed=5, capacity=2), by=cora).board
    browser = signed_in(cora)
    address = reverse("studies:study", args=["harbour", board.code, "alternatives"])
    assert "Work out other plans" in browser.get(address).content.decode()
    browser.post(address)
    browser.post(address)
    assert Study.objects.count() == 1
    page = browser.get(address)
    plans = page.context["plans"]
    assert plans[0]["key"] == "total"
    assert plans[0]["on_board"]
    assert len(plans) > 1
    other = plans[-1]
    taken = browser.post(
        reverse("studies:take", args=["harbour", board.code, "alternatives", other["key"]]), follow=True
    )
    assert "What this solution would change on the board" in taken.content.decode()
    assert f"No better plan exists for its aim: {other['label']}" in taken.content.decode()
    first = browser.get(reverse("matching:run", args=["harbour", board.runs.first().code])).content.decode()
    assert "No better plan exists<" in first
    run = board.runs.last()
    assert run.result.served == other["served"]
    matching.take(board, run=run, by=cora)
    standing = matchings.Standing(board)
    assert standing.state.pairs == matchings.pairs_of(run)
    assert all(places == 2 for places in standing.places.mentors.values())


def test_the_brief_names_nobody_and_tells_nothing_that_is_kept(board: Board, cora: Person) -> None:
    for person in Person.objects.filter(name__startswith="Mentee"):
        person.profile.lived_experience_wanted = ["Long illness"]
        person.profile.save()
    run = matching.match_now(board.cohort, by=cora)
    browser = signed_in(cora)
    address = reverse("studies:study", args=["harbour", run.board.code, "recruits"])
    browser.post(address)
    page = browser.get(address)
    assert page.context["study"]["mentors"][0]["served"] == 1
    shown = page.content.decode()
    assert "One more mentee would have a mentor." in shown
    assert "Long illness" not in shown
    assert "Mentee 0" not in shown


@pytest.mark.parametrize("kind", ["recruits", "alternatives"])
def test_what_a_study_gains_or_costs_is_told_in_per_cent(organisation, cora: Person, kind: str) -> None:
    board = matching.match_now(worlds.cohort(mentors=6, mentees=6, seed=4, capacity=2), by=cora).board
    address, browser = reverse("studies:study", args=["harbour", board.code, kind]), signed_in(cora)
    browser.post(address)
    shown = browser.get(address).content.decode()
    assert "% of a perfect pair" in shown
    assert "points" not in shown


def test_an_unknown_study_is_not_found(board: Board, cora: Person) -> None:
    assert signed_in(cora).get(reverse("studies:study", args=["harbour", board.code, "gossip"])).status_code == 404


def test_a_repair_touches_few_pairs_and_buys_more_the_more_it_may(organisation, cora: Person) -> None:
    cohort = worlds.cohort(mentors=9, mentees=9, seed=8)
    board = matching.match_now(cohort, by=cora).board
    before = matchings.Standing(board).state.pairs
    gone = sorted(before)[0]
    Withdrawal.objects.create(enrolment=Enrolment.objects.get(person__code=gone[0]))
    browser = signed_in(cora)
    address = reverse("studies:study", args=["harbour", board.code, "repairs"])
    browser.post(address)
    plans = browser.get(address).context["plans"]
    touched = [plan["touched"] for plan in plans]
    assert touched[0] == 0
    assert touched == sorted(set(touched))
    assert [plan["more"] for plan in plans] == sorted(plan["more"] for plan in plans)
    take = reverse("studies:take", args=["harbour", board.code, "repairs", "0"])
    assert "What this solution would change on the board" in browser.post(take, follow=True).content.decode()
    run = board.runs.last()
    assert before - matchings.pairs_of(run) == {gone}
    matching.take(board, run=run, by=cora)
    assert gone not in matchings.Standing(board).state.pairs
    assert matchings.gone_from(matchings.Standing(board)).names == []


def test_where_nobody_left_or_came_there_is_nothing_to_repair(board: Board, cora: Person) -> None:
    browser = signed_in(cora)
    address = reverse("studies:study", args=["harbour", board.code, "repairs"])
    browser.post(address)
    answer = browser.get(address)
    assert answer.context["plans"] == []
    page = answer.content.decode()
    assert "Nobody left or came" in page
    assert "See what would change" not in page


def test_repairs_from_before_somebody_left_are_neither_shown_nor_taken(board: Board, cora: Person) -> None:
    """The board's notice leads to this page right after somebody left: what it kept then says that nobody did."""
    browser = signed_in(cora)
    address = reverse("studies:study", args=["harbour", board.code, "repairs"])
    browser.post(address)
    gone = matchings.Standing(board).lines[0]
    Withdrawal.objects.create(enrolment=Enrolment.objects.get(person__code=gone.mentor))
    page = browser.get(address).content.decode()
    assert "People have changed since this was worked out" in page
    assert "Nobody left or came" not in page
    assert page.count("Work it out again") == 1
    with pytest.raises(Refused, match="people have changed"):
        actions.take_repair(board, run=board.runs.get(), key="0", by=cora)
    browser.post(address)
    answer = browser.get(address)
    assert not answer.context["outdated"]
    assert answer.context["plans"]
    assert "Work it out again" in answer.content.decode()


def test_who_came_and_has_no_place_changes_nothing_either(board: Board, cora: Person) -> None:
    Enrolment.objects.create(cohort=board.cohort, person=frame.person("Late Comer"), role="mentee")
    browser = signed_in(cora)
    address = reverse("studies:study", args=["harbour", board.code, "repairs"])
    browser.post(address)
    answer = browser.get(address)
    assert answer.context["plans"] == []
    assert "Every pair can stay" in answer.content.decode()


def test_what_was_not_looked_at_is_told(organisation, cora: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    board = matching.match_now(worlds.cohort(mentors=3, mentees=6, seed=4, capacity=2), by=cora).board
    loaded = Counter(mentor for mentor, _ in matchings.Standing(board).state.pairs).most_common(1)[0][0]
    Enrolment.objects.filter(person__code=loaded).update(capacity=1)
    address = reverse("studies:study", args=["harbour", board.code, "repairs"])
    browser = signed_in(cora)
    browser.post(address)
    answer = browser.get(address)
    assert (answer.context["study"]["fewest"], answer.context["plans"][0]["touched"]) == (1, 1)
    said = answer.content.decode()
    assert "Every pair can stay" not in said
    assert "were not looked at" not in said
    monkeypatch.setattr(bridge, "fewest_touched", lambda problem, former: 0)
    browser.post(address)
    assert "There are plans that take apart only 0 pairs." in browser.get(address).content.decode()


def test_a_repair_of_an_older_board_is_not_taken(board: Board, cora: Person) -> None:
    actions.ask(board, kind=Study.Kind.REPAIRS)
    matching.change(board, wanted=Wanted(Kind.LOCK, *matchings.Standing(board).lines[0].pair), by=cora)
    with pytest.raises(Refused, match="changed after"):
        actions.take_repair(board, run=board.runs.get(), key="0", by=cora)


def test_a_large_study_is_answered_in_the_background_and_can_be_stopped(
    board: Board, cora: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "AT_ONCE", 0)
    run = board.runs.get()
    browser = signed_in(cora)
    address = reverse("studies:study", args=["harbour", board.code, "alternatives"])
    key = actions.progress_key(run, Study.Kind.ALTERNATIVES)
    progress.start(key, total=100, words="Waiting for a free worker")
    page = browser.get(address).content.decode()
    assert "Waiting for a free worker" in page
    assert "every 1s" in page
    browser.post(reverse("studies:stop", args=["harbour", board.code, "alternatives"]))
    actions.answer.call(run.organisation_id, run.code, "alternatives")
    assert not Study.objects.exists()
    assert "Stopped as asked." in browser.get(address).content.decode()
    browser.post(address)
    assert browser.get(address).context["plans"]
    assert browser.get(address, headers={"HX-Request": "true"})["HX-Redirect"] == address


def test_repairs_with_an_erased_person_in_them_are_let_go(board: Board) -> None:
    actions.ask(board, kind=Study.Kind.REPAIRS)
    actions.ask(board, kind=Study.Kind.ALTERNATIVES)
    person = Person.objects.get(code=matchings.Standing(board).lines[0].mentee)
    assert actions.forget_person(person) == 1
    assert list(Study.objects.values_list("kind", flat=True)) == ["alternatives"]


def test_groups_fit_each_other_and_become_pairs_of_the_board(organisation, cora: Person) -> None:
    board = matching.match_now(worlds.cohort(mentors=3, mentees=6, seed=4, capacity=2), by=cora).board
    browser = signed_in(cora)
    address = reverse("studies:study", args=["harbour", board.code, "groups"])
    browser.post(address)
    page = browser.get(address)
    assert len(page.context["groups"]) == 3
    assert page.context["gain"] >= page.context["cost"] >= 0
    browser.post(reverse("studies:take", args=["harbour", board.code, "groups", "groups"]))
    run = board.runs.last()
    assert run.number == 2
    matching.take(board, run=run, by=cora)
    assert matching.publish(board, by=cora).pairs == 6


@pytest.mark.parametrize(
    ("kind", "first", "then"),
    [
        (Study.Kind.ALTERNATIVES, "Highest total", "Checking plan 1 of"),
        (Study.Kind.GROUPS, "Exchanging pairs and groups", "Checking plan 1 of"),
        (Study.Kind.REPAIRS, "The plan that takes no pair apart", "Checking plan 1 of"),
        (Study.Kind.RECRUITS, "The plan without further mentors", "Mentor 1 of 5, candidate 1"),
    ],
)
def test_the_steps_of_a_study_are_told_and_only_go_forward(
    organisation, cora: Person, kind: Study.Kind, first: str, then: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = matching.match_now(worlds.cohort(mentors=9, mentees=12, seed=8), by=cora).board
    Withdrawal.objects.create(enrolment=Enrolment.objects.mentors().filter(cohort=board.cohort)[0])
    told: list[tuple[int, str]] = []
    advance = progress.Report.advance

    def kept(self: progress.Report, done: int, words: str | None = None, total: int | None = None) -> None:
        told.append((done, words or ""))
        advance(self, done, words, total)

    monkeypatch.setattr(progress.Report, "advance", kept)
    actions.answer.call(board.organisation_id, board.runs.get().code, str(kind))
    done, words = [at for at, _ in told], [said for _, said in told]
    assert first in words
    assert any(said.startswith(then) for said in words)
    assert done == sorted(done)
    assert done[-1] == 100
    assert len(set(done)) >= 3
    assert Study.objects.filter(kind=kind).exists()


@pytest.mark.parametrize("kind", list(Study.Kind))
def test_studies_stop_at_their_next_step(
    organisation, cora: Person, kind: Study.Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = matching.match_now(worlds.cohort(mentors=9, mentees=12, seed=8), by=cora).board
    run = board.runs.get()
    steps: list[str] = []
    advance = progress.Report.advance

    def stopped_at_the_third(
        self: progress.Report, done: int, words: str | None = None, total: int | None = None
    ) -> None:
        steps.append(words or "")
        if len(steps) == 3:
            actions.stop(run, kind=kind)
        advance(self, done, words, total)

    monkeypatch.setattr(progress.Report, "advance", stopped_at_the_third)
    actions.answer.call(run.organisation_id, run.code, str(kind))
    assert len(steps) == 3
    assert not Study.objects.exists()
    told = progress.of(actions.progress_key(run, kind))
    assert told is not None
    assert told.failure == "Stopped as asked."


def test_a_board_says_who_has_left_since_and_leads_to_the_repair(board: Board, cora: Person) -> None:
    browser, line = signed_in(cora), matchings.Standing(board).lines[0]
    name = Person.objects.get(code=line.mentor).name
    repair = reverse("studies:study", args=["harbour", board.code, "repairs"])
    shown, publish = (reverse(f"matching:{name}", args=["harbour", board.code]) for name in ("board", "publish"))
    notice = f"{name} has left or pauses since these pairs were found"
    before = browser.get(shown).content.decode()
    assert notice not in before
    Withdrawal.objects.create(enrolment=Enrolment.objects.get(person__code=line.mentor))
    page = browser.get(shown).content.decode()
    assert notice in page
    assert page.count("Mentor not here") == 1
    assert page.count(repair) == before.count(repair) + 1
    warning = browser.get(publish).content.decode()
    assert f"{name} is not available any more." in warning
    assert repair in warning
