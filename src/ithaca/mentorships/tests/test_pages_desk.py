from __future__ import annotations

from ithaca.mentorships import actions, rules
from ithaca.mentorships.models import Mentorship
from ithaca.people.models import Person
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds

HERE = "/o/harbour"


def test_the_outline_shows_facts_and_no_content(pair: Mentorship, cora: Person) -> None:
    actions.tell_contact(pair, by=pair.mentee)
    page = worlds.signed_in(cora).get(f"{HERE}/outline/{pair.code}/").content.decode()
    assert "In touch" in page
    assert "Ana Reis and Bo Lund are in touch" in page
    assert "I saw that you pilot ships" not in page
    assert "You both speak Portuguese" not in page


def test_the_list_is_filtered(pair: Mentorship, cora: Person) -> None:
    browser, address = worlds.signed_in(cora), f"{HERE}/cohorts/{pair.cohort.code}/mentorships/"

    def shown(**asked: str) -> bool:
        return f"/outline/{pair.code}/" in browser.get(address, asked).content.decode()

    assert shown()
    assert shown(state="waiting")
    assert not shown(state="in_touch")
    assert shown(q="lund")
    assert not shown(q="nobody")
    actions.close(pair, kind=rules.ClosureKind.LEFT, by=None)
    assert shown(state="ended")
    assert not shown(state="waiting")


def test_an_empty_list_teaches(pair: Mentorship, cora: Person) -> None:
    empty = worlds.cohort(pair.cohort.programme, "Autumn 2027")
    page = worlds.signed_in(cora).get(f"{HERE}/cohorts/{empty.code}/mentorships/").content.decode()
    assert "Nobody has been introduced yet" in page


def test_ending_needs_its_kind_and_can_be_undone(pair: Mentorship, cora: Person) -> None:
    browser, address = worlds.signed_in(cora), f"{HERE}/outline/{pair.code}"
    assert browser.post(f"{address}/close/", {"reason": "They moved."}).status_code == 422
    told = {"kind": rules.ClosureKind.LEFT, "reason": "They moved."}
    page = browser.post(f"{address}/close/", told, follow=True).content.decode()
    assert "They moved." in page
    assert f'action="{address}/reopen/"' in page
    browser.post(f"{address}/reopen/")
    assert Mentorship.objects.open().get() == pair


def test_only_who_runs_the_programme_finds_it(pair: Mentorship, strangers: list[Person], cora: Person) -> None:
    for person in [*strangers, pair.mentor]:
        browser = worlds.signed_in(person)
        for page in (f"outline/{pair.code}/", f"cohorts/{pair.cohort.code}/mentorships/"):
            assert browser.get(f"{HERE}/{page}").status_code == 404, person
        assert browser.post(f"{HERE}/outline/{pair.code}/close/", {"kind": "left"}).status_code == 404
    assert Mentorship.objects.open().exists()


def test_the_list_does_not_grow_in_queries(pair: Mentorship, cora: Person) -> None:
    browser, address = worlds.signed_in(cora), f"{HERE}/cohorts/{pair.cohort.code}/mentorships/"
    one = worlds.queries_of(browser, address)
    pairs = [
        (
            worlds.enrolment(pair.cohort, f"Mentor {number}", Side.MENTOR, signs_in=False),
            worlds.enrolment(pair.cohort, f"Mentee {number}", Side.MENTEE, signs_in=False),
            [],
            "",
        )
        for number in range(29)
    ]
    actions.introduce(pair.cohort, pairs=pairs, by=None)
    assert worlds.queries_of(browser, address) == one
