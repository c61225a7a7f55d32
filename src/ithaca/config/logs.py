"""One line per thing worth knowing, on standard error: structured, with the request's id, without people's data."""

from __future__ import annotations

from typing import Any

import structlog


def configuration(level: str, development: bool) -> dict[str, Any]:
    """Django's LOGGING; configures structlog to go the same way."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    written = structlog.dev.ConsoleRenderer(colors=False) if development else structlog.processors.JSONRenderer()
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "processor": written, "foreign_pre_chain": shared}
    quiet = {"level": "WARNING"} if development else {}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level.upper()},
        "loggers": {
            "django_structlog": {"level": "ERROR"} if development else quiet,
            "django.request": {"level": "ERROR"},
            "procrastinate": {"level": "WARNING"},
        },
    }
