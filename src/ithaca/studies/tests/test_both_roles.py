"""People who are mentor and mentee at once: other plans are one-way as runs are, repairs and groups say where they are not."""

from __future__ import annotations

from django.urls import reverse

from ithaca.matching import actions as matching
from ithaca.matching import queries as matchings
from ithaca.matching.bridge import problems
from ithaca.matching.models import Run, packed, unpacked
from ithaca.matching.tests import worlds
from ithaca.pairing import both_roles
from ithaca.people.models import Person
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes.models import Enrolment, Withdrawal
from ithaca.programmes.rules import Side
from ithaca.studies import actions, bridge
from ithaca.studies.models import Study


def matched(cora: Person) -> Run:
    """Ana and Ben are mentor and mentee: best in total is Cleo for Ana, more even would be each for the other."""
    cohort = worlds.cohort(mentors=4, mentees=1)
    ana, ben, cleo, eve = (worlds.named(cohort, f"Mentor 00{number}") for number in (1, 2, 3, 4))
    dan = worlds.named(cohort, "Mentee 001")
    wanted = {person: [f"{person.name} {number}" for number in range(5)] for person in (ana, ben, dan)}
    offered = {ana: wanted[ben][:3], ben: wanted[ana][:2], cleo: wanted[ana] + wanted[dan][:2], eve: wanted[ana][:1]}
    for person in (ana, ben, cleo, eve, dan):
        person.profile.needs, person.profile.offers = wanted.get(person, []), [*offered.get(person, []), "other"]
        person.profile.save()
    Enrolment.objects.bulk_create(Enrolment(cohort=cohort, person=one, role=Side.MENTEE) for one in (ana, ben))
    options = {"seniority": {"at_least": -10}}
    matching.save_rules(cohort, weights={"expertise": 1}, options=options, objective={"kind": "total"}, by=cora)
    return matching.match_now(cohort, by=cora)


def names_of(pairs: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    return [tuple(Person.objects.get(code=code).name for code in pair) for pair in pairs]


def test_other_plans_are_one_way_and_the_run_made_of_one_knows_what_it_keeps_apart(organisation, cora: Person) -> None:
    board = matched(cora).board
    actions.ask(board, kind=Study.Kind.ALTERNATIVES)
    rows = unpacked(Study.objects.get(kind=Study.Kind.ALTERNATIVES).data)
    assert not any(bridge.mutual(row["answer"]) for row in rows)
    (apart,) = next(row["answer"]["kept_apart"] for row in rows if row["key"] == "even")
    browser = signed_in(cora)
    browser.post(reverse("studies:take", args=["harbour", board.code, "alternatives", "even"]))
    run = board.runs.last()
    assert run.forbidden == [apart]
    assert both_roles.mutual_of(matchings.pairs_of(run)) == ()
    asked = problems.of_run(run)
    assert asked is not None
    assert asked.problem.digest == run.result.input_hash
    page = browser.get(reverse("matching:run", args=["harbour", run.code])).content.decode()
    assert "Nobody mentors the one who mentors them" in page
    matching.take(board, run=run, by=cora)
    assert matchings.Standing(board).state.forbidden == {tuple(apart)}
    pair = browser.get(worlds.url("pair", board=board.code, mentor=apart[0], mentee=apart[1])).content.decode()
    assert "Each the other’s mentor" in pair
    assert "Why these two" in pair


def test_other_plans_that_were_kept_before_they_were_one_way_name_them(organisation, cora: Person) -> None:
    board = matched(cora).board
    browser, address = signed_in(cora), reverse("studies:study", args=["harbour", board.code, "alternatives"])
    browser.post(address)
    assert "mentor each other" not in browser.get(address).content.decode()
    study = Study.objects.get(kind=Study.Kind.ALTERNATIVES)
    rows = unpacked(study.data)
    pairs = rows[-1]["answer"]["plan"]["pairs"]
    pairs.append(pairs[0] | {"mentor": pairs[0]["mentee"], "mentee": pairs[0]["mentor"]})
    study.data = packed(rows)
    study.save()
    ((one, other),) = names_of(bridge.mutual(rows[-1]["answer"]))
    assert f"In this plan {one} and {other} mentor each other." in browser.get(address).content.decode()


def test_a_repair_in_which_two_mentor_each_other_names_them(organisation, cora: Person) -> None:
    board = matched(cora).board
    cleo = worlds.named(board.cohort, "Mentor 003")
    Withdrawal.objects.create(enrolment=Enrolment.objects.get(cohort=board.cohort, person=cleo))
    browser, address = signed_in(cora), reverse("studies:study", args=["harbour", board.code, "repairs"])
    browser.post(address)
    plans = unpacked(Study.objects.get(kind=Study.Kind.REPAIRS).data)["plans"]
    ((one, other),) = names_of([pair for plan in plans for pair in bridge.mutual(plan["answer"])])
    assert f"In this plan {one} and {other} mentor each other." in browser.get(address).content.decode()


def test_groups_in_which_two_mentor_each_other_name_them(organisation, cora: Person) -> None:
    board = matched(cora).board
    actions.ask(board, kind=Study.Kind.GROUPS)
    study = Study.objects.get(kind=Study.Kind.GROUPS)
    browser, address = signed_in(cora), reverse("studies:study", args=["harbour", board.code, "groups"])
    assert "mentor each other" not in browser.get(address).content.decode()
    answer = unpacked(study.data)
    pairs = answer["answer"]["plan"]["pairs"]
    ana, ben, cleo = (Person.objects.get(name=f"Mentor 00{number}").code for number in (1, 2, 3))
    pairs += [pairs[0] | {"mentor": one, "mentee": other} for one, other in ((ana, cleo), (cleo, ben))]
    study.data = packed(answer)
    study.save()
    ((one, other),) = names_of(bridge.mutual(answer["answer"]))
    assert f"In this plan {one} and {other} mentor each other." in browser.get(address).content.decode()
