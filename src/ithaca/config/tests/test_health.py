"""What an installation tells whoever watches it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ithaca.jobs.models import Worker
from ithaca.notifications.models import OutboxLetter, Waiting

FROM_AFAR = {"REMOTE_ADDR": "198.51.100.7"}


@pytest.fixture
def worker(db: None) -> Worker:
    return Worker.objects.create(name="here.1.abc")


def test_the_process_tells_that_it_lives_without_the_database():
    answer = Client().get("/-/health")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


def test_ready_when_database_structure_worker_and_outbox_are_well(worker):
    answer = Client().get("/-/ready")
    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": True, "migrations": True, "workers": True, "outbox": True}


def test_not_ready_without_a_sign_of_life_of_a_worker(worker):
    Worker.objects.update(seen_at=timezone.now() - timedelta(hours=3))
    answer = Client().get("/-/ready")
    assert answer.status_code == 503
    assert "No worker is at work" in answer.json()["words"]["workers"]


def test_not_ready_while_mail_does_not_leave(worker):
    letter = OutboxLetter.everywhere.create(
        to_address="a@b.example", sender="x", subject="x", category="desk", cause="x"
    )
    Waiting.everywhere.create(letter=letter, due_at=timezone.now() - timedelta(hours=2))
    answer = Client().get("/-/ready")
    assert answer.status_code == 503
    assert not answer.json()["checks"]["outbox"]


def test_strangers_learn_only_whether_it_is_ready(worker):
    told = Client().get("/-/ready", **FROM_AFAR).json()
    assert told["ready"] is True
    assert "words" not in told


def test_figures_are_for_this_machine_or_for_the_token(worker, settings):
    here = Client().get("/-/metrics")
    assert here.status_code == 200
    assert b"ithaca_workers 1.0" in here.content
    assert b"ithaca_letters_waiting 0.0" in here.content
    assert Client().get("/-/metrics", **FROM_AFAR).status_code == 404
    assert Client().get("/-/metrics", headers={"X-Forwarded-For": "198.51.100.7"}).status_code == 404
    settings.METRICS_TOKEN = "open sesame"
    assert Client().get("/-/metrics").status_code == 404
    assert Client().get("/-/metrics", headers={"Authorization": "Bearer open Sesame"}, **FROM_AFAR).status_code == 404
    assert Client().get("/-/metrics", headers={"Authorization": "Bearer open sesame"}, **FROM_AFAR).status_code == 200
