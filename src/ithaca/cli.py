"""The installed command: `ithaca run · worker · demo · match · doctor · found`.

Each verb is one function; what it needs is imported inside it, so that `ithaca match` starts without Django and
`ithaca doctor` still speaks when a setting is wrong.
"""

from __future__ import annotations

import argparse
import os
import sys

from ithaca import __version__


def main(arguments: list[str] | None = None) -> int:
    """Entry point of the console script. Returns the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["match"]:  # has verbs of its own, and needs no settings
        from ithaca.match import command

        return command.main(arguments[1:])
    parsed = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ithaca.config.settings")
    from ithaca.config.environment import WrongSetting

    try:
        return int(parsed.verb(parsed) or 0)
    except WrongSetting as error:
        print(f"ithaca: {error} `ithaca doctor` lists all settings.", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ithaca", description="The open platform for mentoring programmes.")
    parser.add_argument("--version", action="version", version=f"ithaca {__version__}")
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    run = verbs.add_parser("run", help="serve the product; on SQLite the worker runs in the same process")
    run.set_defaults(verb=_run)
    worker = verbs.add_parser("worker", help="work on background jobs only")
    worker.set_defaults(verb=_worker)
    demo = verbs.add_parser("demo", help="build the demo world")
    demo.add_argument("--once", action="store_true", help="do nothing if it is already there")
    demo.set_defaults(verb=_demo)
    found = verbs.add_parser("found", help="found an organisation and its first owner")
    found.add_argument("name")
    found.add_argument("--owner", required=True, metavar="NAME", help="the owner's name")
    found.add_argument("--email", required=True, help="the owner's e-mail address")
    found.set_defaults(verb=_found)
    doctor = verbs.add_parser("doctor", help="say what is wrong with the settings and the installation")
    doctor.set_defaults(verb=_doctor)
    verbs.add_parser("match", help="two spreadsheets in, pairs and a report out; no database", add_help=False)
    return parser


def _django() -> None:
    import django

    django.setup()


def _run(parsed: argparse.Namespace) -> int:
    from ithaca.config import environment

    read = environment.read()
    _django()
    from ithaca.config import serve

    return serve.serve(read)


def _worker(parsed: argparse.Namespace) -> int:
    from ithaca.config import environment

    read = environment.read()
    _django()
    from ithaca.config import serve

    return serve.work(read)


def _demo(parsed: argparse.Namespace) -> int:
    _django()
    from django.core.management import call_command

    from ithaca.demo import world

    call_command("migrate", verbosity=0)
    for line in world.prepare(once=parsed.once):
        print(line)
    return 0


def _found(parsed: argparse.Namespace) -> int:
    _django()
    from django.core.management import call_command
    from django.utils.text import slugify

    from ithaca.people import actions

    call_command("migrate", verbosity=0)
    organisation = actions.found_organisation(
        name=parsed.name, slug=slugify(parsed.name), owner_name=parsed.owner, owner_email=parsed.email
    )
    print(f"{organisation.name} is founded. {parsed.owner} signs in with {parsed.email}.")
    return 0


def _doctor(parsed: argparse.Namespace) -> int:
    from ithaca.config import doctor

    return doctor.examine()


if __name__ == "__main__":
    sys.exit(main())
