"""One person in both sheets: known by the e-mail address, or by a name that nobody else has."""

from collections import defaultdict
from typing import Any

from ithaca.kernel.sheets import text

Rows = list[dict[str, Any]]


def settle(mentors: Rows, mentees: Rows, notes: list[str]) -> None:
    """Give one id to who is in both sheets with a name of their own there and an e-mail address in one of them only.

    Then nobody is paired with themselves. Where two different addresses stand with such a name, these may be two people:
    that is only noted.
    """
    named = [_by_name(rows) for rows in (mentors, mentees)]
    taken = [{row["id"] for row in rows} for rows in (mentors, mentees)]
    for name, mentor in named[0].items():
        mentee = named[1].get(name)
        if mentee is None or mentor["id"] == mentee["id"]:
            continue
        addresses = mentor.get("email", ""), mentee.get("email", "")
        said = f"“{mentor['name']}” is in both sheets ({mentor['where']}; {mentee['where']})"
        if all(addresses):
            notes.append(
                f"{said} with two e-mail addresses and was taken for two people. If it is one, please write the same address."
            )
            continue
        if not any(addresses) and mentor["id"] not in taken[1]:
            mentee["id"] = mentor["id"]
            continue
        without, ids = (mentee, taken[1]) if addresses[0] else (mentor, taken[0])
        address = addresses[0] or addresses[1]
        if address and address.casefold() not in ids:
            without |= {"id": address.casefold(), "email": address}
            notes.append(
                f"{said}, with an e-mail address in one of them, and was taken for one person, who is not paired with "
                "themselves. If these are two people, please give both an address."
            )


def _by_name(rows: Rows) -> dict[str, dict[str, Any]]:
    """People by their name, case and accents apart, without those who share it."""
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        found[text.folded(row.get("name", ""))].append(row)
    return {name: people[0] for name, people in found.items() if name and len(people) == 1}
