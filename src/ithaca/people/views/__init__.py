"""Pages of this slice by journey: signing in, choosing an organisation, what a person tells and decides, one person."""

from ithaca.people.views.me import (
    ask_erasure,
    download_my_data,
    me,
    my_account,
    my_data,
    profile_section,
    withdraw_erasure,
)
from ithaca.people.views.organisations import organisations
from ithaca.people.views.person import person
from ithaca.people.views.sign_in import request_code, second_factor

__all__ = [
    "ask_erasure",
    "download_my_data",
    "me",
    "my_account",
    "my_data",
    "organisations",
    "person",
    "profile_section",
    "request_code",
    "second_factor",
    "withdraw_erasure",
]
