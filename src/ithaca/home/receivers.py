"""Who is invited gets a letter."""

from __future__ import annotations

from ithaca.home import actions
from ithaca.kernel import events
from ithaca.people.events import PersonInvited
from ithaca.people.models import Person


@events.listens_to(PersonInvited)
def write_to_who_is_invited(event: PersonInvited) -> None:
    # The code is unique in the installation; the listener runs after the commit, wherever that was.
    person = Person.everywhere.select_related("organisation").get(code=event.code)
    actions.send_invitation(person, by=event.by)
