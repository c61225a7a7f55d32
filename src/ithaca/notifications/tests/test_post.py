"""From a letter of plain words to a message that has left."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import transaction

from ithaca.kernel import tenancy
from ithaca.notifications import actions, categories, letters, queries, rendering
from ithaca.notifications.models import Delivery, OutboxLetter, Outcome, Waiting
from ithaca.notifications.tests.conftest import introduction

pytestmark = pytest.mark.django_db


def outcome_of(letter):
    return Delivery.everywhere.get(letter=letter).outcome


def test_both_parts_tell_the_same_and_escape_what_people_wrote(ada):
    shown = rendering.preview(introduction(ada))
    for part in (shown.text, shown.html):
        assert "zoe@harbour.example" in part
        assert "http://127.0.0.1:8000/o/harbour/mentorships/7k3m/" in part
        assert "First years" in part
    assert "<b>leads</b>" in shown.text
    assert "<b>leads</b>" not in shown.html
    assert shown.subject == "Meet Zoë, your mentor"
    assert shown.reply_to == "desk@harbour.example"
    assert shown.sender.startswith("Harbour Engineers <")
    assert OutboxLetter.everywhere.count() == 0


def test_a_posted_letter_leaves_with_a_stable_message_id(ada):
    letter = actions.post(introduction(ada), cause="mentorship:7k3m", key="introduction:7k3m:mentee")
    again = actions.post(introduction(ada), cause="mentorship:7k3m", key="introduction:7k3m:mentee")
    assert again == letter
    (sent,) = mail.outbox
    assert sent.extra_headers["Message-ID"] == f"<{letter.code}@127.0.0.1>"
    assert sent.alternatives[0].mimetype == "text/html"
    assert outcome_of(letter) == Outcome.SENT
    assert not Waiting.everywhere.exists()


def test_what_is_rolled_back_is_not_sent(ada):
    with transaction.atomic():
        actions.post(introduction(ada), cause="x")
        transaction.set_rollback(True)
    assert OutboxLetter.everywhere.count() == 0


def test_a_stopped_category_is_withheld_and_the_outbox_says_so(ada):
    actions.stop(person=ada, category=categories.REMINDER)
    letter = actions.post(introduction(ada, category=categories.REMINDER), cause="x")
    assert outcome_of(letter) == Outcome.WITHHELD
    assert mail.outbox == []
    actions.start(person=ada, category=categories.REMINDER)
    actions.post(introduction(ada, category=categories.REMINDER), cause="x")
    assert "List-Unsubscribe-Post" in mail.outbox[0].extra_headers


def test_what_cannot_be_stopped_stays(ada):
    with tenancy.scope(ada.organisation):
        actions.choose(person=ada, wanted=[])
        wanted = {choice.category.key for choice in queries.categories_of(ada) if choice.wanted}
    assert wanted == {"sign-in", "introduction"}


def test_a_sign_in_letter_belongs_to_no_organisation_and_is_not_kept(organisation):
    to = letters.Address("nobody@harbour.example")
    letter = actions.post(
        letters.Letter(to=to, subject="Your code", category=categories.SIGN_IN, blocks=[letters.Code("7K3M9Q")]),
        cause="sign-in",
    )
    assert "7K3M9Q" in mail.outbox[0].body
    letter.refresh_from_db()
    assert letter.organisation_id is None
    assert letter.text == letter.html == ""
    with tenancy.scope(organisation):
        assert not OutboxLetter.objects.exists()
        assert not Delivery.objects.exists()


def test_a_letter_without_subject_or_address_cannot_be_written(ada):
    with pytest.raises(ValueError, match="subject"):
        introduction(ada, subject=" ")
    with pytest.raises(ValueError, match="address"):
        introduction(letters.Address(""))
