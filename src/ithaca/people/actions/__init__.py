"""Every write of this slice, by journey."""

from ithaca.people.actions.accounts import (
    follow_address,
    link_account,
    provide_account,
)
from ithaca.people.actions.erasure import ask_erasure, erase_person, withdraw_erasure
from ithaca.people.actions.export import export_person
from ithaca.people.actions.organisations import edit_organisation, found_organisation
from ithaca.people.actions.persons import add_person, edit_person, invite_person, record_look
from ithaca.people.actions.profiles import edit_account, edit_profile
from ithaca.people.actions.roles import grant_role, revoke_role

__all__ = [
    "add_person",
    "ask_erasure",
    "edit_account",
    "edit_organisation",
    "edit_person",
    "edit_profile",
    "erase_person",
    "export_person",
    "follow_address",
    "found_organisation",
    "grant_role",
    "invite_person",
    "link_account",
    "provide_account",
    "record_look",
    "revoke_role",
    "withdraw_erasure",
]
