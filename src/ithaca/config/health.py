"""Pages for whoever watches the installation: /-/health (the process lives), /-/ready (it can serve), /-/metrics."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from ithaca.config import serve
from ithaca.jobs import queries as jobs
from ithaca.kernel.doors import PUBLIC, Audience, open_to
from ithaca.notifications import queries as outbox

MAIL_MAY_WAIT = timedelta(minutes=15)
Finding = tuple[str, bool, str]
"""What was looked at, whether it is well, and in words."""


def _may_measure(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        return hmac.compare_digest(given.encode(), token.encode())
    return _is_from_here(request)


METRICS = Audience(
    "metrics", "this machine, or whoever has the token of ITHACA_METRICS_TOKEN", _may_measure, signed_in=False
)


@never_cache
@require_GET
@open_to(PUBLIC)
def health(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else: whoever restarts processes asks here."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_GET
@open_to(PUBLIC)
def ready(request: HttpRequest) -> HttpResponse:
    """Whether everything that it needs is there: 200 or 503. What is said in words is for this machine only."""
    findings = look()
    well = all(finding[1] for finding in findings)
    told: dict[str, Any] = {"ready": well, "checks": {name: is_well for name, is_well, _ in findings}}
    if _is_from_here(request):
        told["words"] = {name: words for name, _, words in findings}
    return JsonResponse(told, status=200 if well else 503)


@never_cache
@require_GET
@open_to(METRICS)
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, read from the database when asked: they are the same from every process."""
    registry = CollectorRegistry()
    for name, help_text, value in _figures():
        Gauge(f"ithaca_{name}", help_text, registry=registry).set(value)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def look() -> list[Finding]:
    """Every check, in order; without a database the later ones are not tried."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        return [("database", False, f"It does not answer: {error}".strip())]
    findings = [("database", True, f"{connection.vendor} answers.")]
    missing = serve.missing_steps()
    findings.append(("migrations", not missing, f"{missing} steps are missing." if missing else "All are applied."))
    if not missing:
        findings += [_workers(), _outbox()]
    return findings


def _workers() -> Finding:
    living = jobs.living_workers()
    last = jobs.last_sign_of_life()
    seen = f"the last sign of life was {last:%Y-%m-%d %H:%M} UTC" if last else "none was ever seen"
    return "workers", living > 0, f"{living} at work." if living else f"No worker is at work; {seen}."


def _outbox() -> Finding:
    age = _age(outbox.oldest_wait())
    well = age <= MAIL_MAY_WAIT
    return "outbox", well, "Mail leaves in time." if well else f"A letter is overdue for {age.seconds // 60} minutes."


def _figures() -> Iterator[tuple[str, str, float]]:
    waiting, since = jobs.overdue()
    succeeded, failed = jobs.finished_since(timedelta(hours=1))
    yield "ready", "1 if every check of /-/ready is well.", float(all(finding[1] for finding in look()))
    yield "workers", "Worker processes with a sign of life.", float(jobs.living_workers())
    yield "jobs_overdue", "Jobs that could have started.", float(waiting)
    yield "jobs_overdue_seconds", "Age of the oldest of them.", _age(since).total_seconds()
    yield "jobs_succeeded_1h", "Jobs that succeeded in the last hour.", float(succeeded)
    yield "jobs_failed_1h", "Jobs that failed in the last hour.", float(failed)
    yield "outbox_overdue_seconds", "How long the oldest due letter waits.", _age(outbox.oldest_wait()).total_seconds()
    yield "letters_waiting", "Letters that wait to be sent.", float(outbox.count_waiting())
    for outcome, count in outbox.count_ended(timedelta(days=1)).items():
        yield f"letters_{outcome}_24h", f"Letters of the last day that ended as {outcome}.", float(count)


def _age(since: datetime | None) -> timedelta:
    return max(timedelta(), timezone.now() - since) if since else timedelta()


def _is_from_here(request: HttpRequest) -> bool:
    """From this machine, and not passed on for somebody else by a proxy on it."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
