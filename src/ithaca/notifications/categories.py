"""The kinds of mail, as people know them: what each is for, and whether a person may stop it.

A letter names its category by one of these objects. What can be stopped carries a way to stop it in every letter
(RFC 8058) and a switch on the person's page "Mail you receive".
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """One kind of mail. `urgent` letters overtake all others in the outbox."""

    key: str
    label: str
    help: str
    can_stop: bool = True
    urgent: bool = False


SIGN_IN = Category(
    "sign-in", "Signing in", "Codes and notices about the safety of your account.", can_stop=False, urgent=True
)
INTRODUCTION = Category(
    "introduction",
    "Introductions",
    "Who your mentor, your mentee or your circle is, and when that changes.",
    can_stop=False,
)
MENTORSHIP = Category("mentorship", "Your mentorship", "Messages and next steps from the two of you.")
PROGRAMME = Category("programme", "The programme", "News, dates and invitations of the programmes you take part in.")
REMINDER = Category("reminder", "Reminders", "A short note when something you planned is near or open.")
DESK = Category("desk", "Coordination", "What needs a coordinator: finished runs, imports, requests for help.")

ALL: tuple[Category, ...] = (SIGN_IN, INTRODUCTION, MENTORSHIP, PROGRAMME, REMINDER, DESK)
"""Every category, in the order people see them."""

BY_KEY = {category.key: category for category in ALL}
