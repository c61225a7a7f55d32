"""What both backends promise, tried with worker processes that are really killed. Run on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from ithaca.jobs import actions, progress, schedules
from ithaca.jobs.models import Schedule, Worker
from ithaca.jobs.tests import work


def test_a_job_of_a_rolled_back_transaction_does_not_exist(room):
    with transaction.atomic():
        gone = work.mark.enqueue("gone")
        transaction.set_rollback(True)
    with pytest.raises(TaskResultDoesNotExist):
        work.mark.get_result(gone.id)
    kept = work.mark.enqueue("kept")
    assert work.mark.get_result(kept.id).status == TaskResultStatus.READY
    room.worker()
    room.eventually(lambda: work.mark.get_result(kept.id).is_finished)
    assert work.mark.get_result(kept.id).return_value == "kept"
    assert room.traces("gone") == []


def test_nothing_starts_before_its_transaction_has_committed(room):
    room.worker()
    room.eventually(Worker.objects.exists)
    with transaction.atomic():
        work.mark.enqueue("inside")
        assert room.traces("inside") == []
    room.eventually(lambda: room.traces("inside"))


def test_the_job_of_a_killed_worker_is_recovered(room):
    job = work.linger.enqueue("lost")
    first = room.worker()
    room.eventually(lambda: room.traces("lost"))
    first.kill()
    room.worker()
    room.eventually(lambda: work.linger.get_result(job.id).is_finished)
    assert room.traces("lost") == [f"started {first.pid}", f"started {room.processes[1].pid}", "ended"]
    assert work.linger.get_result(job.id).status == TaskResultStatus.SUCCESSFUL


def test_two_workers_never_run_one_job_twice_at_once(room):
    names = [f"job{number}" for number in range(40)]
    for name in names:
        work.hold.enqueue(name, 0.01)
    long = work.stay.enqueue("long")
    room.lease = 8.0  # long enough for a keeper that a crowded machine keeps waiting
    for _ in range(3):
        room.worker(threads=2)
    at_first = room.eventually(room.held)
    room.eventually(lambda: room.held() > at_first)  # its lease is renewed while it runs, so it never runs out
    room.eventually(lambda: all(room.traces(name)[-1:] == ["ended"] for name in names))
    room.let_go("long")
    room.eventually(lambda: work.stay.get_result(long.id).is_finished)
    for name in [*names, "long"]:
        started, ended = room.traces(name)
        assert started.startswith("started")
        assert ended == "ended"


def test_a_job_that_raises_is_tried_again_and_then_given_up(room):
    arrives = work.stumble.enqueue("arrives", 2)
    never = work.stumble.enqueue("never", 99)
    refused = work.refuse.enqueue("refused")
    room.worker()
    for job in (arrives, never, refused):
        room.eventually(lambda job=job: job.task.get_result(job.id).is_finished)
    assert work.stumble.get_result(arrives.id).return_value == "arrived"
    assert len(room.traces("arrives")) == 3
    failed = work.stumble.get_result(never.id)
    assert failed.status == TaskResultStatus.FAILED
    assert "stumbled over never" in failed.errors[-1].traceback
    assert len(room.traces("never")) == 3
    assert work.refuse.get_result(refused.id).status == TaskResultStatus.FAILED
    assert len(room.traces("refused")) == 1


def test_a_unique_key_waits_once_and_is_free_after_the_start(room):
    first = actions.enqueue(work.hold, "single", 0.0, unique="single")
    with transaction.atomic():
        assert actions.enqueue(work.hold, "single", 0.0, unique="single").id == first.id
    assert actions.enqueue(work.hold, "other", 0.0, unique="other").id != first.id
    room.worker()
    room.eventually(lambda: work.hold.get_result(first.id).is_finished)
    second = actions.enqueue(work.hold, "single", 0.0, unique="single")
    assert second.id != first.id
    room.eventually(lambda: work.hold.get_result(second.id).is_finished)
    assert room.traces("single").count("ended") == 2


def test_a_schedule_fires_once_for_any_number_of_workers(room):
    key = work.daily.module_path
    Schedule.objects.create(key=key, due_at=timezone.now() - timedelta(days=3))
    for _ in range(3):
        room.worker()
    room.eventually(lambda: Worker.objects.count() == 3)
    room.eventually(lambda: room.traces("daily"))
    assert schedules.fire_due() == []
    last = work.mark.enqueue("after")
    room.eventually(lambda: work.mark.get_result(last.id).is_finished)
    assert room.traces("daily") == ["done"]
    assert Schedule.objects.get(key=key).due_at > timezone.now()


def test_a_delayed_job_waits_and_the_urgent_overtakes(room):
    actions.enqueue(work.mark, "later", delay=timedelta(hours=1))
    work.hold.enqueue("order", 0.0)
    work.mark.using(priority=50).enqueue("order")
    room.worker()
    room.eventually(lambda: len(room.traces("order")) == 3)
    assert room.traces("order")[0] == "done"
    assert room.traces("later") == []


def test_a_worker_that_is_asked_to_stop_ends_its_job_first(room):
    job = work.hold.enqueue("polite", 1.0)
    worker = room.worker()
    room.eventually(lambda: room.traces("polite"))
    worker.terminate()
    assert room.traces("polite")[-1] == "ended"
    assert work.hold.get_result(job.id).status == TaskResultStatus.SUCCESSFUL
    assert not Worker.objects.exists()


def test_progress_is_read_while_the_job_runs_and_a_wish_to_stop_is_heard(room):
    progress.start("count", total=100_000, words="Waiting")
    assert progress.of("count").percent == 0
    job = work.count.enqueue("count", 100_000)
    room.worker()
    room.eventually(lambda: progress.of("count").done > 0)
    assert progress.of("count").words == "Counting"
    progress.cancel("count")
    room.eventually(lambda: work.count.get_result(job.id).is_finished)
    assert progress.of("count").failure == "Stopped as asked."
    assert progress.of("count").done < 100_000
