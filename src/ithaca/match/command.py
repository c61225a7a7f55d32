"""What `ithaca match` understands: a verb and its files. Without a verb it makes pairs, or judges them with `--check`.

ithaca match mentors.csv mentees.csv -o pairs.csv --report report.html
ithaca match alternatives mentors.csv mentees.csv -o alternatives.xlsx
"""

import argparse
import difflib
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ithaca.kernel.sheets.sheet import SheetError
from ithaca.match import say
from ithaca.pairing.side import ProblemError

BAD_INPUT, STOPPED = 2, 130
VERBS = {
    "pairs": "the best pairs, with a proof (what happens without a verb)",
    "columns": "show how the columns of your spreadsheets are read",
    "check": "judge pairs that were made elsewhere",
    "alternatives": "a few complete plans beside each other, to choose from",
    "repair": "somebody left or came: touch few of the pairs there are",
    "brief": "which further mentors would help most",
    "groups": "one mentor with several mentees who fit each other",
    "circles": "circles of peers, from one sheet of people",
    "roulette": "one-off meetings of people who have not met",
    "example": "write two small spreadsheets, to try with and to fill in",
}
"""Each is a module of `verbs`, loaded when it is asked for: explaining oneself needs no solver."""
FIRST = """Two spreadsheets in, the best pairs out. Nothing leaves your machine.

  ithaca match mentors.xlsx mentees.xlsx -o pairs.xlsx --report report.html

A row for each person; the first row names the columns, in your words. For instance
  mentors   Name, E-mail, Can help with, Languages, Time zone, Free hours, How many mentees
  mentees   Name, E-mail, Wants to learn, Languages, Time zone, Free hours, Wished-for mentors
Only a name or an e-mail address is needed. Several things in one cell are divided by a semicolon.

  ithaca match example                               two spreadsheets to begin with
  ithaca match columns mentors.xlsx mentees.xlsx     how yours are read
"""


def main(arguments: Sequence[str]) -> int:
    """Do what is asked. Returns 0; 1 for a plan that breaks a rule; 2 for bad input; 130 if it was stopped."""
    if not arguments:
        print(f"{FIRST}\n{_verbs()}")
        return BAD_INPUT
    verb, rest = (arguments[0], arguments[1:]) if arguments[0] in VERBS else ("pairs", arguments)
    if verb == "pairs" and any(word == "--check" or word.startswith("--check=") for word in rest):
        verb = "check"
    try:
        if verb == "pairs" and rest is arguments:
            _is_no_verb(arguments[0])
        module = importlib.import_module(f"ithaca.match.verbs.{verb}")
        parser = _parser(verb)
        module.arguments(parser)
        done: int = module.run(parser.parse_args(rest))
        return done
    except ProblemError as error:
        say.refusal(error.findings)
    except SheetError as error:
        say.refusal([str(error)])
    except KeyboardInterrupt:
        say.refusal(["stopped; nothing was written"])
        return STOPPED
    except BrokenPipeError:  # whoever read the words has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return BAD_INPUT


class _Parser(argparse.ArgumentParser):
    """Says what is missing in one line, and where more is told."""

    def error(self, message: str) -> NoReturn:
        if "mentees" in message and message.startswith("the following"):
            message = "please name two spreadsheets, mentors first; one workbook with both may be named twice"
        say.refusal([message, f"`{self.prog} --help` explains how it is asked"])
        raise SystemExit(BAD_INPUT)


def _is_no_verb(word: str) -> None:
    """Raises ProblemError for a first word that is neither an option nor a file, but perhaps a verb misspelt."""
    if word.startswith("-") or "." in word or Path(word).exists():
        return
    near = difflib.get_close_matches(word, VERBS, n=1)
    meant = f"“{near[0]}” is" if near else f"There are {', '.join(VERBS)}; or a file is"
    raise ProblemError([f"“{word}” is neither a verb nor a file that is there. {meant} perhaps meant."])


def _verbs() -> str:
    others = "\n".join(f"  {name:<14}{said}" for name, said in VERBS.items())
    return f"verbs (`ithaca match VERB --help` tells more):\n{others}"


def _parser(verb: str) -> argparse.ArgumentParser:
    words = VERBS[verb]
    return _Parser(
        prog="ithaca match" if verb == "pairs" else f"ithaca match {verb}",
        description=FIRST if verb == "pairs" else f"{words[:1].upper()}{words[1:]}.",
        epilog=_verbs() if verb == "pairs" else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
