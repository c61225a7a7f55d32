from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ithaca.activity.models import Activity
from ithaca.matching import actions, queries
from ithaca.matching.models import Board, Publication
from ithaca.matching.rules.board import Change as Wanted
from ithaca.matching.rules.board import Kind, Refused
from ithaca.matching.tests import worlds
from ithaca.mentorships import actions as mentorships
from ithaca.mentorships.models import Mentorship
from ithaca.notifications import rendering, sending
from ithaca.notifications.letters import Letter
from ithaca.notifications.models import OutboxLetter
from ithaca.people.models import Person
from ithaca.people.tests.conftest import signed_in
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Enrolment, Preference, Withdrawal


def standing(board: Board) -> queries.Standing:
    return queries.Standing(board)


def nothing_was_written() -> bool:
    return not (Mentorship.objects.exists() or OutboxLetter.objects.exists() or Publication.objects.exists())


def test_publishing_makes_every_mentorship_and_posts_every_letter(board: Board, cora: Person) -> None:
    lines = standing(board).lines
    publication = actions.publish(board, by=cora)
    assert publication.pairs == Mentorship.objects.count() == 6
    made = set(Mentorship.objects.values_list("mentor__code", "mentee__code"))
    assert made == {line.pair for line in lines}
    assert OutboxLetter.objects.filter(category="introduction").count() == 12
    assert Activity.objects.filter(key="matching.published").count() == 1


def test_the_letters_are_those_that_were_shown(board: Board, cora: Person) -> None:
    found = standing(board)
    letters = [letter for preview in queries.previews_of(found, found.lines) for letter in preview.letters]
    shown = [rendering.preview(letter) for letter in letters]
    actions.publish(board, by=cora)
    sent = {(letter.to_address, letter.subject): letter.text for letter in OutboxLetter.objects.all()}
    assert len(sent) == len(shown) == 12
    for letter in shown:
        text = sent[letter.to_address, letter.subject]
        assert _without_links(text) == _without_links(letter.text)


def _without_links(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "/introduction/" not in line and "http" not in line)


def test_introductions_tell_nothing_of_wishes_weights_or_scores(board: Board, cora: Person) -> None:
    actions.publish(board, by=cora)
    for letter in OutboxLetter.objects.all():
        for word in ("wish number", "points", " %", "weight", "avoid"):
            assert word not in letter.text


def test_publishing_twice_is_refused_kindly(board: Board, cora: Person) -> None:
    actions.publish(board, by=cora)
    with pytest.raises(Refused, match="is published"):
        actions.publish(board, by=cora)
    with pytest.raises(Refused, match="is published"):
        actions.change(board, wanted=Wanted(Kind.LOCK, *standing(board).lines[0].pair), by=cora)
    assert Mentorship.objects.count() == 6


def test_who_left_since_stops_the_whole_publication(board: Board, cora: Person) -> None:
    line = standing(board).lines[0]
    Withdrawal.objects.create(enrolment=Enrolment.objects.get(person__code=line.mentee))
    with pytest.raises(actions.PublicationRefused) as refused:
        actions.publish(board, by=cora)
    assert refused.value.problems == [f"{Person.objects.get(code=line.mentee).name} is not available any more."]
    assert nothing_was_written()


def test_a_place_taken_since_stops_the_whole_publication(board: Board, cora: Person) -> None:
    line = standing(board).lines[0]
    other = standing(board).unmatched_mentees[0]
    Mentorship.objects.create(
        cohort=board.cohort, mentor=Person.objects.get(code=line.mentor), mentee=Person.objects.get(code=other)
    )
    with pytest.raises(actions.PublicationRefused, match="would have 2"):
        actions.publish(board, by=cora)
    assert Mentorship.objects.count() == 1
    assert not Publication.objects.exists()
    assert not OutboxLetter.objects.exists()


def test_nobody_to_introduce_is_refused(organisation, cora: Person) -> None:
    from ithaca.matching.tests import worlds

    run = actions.match_now(worlds.cohort(mentors=1, mentees=0), by=cora)
    with pytest.raises(actions.PublicationRefused):
        actions.publish(run.board, by=cora)
    assert nothing_was_written()


def test_who_stays_without_comes_first_next_time(board: Board, cora: Person) -> None:
    left = set(standing(board).unmatched_mentees)
    actions.publish(board, by=cora)
    waited = dict(Enrolment.objects.mentees().values_list("person__code", "waited_rounds"))
    assert {code for code, rounds in waited.items() if rounds == 1} == left
    assert sum(waited.values()) == len(left)


def test_the_check_tells_what_changed_since(board: Board) -> None:
    assert queries.check_of(standing(board)).changed == 0
    person = Person.objects.get(code=standing(board).lines[0].mentor)
    person.profile.offers = ["sailing ships"]
    person.profile.save()
    check = queries.check_of(standing(board))
    assert (check.changed, check.resized, check.newcomers, check.without) == (1, 0, 0, 2)


def test_who_was_paired_meanwhile_has_other_places_and_no_other_answers(board: Board, cora: Person) -> None:
    other = actions.match_now(board.cohort, by=cora).board
    leaver = standing(board).unmatched_mentees[0]
    mentor = Enrolment.objects.get(person__code=standing(board).lines[0].mentor)
    Preference.objects.create(enrolment=mentor, other=Enrolment.objects.get(person__code=leaver), rank=1)
    again = actions.match_now(board.cohort, by=cora).board
    Withdrawal.objects.create(enrolment=Enrolment.objects.get(person__code=leaver))
    assert queries.check_of(standing(again)).changed == 0
    actions.publish(other, by=cora)
    check = queries.check_of(standing(again))
    assert (check.changed, check.resized) == (0, 12)


def test_what_stands_in_the_way_is_known_before_publishing(board: Board, cora: Person) -> None:
    assert queries.in_the_way_of(standing(board)) == []
    other = actions.match_now(board.cohort, by=cora).board
    actions.publish(other, by=cora)
    known = queries.in_the_way_of(standing(board))
    assert any("already introduced" in sentence for sentence in known)
    with pytest.raises(actions.PublicationRefused) as refused:
        actions.publish(board, by=cora)
    assert refused.value.problems == known
    line = standing(board).lines[0]
    Withdrawal.objects.create(enrolment=Enrolment.objects.get(person__code=line.mentor))
    assert "is not available any more." in queries.in_the_way_of(standing(board))[0]
    assert queries.gone_from(standing(board)).mentors == {line.mentor}


def test_a_large_board_is_published_in_the_background(board: Board, cora: Person, settings, monkeypatch) -> None:
    monkeypatch.setattr("ithaca.matching.actions.publishing.AT_ONCE", 2)
    at_once, settings.TASKS = settings.TASKS, {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    asked = actions.publish_or_ask(board, by=cora)
    with pytest.raises(Refused, match="being published"):
        actions.change(board, wanted=Wanted(Kind.LOCK, *standing(board).lines[0].pair), by=cora)
    with pytest.raises(Refused, match="being published"):
        actions.publish_or_ask(board, by=cora)
    assert not Mentorship.objects.exists()
    settings.TASKS = at_once
    for _ in range(2):
        actions.publish_requested.call(board.organisation_id, asked.pk)
    assert (Publication.objects.count(), Mentorship.objects.count()) == (1, 6)


def test_a_refusal_in_the_background_frees_the_board(board: Board, cora: Person, monkeypatch) -> None:
    monkeypatch.setattr("ithaca.matching.actions.publishing.AT_ONCE", 2)
    line = standing(board).lines[0]
    Withdrawal.objects.create(enrolment=Enrolment.objects.get(person__code=line.mentee))
    asked = actions.publish_or_ask(board, by=cora)
    asked.refresh_from_db()
    assert "not available any more" in asked.refusal.problems[0]
    assert nothing_was_written()
    browser, publish = signed_in(cora), worlds.url("publish", board=board.code)
    assert "Nothing was published" in browser.get(publish).content.decode()
    actions.change(board, wanted=Wanted(Kind.UNMATCH, *line.pair), by=cora)
    mended = browser.get(publish).content.decode()
    assert "Nothing was published" not in mended
    assert "not available any more" not in mended
    actions.publish_or_ask(board, by=cora)
    assert Mentorship.objects.count() == 5


def test_publishing_asks_as_much_for_one_pair_as_for_thirty(
    organisation, cora: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "drain", lambda limit: 0)  # letters leave afterwards, by a job of their own
    counts = []
    for size in (1, 30):
        board = actions.match_now(worlds.cohort(size, size, name=f"Round of {size}"), by=cora).board
        with CaptureQueriesContext(connection) as asked:
            assert actions.publish(board, by=cora).pairs == size
        counts.append(len(asked))
    assert counts[0] == counts[1], counts


def test_no_letter_is_rendered_while_the_database_is_held(
    board: Board, cora: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[bool] = []
    render = rendering.preview

    def watched(letter: Letter) -> rendering.Rendered:
        held.append(len(connection.savepoint_ids) > outside)
        return render(letter)

    outside = len(connection.savepoint_ids)
    monkeypatch.setattr(rendering, "preview", watched)
    actions.publish(board, by=cora)
    assert held == [False] * 12


def test_who_changed_while_the_letters_were_rendered_gets_a_letter_to_the_new_address(
    board: Board, cora: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = mentorships.prepare
    mentee = Person.objects.get(code=standing(board).lines[0].mentee)

    def meanwhile(*args: Any, **options: Any) -> Any:
        made = prepare(*args, **options)
        Person.objects.filter(pk=mentee.pk).update(email="moved@example.org", name="Newly Named")
        return made

    monkeypatch.setattr(mentorships, "prepare", meanwhile)
    actions.publish(board, by=cora)
    assert OutboxLetter.objects.filter(to_address="moved@example.org", to_name="Newly Named").count() == 1
    assert not OutboxLetter.objects.filter(to_address=mentee.email).exists()
    assert Mentorship.objects.count() == 6


def test_a_board_changed_while_the_letters_were_rendered_is_not_published(
    board: Board, cora: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = mentorships.prepare

    def meanwhile(*args: Any, **options: Any) -> Any:
        actions.change(board, wanted=Wanted(Kind.FORBID, *standing(board).lines[0].pair), by=cora)
        return prepare(*args, **options)

    monkeypatch.setattr(mentorships, "prepare", meanwhile)
    with pytest.raises(actions.PublicationRefused, match="changed at this very moment"):
        actions.publish(board, by=cora)
    assert nothing_was_written()


def test_a_matching_overtaken_by_a_publication_says_so_in_one_sentence(board: Board, cora: Person) -> None:
    """Everybody on it is in the way of publishing it, all for the one reason that another matching was published."""
    second = actions.match_now(board.cohort, by=cora).board
    browser = signed_in(cora)
    here, publish = (worlds.url(name, board=second.code) for name in ("board", "publish"))
    said = "was published on"
    assert said not in browser.get(here).content.decode()
    actions.publish(board, by=cora)
    for page in (browser.get(here).content.decode(), browser.get(publish).content.decode()):
        assert f"Matching {board.number} {said}" in page
        assert "cannot be introduced here again." in page
        assert f'href="{worlds.url("board", board=board.code)}"' in page
        assert "Start a new matching for who is left" in page
        assert "would have" not in page
        assert "Publish…" not in page
    assert 'id="publish"' not in page
    refused = browser.post(publish)
    assert refused.status_code == 409
    assert "cannot be introduced here again." in refused.content.decode()
    assert "cannot be introduced here again" not in browser.get(worlds.url("board", board=board.code)).content.decode()
    assert queries.overtaken_by(standing(board)) is None
    actions.take(second, run=actions.solve_again(second, by=cora), by=cora)
    assert queries.overtaken_by(standing(second)) is None


def test_what_is_left_of_an_overtaken_board_can_be_published_and_counts_nobody_as_left_out_who_has_a_mentor(
    board: Board, cora: Person
) -> None:
    """Once the people introduced elsewhere are unpaired, the page is free again; and who is introduced waits no round more."""
    second = actions.match_now(board.cohort, by=cora).board
    line = standing(board).lines[0]
    for other in standing(board).lines[1:]:
        actions.change(board, wanted=Wanted(Kind.UNMATCH, *other.pair), by=cora)
    actions.publish(board, by=cora)
    publish, there = (worlds.url(name, board=second.code) for name in ("publish", "board"))
    browser = signed_in(cora)
    assert "What stands in the way" in browser.get(there).content.decode()
    for other in standing(second).lines:
        if other.mentor == line.mentor or other.mentee == line.mentee:
            actions.change(second, wanted=Wanted(Kind.UNMATCH, *other.pair), by=cora)
    assert "Publish…" in browser.get(there).content.decode()
    page = browser.get(publish)
    assert 'id="publish"' in page.content.decode()
    assert page.context["check"].without == len(standing(second).unmatched_mentees) - 1
    waited = dict(Enrolment.objects.filter(cohort=board.cohort).mentees().values_list("person__code", "waited_rounds"))
    actions.publish(second, by=cora)
    now = dict(Enrolment.objects.filter(cohort=board.cohort).mentees().values_list("person__code", "waited_rounds"))
    assert now[line.mentee] == 0
    assert any(now[code] > waited[code] for code in now)


def test_who_has_left_is_named_also_where_another_matching_was_published(board: Board, cora: Person) -> None:
    second = actions.match_now(board.cohort, by=cora).board
    actions.publish(board, by=cora)
    left = standing(second).lines[0].mentor
    programmes.withdraw(Enrolment.objects.get(cohort=board.cohort, person__code=left), by=cora)
    page = signed_in(cora).get(worlds.url("publish", board=second.code)).content.decode()
    assert "cannot be introduced here again." in page
    assert f"{Person.objects.get(code=left).name} is not available any more." in page


def test_a_board_with_somebody_who_left_offers_no_publishing(board: Board, cora: Person) -> None:
    left = standing(board).lines[0].mentor
    here = worlds.url("board", board=board.code)
    browser = signed_in(cora)
    assert "Publish…" in browser.get(here).content.decode()
    programmes.withdraw(Enrolment.objects.get(cohort=board.cohort, person__code=left), by=cora)
    page = browser.get(here).content.decode()
    assert "Publish…" not in page
    assert "What stands in the way" in page
