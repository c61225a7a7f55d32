"""What a host sets: one typed list, read from the environment or from one file.

Every setting is a `Setting` in `SETTINGS`: name, type, default and the sentence that the reference page and `ithaca doctor`
show. A value in the environment wins over the file (`ITHACA_FILE`, by default `ithaca.env` in the working directory, lines
of `NAME=value`). A wrong value is a `WrongSetting` that names the setting, the value and what would be right.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

T = TypeVar("T")


class WrongSetting(ValueError):
    """A setting has a value that cannot be used; the message names it and says what to do."""


def _text(value: str) -> str:
    return value


def _path(value: str) -> Path:
    return Path(value).expanduser()


def _mode(value: str) -> str:
    if value not in ("development", "production"):
        raise ValueError("use 'development' or 'production'")
    return value


def _list(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _count(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise ValueError("use a whole number from 1")
    return int(value)


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("use a name of the IANA time zone database such as 'Europe/Lisbon'")
    return str(ZoneInfo(value))


def _url(*schemes: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if urlsplit(value).scheme not in schemes:
            raise ValueError(f"begin it with one of: {', '.join(scheme + '://' for scheme in schemes)}")
        return value.rstrip("/")

    return read


def _listen(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal():
        raise ValueError("use HOST:PORT such as '127.0.0.1:8000'")
    return host, int(port)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One thing a host may set. `read` turns text into the value or raises ValueError with what would be right."""

    name: str
    read: Callable[[str], T]
    default: str
    help: str
    secret: bool = False


SETTINGS: tuple[Setting[Any], ...] = (
    Setting("ITHACA_MODE", _mode, "production", "'development' shows the demo sign-in links and the mailbox page."),
    Setting("ITHACA_DATA", _path, "var", "Folder for the embedded database, uploads and the generated secret key."),
    Setting(
        "ITHACA_DATABASE",
        _url("sqlite", "postgres", "postgresql"),
        "sqlite://",
        "'sqlite://' keeps everything in one file in the data folder; 'postgresql://user:password@host/name' "
        "uses a server.",
    ),
    Setting(
        "ITHACA_SECRET_KEY", _text, "", "At least 50 random characters; generated into the data folder if empty.", True
    ),
    Setting(
        "ITHACA_ADDRESS",
        _url("http", "https"),
        "http://127.0.0.1:8000",
        "The address people open; links in mail use it.",
    ),
    Setting("ITHACA_LISTEN", _listen, "127.0.0.1:8000", "Where the web server listens."),
    Setting("ITHACA_HOSTS", _list, "", "Further host names that may be served, separated by commas."),
    Setting(
        "ITHACA_MAIL",
        _url("smtp", "smtps", "smtp+tls", "mailbox"),
        "mailbox://",
        "'smtp+tls://user:password@host:587' sends; 'mailbox://' keeps mail for the mailbox page (development).",
        True,
    ),
    Setting("ITHACA_MAIL_FROM", _text, "Ithaca <ithaca@localhost>", "Sender of all mail."),
    Setting("ITHACA_TIME_ZONE", _zone, "UTC", "Time zone of new organisations."),
    Setting("ITHACA_LANGUAGE", _text, "en-gb", "Language of new organisations."),
    Setting("ITHACA_WORKERS", _count, "2", "Threads that work on background jobs in one process."),
    Setting(
        "ITHACA_JOB_LEASE",
        _count,
        "60",
        "Seconds without a sign of life after which another worker takes over the jobs of one that died.",
    ),
    Setting(
        "ITHACA_MAIL_LEASE",
        _count,
        "240",
        "Seconds after which a letter whose sender died is sent by another; longer than a mail server takes for one.",
    ),
    Setting(
        "ITHACA_METRICS_TOKEN",
        _text,
        "",
        "Bearer token that opens /-/metrics from other machines; empty: only this machine may read it.",
        True,
    ),
    Setting("ITHACA_LOG", _text, "info", "Log level: debug, info, warning or error."),
)


@dataclass(frozen=True)
class Environment:
    """All settings of one process, read and checked."""

    values: Mapping[str, Any]
    sources: Mapping[str, str]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def development(self) -> bool:
        return bool(self.values["ITHACA_MODE"] == "development")

    @property
    def data(self) -> Path:
        return Path(self.values["ITHACA_DATA"]).resolve()


def read(environ: Mapping[str, str] | None = None) -> Environment:
    """Read every setting. Raises WrongSetting for the first value that cannot be used."""
    environ = os.environ if environ is None else environ
    file = Path(environ.get("ITHACA_FILE", "ithaca.env"))
    filed = _from_file(file)
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for setting in SETTINGS:
        if setting.name in environ:
            text, source = environ[setting.name], "environment"
        elif setting.name in filed:
            text, source = filed[setting.name], str(file)
        else:
            text, source = setting.default, "default"
        try:
            values[setting.name] = setting.read(text)
        except ValueError as error:
            shown = "…" if setting.secret else repr(text)
            raise WrongSetting(f"{setting.name} is {shown} ({source}): {error}.") from None
        sources[setting.name] = source
    return Environment(values, sources)


def secret_key(environment: Environment) -> str:
    """The signing key: as set, else one generated once and kept in the data folder, readable by its owner only."""
    if environment["ITHACA_SECRET_KEY"]:
        return str(environment["ITHACA_SECRET_KEY"])
    kept = environment.data / "secret_key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and linked: of several processes that start together, one key wins and none is read half.
        fresh = kept.with_name(f"secret_key.{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text().strip()


def _from_file(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    found: dict[str, str] = {}
    known = {setting.name for setting in SETTINGS}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or name.strip() not in known:
            raise WrongSetting(f"{file}, line {number}: {name.strip()!r} is not a setting of Ithaca.")
        found[name.strip()] = value.strip().strip("'\"")
    return found
