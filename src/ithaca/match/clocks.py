"""Free hours of people on different clocks: whose time zone is not known, and what is taken for it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ithaca.match.options import People
from ithaca.rosters import clock

FREE = "availability"


def settled(people: Iterable[dict[str, Any]], options: People, notes: list[str]) -> People:
    """The options with the time zone of those who named none, where the sheets leave only one.

    Where all who named one have the same clock, or nobody named any, hours are compared as they stand. Otherwise hours
    without a time zone say nothing: they are taken out of `people` with a note, and held against nobody.
    """
    everybody = list(people)
    named = Counter(person["time_zone"] for person in everybody if "time_zone" in person)
    zones = sorted(named, key=lambda zone: (-named[zone], zone))
    without = [person for person in everybody if "time_zone" not in person and person.get(FREE)]
    if options.time_zone or not without:
        return options
    if len({clock.offset(zone, options.on) for zone in zones}) <= 1:
        return replace(options, time_zone=zones[0] if zones else "UTC")
    for person in without:
        del person[FREE]
    who = "1 person names" if len(without) == 1 else f"{len(without):,} people name"
    notes.append(
        f"{who} free hours but no time zone ({without[0]['where']}{'' if len(without) == 1 else ' and others'}). As people "
        "here live by different clocks, these hours are not compared. Please add the time zone, or say which is meant "
        f'with time_zone = "{zones[0]}" under [people] in a file of options.'
    )
    return options
