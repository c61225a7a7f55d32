"""What `ithaca match` understands: a verb and its files. Without a verb it makes pairs, or judges them with `--check`.

ithaca match mentors.csv mentees.csv -o pairs.csv --report report.html
ithaca match alternatives mentors.csv mentees.csv -o alternatives.xlsx
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from ithaca.kernel.sheets.sheet import SheetError
from ithaca.match import say
from ithaca.match.verbs import alternatives, brief, check, circles, groups, pairs, repair, roulette
from ithaca.pairing.side import ProblemError

BAD_INPUT, STOPPED = 2, 130
VERBS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]]] = {
    "pairs": ("the best pairs, with a proof (what happens without a verb)", pairs.arguments, pairs.run),
    "check": ("judge pairs that were made elsewhere", check.arguments, check.run),
    "alternatives": (
        "a few complete plans beside each other, to choose from",
        alternatives.arguments,
        alternatives.run,
    ),
    "repair": ("somebody left or came: touch few of the pairs there are", repair.arguments, repair.run),
    "brief": ("which further mentors would help most", brief.arguments, brief.run),
    "groups": ("one mentor with several mentees who fit each other", groups.arguments, groups.run),
    "circles": ("circles of peers, from one sheet of people", circles.arguments, circles.run),
    "roulette": ("one-off meetings of people who have not met", roulette.arguments, roulette.run),
}


def main(arguments: Sequence[str]) -> int:
    """Do what is asked. Returns 0; 1 for a plan that breaks a rule; 2 for bad input; 130 if it was stopped."""
    verb, rest = (arguments[0], arguments[1:]) if arguments and arguments[0] in VERBS else ("pairs", arguments)
    if verb == "pairs" and any(word == "--check" or word.startswith("--check=") for word in rest):
        verb = "check"
    help_, add, run = VERBS[verb]
    try:
        asked = _parser(verb, help_, add).parse_args(rest)
        return run(asked)
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


def _parser(verb: str, words: str, add: Callable[[argparse.ArgumentParser], None]) -> argparse.ArgumentParser:
    others = "\n".join(f"  {name:<14}{said}" for name, (said, _, _) in VERBS.items())
    parser = argparse.ArgumentParser(
        prog="ithaca match" if verb == "pairs" else f"ithaca match {verb}",
        description=f"{words[:1].upper()}{words[1:]}.",
        epilog=f"verbs (`ithaca match VERB --help` tells more):\n{others}" if verb == "pairs" else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add(parser)
    return parser
