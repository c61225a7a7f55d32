"""`ithaca doctor`: every setting with its source, and what is wrong with the installation, one sentence each."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from email.utils import parseaddr

from ithaca.config import environment

Finding = tuple[str, str]  # ("ok" | "look" | "wrong", sentence)


def examine() -> int:
    """Print the settings and the findings. Returns 1 if something is wrong, else 0."""
    try:
        read = environment.read()
    except environment.WrongSetting as error:
        print(f"wrong  {error}")
        return 1
    for setting in environment.SETTINGS:
        value = "(set)" if setting.secret and read[setting.name] else read[setting.name]
        print(f"       {setting.name} = {value}   [{read.sources[setting.name]}]")
    findings = [finding for check in CHECKS for finding in check(read)]
    for verdict, sentence in findings:
        print(f"{verdict:<6} {sentence}")
    return int(any(verdict == "wrong" for verdict, _ in findings))


def _python(read: environment.Environment) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield (
        ("ok", f"Python {version}.") if sys.version_info >= (3, 11) else ("wrong", f"Python {version}; 3.11 is needed.")
    )


def _data(read: environment.Environment) -> Iterator[Finding]:
    try:
        read.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        yield (
            "wrong",
            f"The data folder {read.data} cannot be made ({error.strerror}). Set ITHACA_DATA to one that can.",
        )
        return
    if os.access(read.data, os.W_OK):
        yield "ok", f"The data folder {read.data} can be written."
    else:
        yield "wrong", f"The data folder {read.data} cannot be written by this user."


def _address(read: environment.Environment) -> Iterator[Finding]:
    if not read.development and read["ITHACA_ADDRESS"].startswith("http://"):
        yield "look", "ITHACA_ADDRESS is plain http: passkeys and secure cookies need https outside development."


def _mail(read: environment.Environment) -> Iterator[Finding]:
    if not read.development and read["ITHACA_MAIL"].startswith("mailbox"):
        yield "wrong", "ITHACA_MAIL keeps mail in the mailbox page: nobody receives any. Set it to your SMTP server."
    if "@" not in parseaddr(read["ITHACA_MAIL_FROM"])[1]:
        yield "wrong", "ITHACA_MAIL_FROM has no e-mail address. Write it as 'Name <address@example.org>'."


def _secret(read: environment.Environment) -> Iterator[Finding]:
    if read["ITHACA_SECRET_KEY"] and len(read["ITHACA_SECRET_KEY"]) < 50:
        yield "wrong", "ITHACA_SECRET_KEY is shorter than 50 characters. Leave it empty to have one generated."


def _database(read: environment.Environment) -> Iterator[Finding]:
    import django
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import Error

    django.setup()
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        yield "wrong", f"The database does not answer: {str(error).strip()}. Look at ITHACA_DATABASE."
        return
    yield "ok", f"The database answers ({connection.vendor})."
    if waiting:
        yield "look", f"{len(waiting)} steps of the database's structure are missing; `ithaca run` applies them."


def _assets(read: environment.Environment) -> Iterator[Finding]:
    from django.contrib.staticfiles import finders

    if finders.find("ui/dist/ithaca.css") is None:
        yield "wrong", "The style sheet is not built. In a checkout, run `make run` or `python -m frontend.build`."


CHECKS: tuple[Callable[[environment.Environment], Iterator[Finding]], ...] = (
    _python,
    _data,
    _address,
    _mail,
    _secret,
    _database,
    _assets,
)
