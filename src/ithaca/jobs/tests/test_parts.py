"""The parts of the engine room by themselves: rules, progress, leases, upkeep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from ithaca.jobs import actions, embedded, progress, queries, rules, running, schedules
from ithaca.jobs.models import Job, JobProgress, Result, Worker
from ithaca.jobs.tests import work
from ithaca.kernel import tenancy

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def test_waits_triple_up_to_the_longest_and_spread():
    policy = rules.Policy(times=3, wait=5, longest=100)
    waits = [rules.wait_before_next(policy, attempt, 0.5).total_seconds() for attempt in (1, 2, 3, 99)]
    assert waits == [5, 15, 45, 100]
    assert rules.wait_before_next(policy, 1, 0.0) < rules.wait_before_next(policy, 1, 1.0)


def test_a_job_is_given_up_after_its_tries_and_later_if_its_workers_die():
    policy = rules.Policy(times=2)
    assert [rules.may_try_again(policy, attempt) for attempt in (1, 2, 3)] == [True, True, False]
    assert not rules.is_lost_too_often(policy, 3 + rules.LOST_LIMIT)
    assert rules.is_lost_too_often(policy, 4 + rules.LOST_LIMIT)


def test_rhythms_are_cron_lines_or_intervals():
    assert rules.next_time("0 * * * *", NOON) == NOON + timedelta(hours=1)
    assert rules.next_time(timedelta(minutes=5), NOON) == NOON + timedelta(minutes=5)
    with pytest.raises(ValueError):
        schedules.every("every now and then")


@pytest.mark.django_db
def test_what_was_missed_is_made_up_for_once(settings):
    settings.TASKS = {"default": {"BACKEND": "ithaca.jobs.embedded.EmbeddedBackend", "QUEUES": []}}
    daily = "ithaca.jobs.actions.forget_old"
    assert daily not in schedules.fire_due(NOON)
    assert schedules.fire_due(NOON + timedelta(days=10)).count(daily) == 1
    assert daily not in schedules.fire_due(NOON + timedelta(days=10, minutes=1))
    assert Job.objects.filter(task=daily).count() == 1


@pytest.fixture
def traces(tmp_path, monkeypatch):
    monkeypatch.setenv(work.FOLDER, str(tmp_path))
    return tmp_path


@pytest.mark.django_db
def test_a_job_starts_without_anything_in_scope_and_leaves_nothing_behind():
    with tenancy.scope(4711), pytest.raises(tenancy.NoOrganisationInScope):
        actions.enqueue(work.needs_scope)
    with pytest.raises(tenancy.NoOrganisationInScope):
        tenancy.current()


@pytest.mark.django_db
def test_results_of_finished_jobs_can_be_read(traces):
    assert actions.enqueue(work.mark, "x").return_value == "x"


@pytest.mark.django_db
def test_waking_a_job_twice_in_one_transaction_wakes_it_once(settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "ithaca.jobs.embedded.EmbeddedBackend", "QUEUES": []}}
    with django_capture_on_commit_callbacks(execute=True) as called:
        for _ in range(5):
            actions.enqueue_after_commit(work.mark, "x", unique="one")
        with transaction.atomic():
            actions.enqueue_after_commit(work.mark, "gone", unique="other")
            transaction.set_rollback(True)
    assert len([callback for callback in called if "_Later" in type(callback).__name__]) == 1
    assert [job.args for job in Job.objects.all()] == [["x"]]


@pytest.mark.django_db
def test_only_who_holds_a_job_writes_its_end(settings, traces):
    settings.TASKS = {"default": {"BACKEND": "ithaca.jobs.embedded.EmbeddedBackend", "QUEUES": []}}
    work.mark.enqueue("x")
    slow, quick = embedded.Hold("slow", timedelta(seconds=60)), embedded.Hold("quick", timedelta(seconds=60))
    taken = slow.take()
    assert quick.take() is None
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert slow.take() is None  # It runs here, whatever its lease says.
    again = quick.take()
    slow.run(taken)
    assert not Result.objects.exists()
    quick.run(again)
    assert Result.objects.get().worker_ids == ["slow", "quick"]
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_job_that_keeps_killing_its_workers_is_ended(settings):
    settings.TASKS = {"default": {"BACKEND": "ithaca.jobs.embedded.EmbeddedBackend", "QUEUES": []}}
    work.deadly.enqueue("x")
    Job.objects.update(attempt=99)
    assert embedded.Hold("w", timedelta(seconds=60)).take() is None
    ended = Result.objects.get()
    assert ended.failed
    assert "99 workers ended" in ended.errors[0]["traceback"]


@pytest.mark.django_db
def test_progress_tells_how_a_job_ended():
    with progress.report("well", total=4, words="Reading") as told:
        told.advance(2, words="Writing")
        assert (progress.of("well").percent, progress.of("well").words) == (50, "Writing")
    assert progress.of("well").percent == 100
    with progress.report("badly", total=4):
        raise progress.Failed("The file has no columns.")
    assert progress.of("badly").failure == "The file has no columns."
    with pytest.raises(ZeroDivisionError), progress.report("odd"):
        raise ZeroDivisionError
    assert "unexpected" in progress.of("odd").failure
    assert progress.of("unknown") is None


@pytest.mark.django_db
def test_a_wish_to_stop_holds_until_the_job_is_asked_for_anew():
    progress.start("x", total=9)
    progress.cancel("x")
    with progress.report("x") as told:
        told.advance(1)
    assert progress.of("x").failure == "Stopped as asked."
    progress.start("x", total=9)
    assert not progress.of("x").cancelled


@pytest.mark.django_db
def test_upkeep_removes_what_is_old():
    long_ago = timezone.now() - 2 * actions.RESULTS_KEPT
    Result.objects.create(code="old", task="t", finished_at=long_ago)
    Result.objects.create(code="new", task="t")
    JobProgress.objects.create(key="old", updated_at=long_ago)
    Worker.objects.create(name="old", seen_at=long_ago)
    assert actions.forget_old.call() == 3
    assert [result.code for result in Result.objects.all()] == ["new"]


@pytest.mark.django_db
def test_the_host_sees_how_much_waits(settings):
    settings.TASKS = settings.TASKS_IN_EARNEST
    work.mark.enqueue("x")
    actions.enqueue(work.mark, "later", delay=timedelta(hours=1))
    count, since = queries.overdue()
    assert count == 1
    assert since <= timezone.now()
    assert connection.vendor in ("sqlite", "postgresql")


def test_tasks_of_all_slices_are_known_to_a_worker():
    running.load_tasks()
    assert {"ithaca.notifications.actions.deliver", "ithaca.jobs.actions.forget_old"} <= schedules.known().keys()
