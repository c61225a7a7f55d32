from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ithaca.activity.models import Activity
from ithaca.kernel import tenancy
from ithaca.matching import actions, queries
from ithaca.matching.actions import running
from ithaca.matching.bridge import picture, problems, solving
from ithaca.matching.models import MatchingRules, Result, Run, Stop
from ithaca.matching.rules.board import Change as Wanted
from ithaca.matching.rules.board import Kind, Refused
from ithaca.matching.tests import worlds
from ithaca.mentorships.models import Mentorship
from ithaca.people.models import Person
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes.models import Cohort, Enrolment, Preference
from ithaca.programmes.rules import Side


def test_a_run_finds_a_plan_that_the_check_agrees_to(run: Run) -> None:
    result = run.result
    assert (result.mentors, result.mentees, result.places, result.served, result.pairs) == (6, 8, 6, 6, 6)
    assert result.proven
    assert result.gap == 0
    assert len(queries.plan_of(run)["unmatched_mentees"]) == 2
    assert run.rules.version == 1


def test_a_run_in_the_background_is_solved_once(cohort: Cohort, cora: Person) -> None:
    run = actions.start(cohort, by=cora)
    actions.solve_run.call(run.organisation_id, run.code)
    actions.solve_run.call(run.organisation_id, run.code)
    assert Result.objects.filter(run=run).count() == 1


def test_the_same_people_give_the_same_run(cohort: Cohort, cora: Person) -> None:
    first, second = (actions.match_now(cohort, by=cora) for _ in range(2))
    assert first.result.input_hash == second.result.input_hash
    assert queries.pairs_of(first) == queries.pairs_of(second)
    assert (first.board.number, second.board.number) == (1, 2)


def test_a_stopped_run_gets_no_result(cohort: Cohort, cora: Person, settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    run = actions.start(cohort, by=cora)
    actions.stop(run, by=cora)
    actions.solve_run.call(run.organisation_id, run.code)
    assert Stop.objects.get(run=run).by == cora
    assert not Result.objects.filter(run=run).exists()


def test_a_run_is_done_after_the_check_and_hears_stop_while_it_lasts(run: Run) -> None:
    problem = problems.problem_from(bytes(run.input.data), run.rules)
    told: list[tuple[float, str]] = []
    assert solving.answer(problem, lambda done, words: told.append((done, words)), lambda: False).proven
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert [words for _, words in told].index(solving.CHECKING) == len(told) - 2
    assert told[-1] == (1.0, "done")
    with pytest.raises(solving.Stopped):
        solving.answer(problem, lambda *said: told.append(said), lambda: told[-1][1] == solving.CHECKING)


def test_a_finished_run_is_not_stopped(run: Run, cora: Person) -> None:
    actions.stop(run, by=cora)
    assert not Stop.objects.filter(run=run).exists()


def test_nobody_at_all_is_an_answer_too(organisation, cora: Person) -> None:
    run = actions.match_now(worlds.cohort(mentors=0, mentees=0), by=cora)
    assert run.result.pairs == 0


def test_rules_are_versions_and_saving_the_same_changes_nothing(cohort: Cohort, cora: Person) -> None:
    content = {"weights": {"expertise": 3}, "options": {}, "objective": {"kind": "total", "floor": 0}}
    first = actions.save_rules(cohort, **content, by=cora)
    assert actions.save_rules(cohort, **content, by=cora) == first
    second = actions.save_rules(cohort, **{**content, "weights": {"expertise": 3, "interests": 1}}, by=cora)
    assert (first.version, second.version) == (1, 2)
    assert queries.rules_of(cohort) == second
    assert Activity.objects.filter(key="matching.rules_saved").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": {"horoscope": 1}},
        {"weights": {"expertise": -1}},
        {"weights": {"expertise": 0, "interests": 0}},
        {"weights": {}},
        {"weights": {"expertise": float("nan")}},
        {"options": {"languages": {"required": "perhaps"}}},
        {"options": {"languages": {"colour": 1}}},
    ],
)
def test_rules_that_cannot_be_are_refused(cohort: Cohort, wrong: dict) -> None:
    content = {"weights": {"expertise": 1}, "options": {}, "objective": {"kind": "total", "floor": 0}, **wrong}
    with pytest.raises(Refused):
        actions.save_rules(cohort, **content, by=None)
    assert not MatchingRules.objects.exists()


def test_the_picture_costs_the_same_for_any_size(organisation) -> None:
    counts = []
    for number, size in enumerate((1, 30)):
        cohort = worlds.cohort(mentors=size, mentees=size, name=f"Round {number}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            picture.of(cohort)
        counts.append(len(asked))
    assert counts == [4, 4]


def test_the_picture_leaves_out_who_has_left_and_counts_places_taken(cohort: Cohort) -> None:
    mentor, mentee = worlds.named(cohort, "Mentor 001"), worlds.named(cohort, "Mentee 001")
    gone = Enrolment.objects.get(person=worlds.named(cohort, "Mentee 002"))
    Mentorship.objects.create(cohort=cohort, mentor=mentor, mentee=mentee)
    from ithaca.programmes.models import Withdrawal

    Withdrawal.objects.create(enrolment=gone)
    seen = picture.of(cohort)
    rows = {row["id"]: row for side in ("mentors", "mentees") for row in seen[side]}
    assert gone.person.code not in rows
    assert rows[mentor.code]["capacity"] == rows[mentee.code]["capacity"] == 0
    assert rows[mentee.code]["earlier"] == [mentor.code]
    assert seen["introduced"] == [[mentor.code, mentee.code]]


def test_wishes_managers_and_hours_reach_the_engine(cohort: Cohort) -> None:
    mentor, mentee = worlds.named(cohort, "Mentor 001"), worlds.named(cohort, "Mentee 001")
    mine, theirs = Enrolment.objects.get(person=mentee), Enrolment.objects.get(person=mentor)
    Preference.objects.create(enrolment=mine, other=theirs, rank=1)
    Preference.objects.create(enrolment=theirs, other=mine, rank=None)
    mentee.profile.reports_to = "mentor 001"
    mentee.profile.availability = [9]
    mentee.profile.save()
    mentee.time_zone = "Asia/Tokyo"
    mentee.save()
    seen = picture.of(cohort)
    row = next(row for row in seen["mentees"] if row["id"] == mentee.code)
    other = next(row for row in seen["mentors"] if row["id"] == mentor.code)
    assert row["prefers"] == [[mentor.code]]
    assert row["reports_to"] == mentor.code
    assert (row["availability"], row["utc_offset"]) == ([0], 9)
    assert other["avoids"] == [mentee.code]


def test_somebody_who_is_both_is_never_paired_with_herself(organisation, cora: Person) -> None:
    cohort = worlds.cohort(mentors=1, mentees=1)
    mentor = worlds.named(cohort, "Mentor 001")
    Enrolment.objects.create(cohort=cohort, person=mentor, role=Side.MENTEE)
    run = actions.match_now(cohort, by=cora)
    assert (mentor.code, mentor.code) not in queries.pairs_of(run)
    assert run.result.served == 1


def test_nobody_mentors_the_one_who_mentors_them(organisation, cora: Person) -> None:
    """Two people are mentor and mentee, and would be the best for each other both ways."""
    cohort = worlds.cohort(mentors=3, mentees=1)
    one, other = (worlds.named(cohort, f"Mentor 00{number}") for number in (1, 2))
    for person, wanted in ((one, other), (other, one)):
        enrolment = Enrolment.objects.create(cohort=cohort, person=person, role=Side.MENTEE)
        theirs = Enrolment.objects.get(cohort=cohort, person=wanted, role=Side.MENTOR)
        Preference.objects.create(enrolment=enrolment, other=theirs, rank=1)
    options = {"seniority": {"at_least": -10}}
    actions.save_rules(cohort, weights={"preferences": 1}, options=options, objective={"kind": "total"}, by=cora)
    run = actions.match_now(cohort, by=cora)
    pairs, both = queries.pairs_of(run), {(one.code, other.code), (other.code, one.code)}
    assert len(pairs & both) == 1
    assert run.result.proven
    run.refresh_from_db()
    assert {tuple(pair) for pair in run.forbidden} == both - pairs
    told = queries.result_of(run)["kept_apart"]
    assert {frozenset(names) for names in told} == {frozenset({one.name, other.name})}
    asked = problems.of_run(run)
    assert asked is not None
    assert asked.problem.digest == run.result.input_hash
    page = signed_in(cora).get(reverse("matching:run", args=["harbour", run.code])).content.decode()
    assert "Nobody mentors the one who mentors them" in page
    again = actions.solve_again(run.board, by=cora)
    assert not both <= queries.pairs_of(again)
    (missing,) = both - pairs
    address = reverse("matching:pair", args=["harbour", run.board.code, *missing])
    assert "Each the other’s mentor" in signed_in(cora).get(address).content.decode()
    actions.change(run.board, wanted=Wanted(Kind.ALLOW, *missing), by=cora)
    leaving = next(line for line in queries.Standing(run.board).lines if line.mentee == missing[1])
    actions.change(run.board, wanted=Wanted(Kind.UNMATCH, *leaving.pair), by=cora)
    theirs = [line for line in queries.Standing(run.board).lines if line.mentor == missing[0]]
    for line in theirs:
        actions.change(run.board, wanted=Wanted(Kind.UNMATCH, *line.pair), by=cora)
    actions.change(run.board, wanted=Wanted(Kind.ASSIGN, *missing), by=cora)
    broken = {line.pair: line.broken for line in queries.Standing(run.board).lines}
    assert all(broken[pair] == ("each of the two mentors the other",) for pair in both)


@pytest.mark.django_db(transaction=True)
def test_the_engine_may_ask_for_a_stop_from_threads_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOOK_EVERY", 0)
    with tenancy.scope(worlds.organisation()):
        cohort = worlds.cohort(mentors=2, mentees=2)
        first = actions.match_now(cohort, by=None)
        run = Run.objects.create(cohort=cohort, board=first.board, number=2, rules=first.rules)
        look = running._stopped(run)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(look).result() is False
            actions.stop(run, by=None)
            assert pool.submit(look).result() is True
